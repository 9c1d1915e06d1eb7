import Exchange
import Lane
import Testing

@testable import LaneSim

/// What the network and the central server do to questions and answers, and a station that is killed between two effects.
@Suite struct WorldCentralFaultTests {
    private func run(_ deed: Fault.Deed, lasts: Interval? = nil, seed: UInt64 = 1) throws -> Observation {
        let scenario = try WorldSample.scenario {
            $0.faults = [WorldSample.fault(deed, at: .seconds(8), lasts: lasts)]
            $0.limit = .hours(6)
        }
        let cars = (1...20).map { WorldSample.Car(at: .seconds(Int64(5 * $0)), tag: WorldSample.cars[$0]) }
        return try World.run(scenario, WorldSample.plan(cars), seed: seed)
    }

    @Test(
        arguments: [
            Fault.Deed.networkHangs, .answersLost, .questionsRepeated, .questionsLate, .answersWrong, .recordsRejected,
            .diskFails, .clockDrifts(by: .seconds(-60)),
        ])
    func `each record is at the central server once and in order`(deed: Fault.Deed) throws {
        for seed in UInt64(1)...2 {
            let seen = try run(deed, lasts: .seconds(70), seed: seed)
            #expect(seen.troubles == [])
            #expect(seen.restedAt != nil)
            #expect(seen.isDelivered)
            #expect(seen.passages.count == 20)
        }
    }

    @Test func `answers that are lost, and servers that hang, are an alarm`() throws {
        for deed in [Fault.Deed.networkHangs, .answersLost, .answersWrong] {
            #expect(try run(deed, lasts: .seconds(70)).alarms("centralUnreachable").map(\.set).contains(true))
        }
    }

    @Test func `a central server that was restored from a backup is served again`() throws {
        let seen = try run(.centralWentBack(records: 3))
        #expect(seen.isDelivered)
        #expect(Set(seen.records.map(\.fields.journal)).count == 1)
        #expect(seen.witness.lostAtCentral > 0)
    }

    @Test func `one that has more than the station makes it begin a new journal, with an alarm`() throws {
        let seen = try run(.centralAhead)
        #expect(Set(seen.records.map(\.fields.journal)).count == 2)
        #expect(seen.alarms("journalReplaced").map(\.set) == [true])
        #expect(seen.restedAt != nil)
        #expect(seen.passages.count == 20)
    }

    @Test func `records that it rejects are an alarm, and those after them are delivered`() throws {
        #expect(try run(.recordsRejected, lasts: .seconds(70)).alarms("recordsRejected").map(\.set).contains(true))
    }

    @Test(arguments: 0..<16)
    func `a station killed between two effects goes on with its journal`(effects: Int) throws {
        let seen = try run(.killedMidway(after: 13 * effects))
        #expect(seen.troubles == [])
        #expect(seen.isDelivered)
        #expect(seen.records.count { $0.fields.event == "start" } == 2)
    }

    @Test func `an error that the reader reports, and lines that nobody understands, are alarms`() throws {
        #expect(try run(.readerErrors("reader1")).alarms("readerError").map(\.set).contains(true))
        #expect(try run(.linesGarbled(count: 3)).alarms("linesFaulty").map(\.set).contains(true))
    }
}
