import Exchange
import Lane
import Testing

@testable import LaneSim

/// What is held against a run: each check finds nothing in a run as it was, and finds what was broken in it on purpose.
@Suite struct SwarmCheckTests {
    private struct Sample: Sendable {
        let station: SwarmStation
        let observation: Observation
    }

    /// Six days of one station, with denials on its lists and deletions in its journal.
    private static let sample = Result {
        let station = try SwarmStation(seed: 9, days: 6)
        return Sample(station: station, observation: try World.run(station.scenario, station.plan, seed: 9))
    }

    private func found(_ change: (inout Observation) throws -> Void = { _ in }) throws -> Set<Invariant> {
        let sample = try Self.sample.get()
        var observation = sample.observation
        try change(&observation)
        let check = SwarmCheck(sample.station.scenario, sample.station.plan, observation)
        return Set(check.violations.map(\.invariant))
    }

    private func place(
        in observation: Observation, where isWanted: (RecordFields) -> Bool
    ) throws -> Int {
        try #require(observation.records.firstIndex { isWanted($0.fields) })
    }

    @Test func `a run as it was breaks no invariant`() throws { #expect(try found() == []) }

    // MARK: I1

    @Test func `a passage that was committed and is gone breaks I1`() throws {
        let broken = try found { observation in
            let last = try #require(observation.records.lastIndex { $0.fields.type == "passage" })
            observation.records.remove(at: last)
        }
        #expect(broken.contains(.i1))
    }

    @Test func `a read that its reader was told was taken, and is in no record, breaks I1`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { ($0.reads ?? []).contains { $0.tag != nil } }
            observation.records[place].fields.reads = []
            observation.witness.reads = []
        }
        #expect(broken.contains(.i1))
    }

    @Test func `a read whose commit returned, and is in no record, breaks I1`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { ($0.reads ?? []).contains { $0.tag != nil } }
            observation.records[place].fields.reads = []
            observation.witness.acknowledged = []
        }
        #expect(broken.contains(.i1))
    }

    // MARK: I2

    @Test func `a record twice at the central server breaks I2`() throws {
        #expect(try found { $0.atCentral.append($0.atCentral[3]) }.contains(.i2))
    }

    @Test func `two records in the wrong order at the central server break I2`() throws {
        #expect(try found { $0.atCentral.swapAt(3, 4) }.contains(.i2))
    }

    @Test func `a record that is missing in the middle of the central server breaks I2`() throws {
        #expect(try found { $0.atCentral.remove(at: 5) }.contains(.i2))
    }

    @Test func `a passage in two records breaks I2`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { $0.type == "passage" }
            observation.records.append(observation.records[place])
        }
        #expect(broken.contains(.i2))
    }

    @Test func `a decided vehicle that is in no record and no gap breaks I2`() throws {
        #expect(
            try found { $0.witness.decided.append(.init(journal: JournalID(high: 0, low: 0), sequence: Sequence(1))) }
                .contains(.i2))
    }

    // MARK: I3

    @Test func `a deletion of what the central server does not have breaks I3`() throws {
        let broken = try found { observation in
            try #require(!observation.witness.deleted.isEmpty)
            observation.witness.accepted = []
        }
        #expect(broken.contains(.i3))
    }

    @Test func `a deletion before its retention has passed breaks I3`() throws {
        let broken = try found { observation in
            try #require(!observation.witness.deleted.isEmpty)
            observation.witness.deleted[0].at = observation.witness.deleted[0].at - .days(1)
        }
        #expect(broken.contains(.i3))
    }

    @Test func `a photo that no passage needs and that was kept breaks I3`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) {
                $0.photosDue != true && $0.flags?.contains("recovered") != true && $0.photos?.first?.discarded == true
            }
            observation.records[place].fields.photos?[0].discarded = nil
            observation.records[place].fields.photos?[0].digest = Digest(of: [1])
        }
        #expect(broken.contains(.i3))
    }

    // MARK: I4 and I5

    @Test func `a decision that does not follow from its reads breaks I4`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { $0.decision?.outcome == Outcome.noTag.word }
            observation.records[place].fields.decision?.outcome = Outcome.approved.word
        }
        #expect(broken.contains(.i4))
    }

    @Test func `a denied tag that was approved breaks I5`() throws {
        let denied = Outcome.denied.word
        let broken = try found { observation in
            let place = try place(in: observation) { ($0.reads ?? []).contains { $0.outcome == denied } }
            let read = try #require(observation.records[place].fields.reads?.firstIndex { $0.outcome == denied })
            observation.records[place].fields.reads?[read].outcome = Outcome.approved.word
        }
        #expect(broken.contains(.i5))
    }

    @Test func `an absent tag that was approved breaks I5`() throws {
        let absent = Outcome.notOnList.word
        let broken = try found { observation in
            let place = try place(in: observation) { ($0.reads ?? []).contains { $0.outcome == absent } }
            let read = try #require(observation.records[place].fields.reads?.firstIndex { $0.outcome == absent })
            observation.records[place].fields.reads?[read].outcome = Outcome.approved.word
        }
        #expect(broken.contains(.i5))
    }

    // MARK: The others

    @Test func `a queue beyond its limit breaks I6`() throws {
        #expect(try found { $0.witness.see(.unsealedRecords, 1_000_000) } == [.i6])
    }

    @Test func `a light that waited breaks I7`() throws {
        let light = Witness.Lamp(lane: LaneNumber(1), at: .seconds(1), words: "lit by a worker's answer")
        #expect(try found { $0.witness.lateLights.append(light) } == [.i7])
    }

    @Test func `a record that never came to the central server breaks I8`() throws {
        #expect(try found { $0.atCentral.removeLast() } == [.i8])
    }

    @Test func `a run that does not come to rest breaks I8`() throws {
        #expect(try found { $0.restedAt = nil } == [.i8])
    }

    @Test func `two places of a head at once break I9`() throws {
        let lamp = Witness.Lamp(lane: LaneNumber(1), at: .seconds(1), words: "more than one place lit")
        #expect(try found { $0.witness.lamps.append(lamp) } == [.i9])
    }

    @Test func `a number that no vehicle carried breaks I10`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { ($0.reads ?? []).contains { $0.tag != nil } }
            let read = try #require(observation.records[place].fields.reads?.firstIndex { $0.tag != nil })
            observation.records[place].fields.reads?[read].tag = "printed:9999999999"
        }
        #expect(broken.contains(.i10))
    }

    @Test func `damaged frames that nobody counted break I10`() throws {
        #expect(try found { $0.witness.uncounted = ["reader1"] } == [.i10])
    }

    // MARK: Damage

    /// The last passage is gone, and the file of a journal was damaged.
    private func foundWithoutLast(damaged journal: JournalID?) throws -> Set<Invariant> {
        try found { observation in
            let last = try #require(observation.records.lastIndex { $0.fields.type == "passage" })
            let damaged = journal ?? observation.records[last].fields.journal
            let after = observation.records[last].at + .minutes(1)
            observation.witness.damages = [.init(at: after, file: .journal, damage: .zeros, journal: damaged)]
            observation.records.remove(at: last)
        }
    }

    @Test func `what a damaged journal lost is excused, and has to be shown`() throws {
        let broken = try foundWithoutLast(damaged: nil)
        #expect(!broken.contains(.i1))
        #expect(broken.contains(.i10))
    }

    @Test func `damage excuses nothing of another journal`() throws {
        #expect(try foundWithoutLast(damaged: JournalID(high: 0, low: 0)).contains(.i1))
    }

    @Test func `a list that was damaged and is shown nowhere breaks I10`() throws {
        let broken = try found { observation in
            observation.witness.damages = [.init(at: .days(9), file: .list, damage: .zeros, journal: nil)]
        }
        #expect(broken == [.i10])
    }

    @Test func `a broken list that was put in force breaks I10`() throws {
        let broken = try found { observation in
            let place = try place(in: observation) { $0.event == "listInForce" }
            observation.records[place].fields.digest = Digest(of: [1])
        }
        #expect(broken.contains(.i10))
    }
}
