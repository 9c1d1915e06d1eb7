import FoundationEssentials
import Testing

@testable import Bench

struct `The benchmark of the journal` {
    @Test func `runs when quick, and writes an array of objects with the promised members`() throws {
        let path = FileManager.default.temporaryDirectory.path() + "/bench-\(UInt64.random(in: 0 ... .max)).json"
        let code = BenchProgram.run(["durable-64", "--quick", "--rounds", "1", "--json", path])
        #expect(code == 0)
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try FileManager.default.removeItem(atPath: path)
        let results = try JSONDecoder().decode([BenchResult].self, from: bytes)
        #expect(results.map(\.name) == ["durable-64", "durable-64 closed"])
        for result in results {
            #expect(result.isQuick && result.rounds == 1 && result.ours > 0 && result.other > 0)
            #expect(result.spread.lower <= result.ratio && result.ratio <= result.spread.upper)
        }
    }

    @Test(arguments: [["nothing"], ["--rounds", "0"], ["--rounds", "many"], ["--loud"]])
    func `refuses words that it does not know`(words: [String]) {
        #expect(BenchProgram.run(words) == 64)
    }
}
