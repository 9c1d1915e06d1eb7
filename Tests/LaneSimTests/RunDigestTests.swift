import Station
import Testing

@testable import LaneSim

/// One seed, one run: the digests that are committed come out on any machine, in debug and release, on one thread and on two.
@Suite struct RunDigestTests {
    private static let list = "sim/scenarios/digests.txt"
    private static let root = #filePath.components(before: "/Tests/LaneSimTests/")

    @Test(arguments: [1, 2]) func `the committed digests come out again`(threads: Int) throws {
        let digests = try DigestList(path: "\(Self.root)/\(Self.list)")
        let entries = digests.entries
        #expect(entries.count >= 5)
        var place = 0
        try ParallelRuns.run(entries.count, threads: threads) { place in
            RunEngine.virtual.run(entries[place].path, seed: entries[place].seed)
        } take: { outcome in
            guard case .ran(let run) = outcome else {
                Issue.record("\(entries[place].path): \(outcome)")
                return
            }
            #expect(run.result.digest.hex == entries[place].digest, "\(Self.list):\(entries[place].line)")
            #expect(run.result.isGood)
            place += 1
        }
    }

    @Test func `another seed is another run where chance has a part`() throws {
        let path = "\(Self.root)/sim/scenarios/first.lane"
        var digests: Set<String> = []
        for seed in 1...3 {
            guard case .ran(let run) = RunEngine.virtual.run(path, seed: UInt64(seed)) else { continue }
            digests.insert(run.result.digest.hex)
        }
        #expect(digests.count == 3)
    }
}

extension String {
    fileprivate func components(before marker: String) -> String {
        guard let range = firstRange(of: marker) else { return self }
        return String(self[..<range.lowerBound])
    }
}
