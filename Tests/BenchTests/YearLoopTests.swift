import FoundationEssentials
import Testing

@testable import Bench

struct `The benchmark of the year` {
    @Test func `runs when quick, beside a bare loop and, where it is installed, SimPy`() throws {
        let path = FileManager.default.temporaryDirectory.path() + "/bench-\(UInt64.random(in: 0 ... .max)).json"
        #expect(BenchProgram.run(["year", "--quick", "--rounds", "1", "--json", path]) == 0)
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try FileManager.default.removeItem(atPath: path)
        let results = try JSONDecoder().decode([BenchResult].self, from: bytes)
        #expect(results.first?.name == "year-vs-loop")
        #expect(results.dropFirst().allSatisfy { $0.name == "year-vs-simpy" })
        for result in results { #expect(result.ours > 0 && result.other > 0) }
    }
}
