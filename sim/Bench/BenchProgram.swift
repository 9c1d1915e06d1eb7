import Lane
import Station

/// The program `bench`: what the station costs, side by side with the least that would do.
package enum BenchProgram {
    private struct Benchmark: Sendable {
        let name: String
        let summary: String
        let run: @Sendable (BenchSettings) throws -> [BenchResult]
    }

    private static let all = [
        Benchmark(name: "byte-to-light", summary: "from a frame's last byte to the lamp, against a bare echo") {
            var benchmark = ByteToLight($0)
            return try benchmark.run()
        },
        Benchmark(name: "durable-64", summary: "passages a second made durable 64 at a time, against bare SQLite") {
            try DurableGroups($0).run()
        },
        Benchmark(name: "year", summary: "vehicles a second of lanesim year, against bare event loops") {
            try YearLoop($0).run()
        },
    ]

    /// Runs what the words ask for and gives the exit code. A goal that is missed is a figure, not a failure.
    package static func run(_ words: [String]) -> Int32 {
        // The other side of byte-to-light is a process of its own, as the station is.
        if words.first == Echo.word { return Echo.run(Array(words.dropFirst())) }
        do throws(any Error) {
            let arguments = try Arguments(words, flags: ["--quick"], options: ["--json", "--rounds"], plain: 1)
            guard !arguments.wantsHelp else {
                Terminal.print(help)
                return ExitCode.ok.rawValue
            }
            let name = try known(arguments.plain.first)
            let chosen = all.filter { name == nil || name == $0.name }
            try measure(chosen, BenchSettings(arguments), json: arguments["--json"] ?? "bench.json")
            return ExitCode.ok.rawValue
        } catch let error as Arguments.UsageError {
            Terminal.complain("bench: \(error.message); see bench --help")
            return ExitCode.usage.rawValue
        } catch {
            Terminal.complain("bench: \(error)")
            return ExitCode.software.rawValue
        }
    }

    private static func known(_ name: String?) throws -> String? {
        guard let name else { return nil }
        let names = all.map { $0.name }
        guard names.contains(name) else {
            let hint = KnownWords(names).hint(for: name)
            throw Arguments.UsageError("unknown benchmark '\(name)'\(hint)")
        }
        return name
    }

    private static func measure(_ chosen: [Benchmark], _ settings: BenchSettings, json: String) throws {
        Terminal.print(settings.machine)
        if settings.isQuick {
            Terminal.print("quick: a smoke test of few, small rounds; its figures say little")
        }
        let results = try chosen.flatMap { try $0.run(settings) }
        let report = Report(results: results)
        Terminal.print("\n" + report.table)
        try report.write(to: json)
        Terminal.print("\nwritten to \(json)")
    }

    private static let help = """
        bench: measures the station side by side with the least that would do

        usage: bench [NAME] [--quick] [--rounds N] [--json FILE]

        \(all.map { "  \($0.name)\(String(repeating: " ", count: 15 - $0.name.count))\($0.summary)" }.joined(separator: "\n"))

          --quick        few, small rounds: a smoke test, no measurement
          --rounds N     rounds of both sides, 1 to 1000 (30)
          --json FILE    where the figures go (bench.json)

        Both sides alternate in rounds. Printed are the medians of the rounds, the median of the rounds' ratios with its
        quartiles, and rounds in which the other side was noisy by itself; no round is dropped.

        example: bench byte-to-light --rounds 60
        """
}
