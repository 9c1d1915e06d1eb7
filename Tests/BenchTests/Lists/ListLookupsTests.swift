import FoundationEssentials
import Testing

@testable import Bench

struct `The benchmarks of lookups` {
    @Test(arguments: [
        ("lookup-vs-memory", ["lookup-vs-memory", "lookup-vs-memory alone", "lookup-vs-memory misses"]),
        ("lookup-chain-vs-memory", ["lookup-chain-vs-memory"]),
        ("lookup-vs-lmdb", ["lookup-vs-lmdb"]),
        ("lookup-vs-sqlite", ["lookup-vs-sqlite"]),
        ("lookup-vs-dictionary", ["lookup-vs-dictionary"]),
    ])
    func `run alone by their name when quick`(name: String, expected: [String]) throws {
        let results = try Quickly.run(name)
        #expect(results.map(\.name) == expected)
        for result in results {
            #expect(result.ours > 0 && result.other > 0 && (result.goal == nil) == result.name.hasSuffix("alone"))
            #expect(result.note.hasPrefix("20000 agreements: "))
        }
    }
}

/// Runs benchmarks with their smallest rounds.
enum Quickly {
    static func run(_ name: String) throws -> [BenchResult] {
        let path = FileManager.default.temporaryDirectory.path() + "/bench-\(UInt64.random(in: 0 ... .max)).json"
        #expect(BenchProgram.run([name, "--quick", "--rounds", "1", "--json", path]) == 0)
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try FileManager.default.removeItem(atPath: path)
        return try JSONDecoder().decode([BenchResult].self, from: bytes)
    }
}
