import Exchange
import Lane
import Lights
import Station
import Testing

@testable import LaneSim

/// A station whose files are damaged, whose settings change, and whose lines carry damage.
@Suite struct WorldDamageTests {
    private static let cars = [5, 60].enumerated().map { number, second in
        WorldSample.Car(at: .seconds(Int64(second)), tag: WorldSample.cars[number])
    }

    private func run(_ fault: Fault, seed: UInt64 = 1, _ change: (inout Scenario) throws -> Void = { _ in }) throws
        -> Observation
    {
        var scenario = try WorldSample.scenario { $0.faults = [fault] }
        try change(&scenario)
        return try World.run(scenario, WorldSample.plan(Self.cars), seed: seed)
    }

    private func alarms(of seen: Observation) -> Set<String> {
        Set(seen.log.filter { $0.entry.event == "alarm.set" }.compactMap { $0.entry["alarm"] })
    }

    @Test(arguments: FileDamage.allCases)
    func `a damaged journal holds up no vehicle, and nothing that was delivered changes`(damage: FileDamage) throws {
        let fault = WorldSample.fault(.fileDamaged(.journal, damage), at: .seconds(20))
        let seen = try run(fault)
        #expect(seen.witness.damages.map(\.damage) == [damage])
        #expect(seen.outcomes == ["approved", "approved"])
        let sealed = Set((seen.records + seen.salvaged).map(\.line))
        #expect(seen.atCentral.count { !sealed.contains($0) && RecordFields(body: $0.body)?.lost == nil } == 0)
    }

    @Test func `a journal without its first page is set aside, and people are told`() throws {
        let seen = try run(WorldSample.fault(.fileDamaged(.journal, .truncated), at: .seconds(20)))
        #expect(alarms(of: seen).contains("journalSetAside"))
        #expect(Set(seen.records.map(\.fields.journal)).count == 2)
    }

    @Test(arguments: FileDamage.allCases)
    func `a damaged list is found, and comes again`(damage: FileDamage) throws {
        let seen = try run(WorldSample.fault(.fileDamaged(.list, damage), at: .seconds(20)))
        #expect(seen.witness.damages.count == 1)
        #expect(seen.outcomes == ["approved", "approved"])
        #expect(alarms(of: seen).contains(damage == .gone ? "noList" : "listDamaged"))
    }

    @Test func `a station that is started with other settings decides by them, and its records say so`() throws {
        let text = WorldSample.text + "[lights]\nprofile = bergen\n"
        let other = try StationConfiguration(Array(text.utf8), file: "other.conf")
        let seen = try run(WorldSample.fault(.reconfigured(1), at: .seconds(20))) { $0.site.others = [other] }
        #expect(seen.passages.map(\.profile) == ["classic", "bergen"])
        #expect(seen.outcomes == ["approved", "approved"])
        #expect(seen.isDelivered && seen.restedAt != nil)
    }

    @Test(arguments: 0..<40)
    func `a station that is killed between two effects has not recorded more than it decided`(after: Int) throws {
        let seen = try run(
            WorldSample.fault(.killedMidway(after: after), at: .milliseconds(4_900)), seed: UInt64(after))
        #expect(seen.passages.count <= seen.witness.decided.count)
    }

    @Test(arguments: 1...6)
    func `frames that are damaged on the line are counted, one by one`(seed: Int) throws {
        let fault = WorldSample.fault(.framesDamaged("reader1", count: 2), at: .seconds(4))
        let seen = try run(fault, seed: UInt64(seed))
        let counts = try #require(seen.witness.damagedFrames["reader1"])
        #expect(counts.put == 2)
        // One without its start mark is noise.
        #expect(counts.damagedFrames == 2 || counts.noise > 0 && counts.damagedFrames >= 1)
        #expect(seen.witness.uncounted == [])
    }

    @Test func `a head that was lit when its station died is put out by the next one's first word`() {
        var lines = VirtualLines(detectors: 0)
        let lane = WorldSample.lane1
        _ = lines.connect()
        _ = lines.show(.green, on: lane)
        lines.disconnect()
        #expect(lines.takeUnclaimed(at: .zero) == [])
        _ = lines.connect()
        #expect(lines.takeUnclaimed(at: .zero).map(\.lane) == [lane])
        lines.disconnect()
        _ = lines.connect()
        _ = lines.show(.dark, on: lane)
        #expect(lines.takeUnclaimed(at: .zero) == [])
    }
}
