import Lane
import Station

/// The program `bench`: what the station costs, side by side with the least that would do.
package enum BenchProgram {
    /// Benchmarks that are measured together: they share what takes long to make.
    private struct Group: Sendable {
        /// Names and what each measures.
        let benchmarks: [(name: String, summary: String)]
        /// Measures those that are wanted.
        let run: @Sendable (BenchSettings, _ wanted: Set<String>) throws -> [BenchResult]
    }

    private static let groups = [
        Group(benchmarks: [("byte-to-light", "from a frame's last byte to the lamp, against a bare echo; 15 min")]) {
            settings, _ in
            var benchmark = ByteToLight(settings)
            return try benchmark.run()
        },
        Group(benchmarks: [("durable-64", "passages a second, durable 64 at a time, against bare SQLite; 1 min")]) {
            settings, _ in
            try DurableGroups(settings).run()
        },
        Group(benchmarks: [("drain", "a million passages from a journal to central, against bare rows; 3 min")]) {
            settings, _ in
            try Drain(settings).run()
        },
        Group(benchmarks: [
            ("start-with-backlog", "from exec to an open journal of a million, against an empty one; 1 min")
        ]) {
            settings, _ in
            try StartWithBacklog(settings).run()
        },
        Group(benchmarks: [("idle-cpu", "processor of a station without vehicles, against an empty loop; 1 min")]) {
            settings, _ in
            try IdleProcessor(settings).run()
        },
        Group(benchmarks: [("year", "vehicles a second of lanesim year, against bare event loops; 3 min")]) {
            settings, _ in
            try YearLoop(settings).run()
        },
        Group(benchmarks: [
            (ListLookups.Name.memory.rawValue, "one lookup, against one load from as much memory; 1 min"),
            (ListLookups.Name.chain.rawValue, "lookups that depend on each other, against such loads; 1 min"),
            (ListLookups.Name.lmdb.rawValue, "one lookup, against LMDB; 1 min"),
            (ListLookups.Name.sqlite.rawValue, "one lookup, against SQLite in a transaction; 1 min"),
            (ListLookups.Name.dictionary.rawValue, "lookups a second, against Swift's dictionary; 1 min"),
        ]) { try ListLookups($0, $1).run() },
        Group(benchmarks: [(ListCold.name, "from a cold file to the first answer; 1 min")]) { settings, _ in
            try ListCold(settings).run()
        },
        Group(benchmarks: [(ListBuild.name, "10 million from a stream, against sort, write and digest; 2 min")]) {
            settings, _ in
            try ListBuild(settings).run()
        },
        Group(benchmarks: [(LightDuringSwap.name, "byte-to-light while lists are swapped, against without; 6 min")]) {
            settings, _ in
            var benchmark = LightDuringSwap(settings)
            return try benchmark.run()
        },
        Group(benchmarks: [
            (ListChange.names[0], "a change of 1 % applied durably, against a bare write with digest; 2 min"),
            (ListChange.names[1], "the same, against LMDB; 2 min"),
        ]) { try ListChange($0, $1).run() },
    ]

    private static var all: [(name: String, summary: String)] { groups.flatMap(\.benchmarks) }

    /// Runs what the words ask for and gives the exit code. A goal that is missed is a figure, not a failure.
    package static func run(_ words: [String]) -> Int32 {
        // The other side of byte-to-light is a process of its own, as the station is.
        if words.first == Echo.word { return Echo.run(Array(words.dropFirst())) }
        if words.first == IdleProcessor.word { return IdleProcessor.loop(Array(words.dropFirst())) }
        do throws(any Error) {
            let arguments = try Arguments(
                words, flags: ["--quick", "--full"], options: ["--json", "--rounds", "--agreements"], plain: all.count)
            guard !arguments.wantsHelp else {
                Terminal.print(help)
                return ExitCode.ok.rawValue
            }
            let names = try known(arguments.plain)
            try measure(names, BenchSettings(arguments), json: arguments["--json"] ?? "bench.json")
            return ExitCode.ok.rawValue
        } catch let error as Arguments.UsageError {
            Terminal.complain("bench: \(error.message); see bench --help")
            return ExitCode.usage.rawValue
        } catch {
            Terminal.complain("bench: \(error)")
            return ExitCode.software.rawValue
        }
    }

    /// The names that are asked for; all, where none is.
    private static func known(_ asked: [String]) throws -> Set<String> {
        let names = all.map(\.name)
        for name in asked where !names.contains(name) {
            throw Arguments.UsageError("unknown benchmark '\(name)'\(KnownWords(names).hint(for: name))")
        }
        return Set(asked.isEmpty ? names : asked)
    }

    private static func measure(_ names: Set<String>, _ settings: BenchSettings, json: String) throws {
        Terminal.print(settings.machine)
        Terminal.print(settings.note)
        let results = try groups.flatMap { group in
            let wanted = names.intersection(group.benchmarks.map(\.name))
            return wanted.isEmpty ? [] : try group.run(settings, wanted)
        }
        let report = Report(results: results)
        Terminal.print("\n" + report.table)
        try report.write(to: json)
        Terminal.print("\nwritten to \(json)")
    }

    private static let help = """
        bench: measures the station side by side with the least that would do

        usage: bench [NAME …] [--quick | --full] [--rounds N] [--agreements N] [--json FILE]

        \(all.map { "  \($0.name)\(String(repeating: " ", count: 28 - $0.name.count))\($0.summary)" }.joined(separator: "\n"))

          --quick          few, small rounds: a smoke test, no measurement
          --full           the lists also with \(BenchSettings.agreementsWhenFull / 1_000_000) million agreements; ten times as long
          --rounds N       rounds of both sides, 1 to 1000 (30; fewer where a round takes seconds)
          --agreements N   the lists with so many, 1000 to 64000000 (\(BenchSettings.agreementsByDefault))
          --json FILE      where the figures go (bench.json)

        Both sides alternate in rounds. Printed are the medians of the rounds, the median of the rounds' ratios with its
        quartiles, and rounds in which the other side was noisy by itself; no round is dropped.

        example: bench lookup-vs-memory lookup-vs-lmdb --rounds 60
        """
}
