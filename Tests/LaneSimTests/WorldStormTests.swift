import Exchange
import Lane
import Peripherals
import Testing

@testable import LaneSim

/// Everything goes wrong, several things at a time; when it is over, nothing may be missing (I2, I8).
@Suite struct WorldStormTests {
    private static let kinds: [@Sendable (inout SmallGenerator) -> Fault.Deed] = [
        { _ in .readerUnplugged("reader1") },
        { _ in .readerWithoutPower("reader2") },
        { _ in .readerReboots("reader1") },
        { .readerNoise("reader2", bytes: Int($0.next() % 500)) },
        { _ in .readerBabbles("reader1") },
        { .framesDamaged("reader1", count: Int($0.next() % 9)) },
        { .framesCut("reader2", count: Int($0.next() % 9)) },
        { .framesLost("reader1", count: Int($0.next() % 9)) },
        { .detectorStuck("loop1", isOccupied: $0.next() % 2 == 0) },
        { .detectorBounces("loop2", times: Int($0.next() % 7), every: .milliseconds(3)) },
        { _ in .linesAway },
        { _ in .cameraSlow("front1", by: .seconds(1)) },
        { _ in .cameraSilent("front2") },
        { _ in .cameraRefuses("rear1") },
        { _ in .cameraSendsRubbish("rear2") },
        { _ in .centralAway },
        { _ in .centralBusy },
        { _ in .networkSlow(by: .seconds(2)) },
        { _ in .diskSlow(by: .milliseconds(700)) },
        { _ in .diskFull },
        { .clockSteps(by: .milliseconds(Int64($0.next() % 100_000) - 50_000)) },
        { _ in .clockNotGood },
        { _ in .killed(.station) },
        { _ in .stopped(.station) },
        { _ in .killed(.central) },
        { _ in .killed(.devices) },
    ]

    private static func storm(_ seed: UInt64) throws -> (Scenario, RoadPlan) {
        var chance = SmallGenerator(seed: seed)
        let scenario = try WorldSample.scenario { scenario in
            scenario.limit = .hours(6)
            for _ in 0..<8 {
                let kind = kinds[Int(chance.next() % UInt64(kinds.count))]
                let at = Interval.milliseconds(Int64(chance.next() % 120_000))
                let lasts = Interval.milliseconds(100 + Int64(chance.next() % 30_000))
                scenario.faults.append(WorldSample.fault(kind(&chance), at: at, lasts: lasts))
            }
        }
        let cars = (1...40).map { number -> WorldSample.Car in
            let tag = chance.next() % 4 == 0 ? nil : WorldSample.cars[number]
            let lane = chance.next() % 2 == 0 ? WorldSample.lane1 : WorldSample.lane2
            return WorldSample.Car(at: .milliseconds(Int64(3_500 * number)), tag: tag, lane: lane)
        }
        return (scenario, WorldSample.plan(cars))
    }

    @Test(arguments: 1...24)
    func `after any storm the station comes to rest, and the central server has every record once and in order`(
        seed: UInt64
    ) throws {
        let (scenario, plan) = try Self.storm(seed)
        let seen = try World.run(scenario, plan, seed: seed)
        #expect(seen.troubles == [])
        #expect(seen.restedAt != nil)
        #expect(seen.isDelivered)
        let sequences = seen.records.map(\.fields.sequence.number)
        #expect(sequences == Array(1...UInt64(max(1, seen.records.count))))
        #expect(seen.photosLeft == 0)
        let named = seen.records.flatMap { $0.fields.photos ?? [] }.compactMap(\.digest?.hex)
        #expect(Set(named) == Set(seen.photosAtCentral.map(\.hex)))
    }

    @Test func `a storm repeats itself byte for byte`() throws {
        let (scenario, plan) = try Self.storm(3)
        let digests = try (1...2).map { _ in RunDigest.of(try World.run(scenario, plan, seed: 3)) }
        #expect(digests[0] == digests[1])
    }
}
