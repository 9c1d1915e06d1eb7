import Exchange
import Lane
import Testing

@testable import LaneSim

/// The station's journal and photos lie on a disk that forgets and fails at its own calls.
@Suite struct WorldDiskTests {
    private static let cars = zip(1..., WorldSample.cars.prefix(12)).map { number, tag in
        WorldSample.Car(at: .seconds(Int64(5 * number)), tag: number % 3 == 0 ? nil : tag)
    }

    private func run(_ faults: [Fault], seed: UInt64) throws -> Observation {
        let scenario = try WorldSample.scenario {
            $0.faults = faults
            $0.limit = .hours(2)
        }
        return try World.run(scenario, WorldSample.plan(Self.cars), seed: seed)
    }

    private func expectAll(of seen: Observation, _ words: Comment) {
        #expect(seen.troubles == [] && seen.restedAt != nil && seen.isDelivered, words)
        let sequences = seen.records.map(\.fields.sequence.number)
        #expect(sequences == Array(1...UInt64(max(1, seen.records.count))), words)
        let passages = Set(seen.records.compactMap { $0.fields.passageKey })
        let committed = seen.witness.committed.compactMap(\.passage)
        #expect(committed.allSatisfy { passages.contains($0) }, words)
    }

    @Test(arguments: 0...39) func `what a commit has written is there after a power cut at any call (I1, I2, I8)`(
        call: Int
    ) throws {
        let cut = WorldSample.fault(.powerCut(after: 4 * call), at: .milliseconds(20_000 + Int64(97 * call)))
        let seen = try run([cut], seed: UInt64(call))
        expectAll(of: seen, "call \(call)")
        #expect(seen.witness.kills.count == 1)
        #expect(seen.records.count { $0.fields.event == "start" } == 2)
    }

    @Test(arguments: 1...12) func `a disk on which calls fail for a while costs nothing that was committed (I1, I8)`(
        seed: UInt64
    ) throws {
        let fails = WorldSample.fault(
            .diskFails, at: .milliseconds(14_000 + Int64(331 * seed)), lasts: .seconds(Int64(seed)))
        let seen = try run([fails], seed: seed)
        expectAll(of: seen, "seed \(seed)")
        #expect(seen.records.count { $0.fields.event == "start" } == 1)
    }

    @Test func `a power cut on a disk that fails is got over when the disk is well again`() throws {
        let faults = [
            WorldSample.fault(.diskFails, at: .seconds(12), lasts: .seconds(40)),
            WorldSample.fault(.powerCut(after: 100), at: .seconds(20)),
        ]
        let seen = try run(faults, seed: 5)
        expectAll(of: seen, "both")
        #expect(seen.witness.starts.count == 2)
    }
}
