import Exchange
import Glibc
import Lane
import Station

extension Command {
    /// `lanesim year`
    static let year = Command(
        "year", "let a country's traffic of a year pass, as fast as it goes",
        help: """
            usage: lanesim year [--stations 344] [--days 365] [--seed 1] [--threads N] [--chain] [--json]
                   [--agreements 4000000]

            Lets every vehicle of many stations go through the station's own lane machine: its edges, reads and
            timers. Each tag is looked up in a list of 4 million agreements, each record is written as it would be
            sealed, and all of them go into a digest. A seed gives the same totals and digest for any number of threads
            (as many as there are processors, unless --threads says otherwise). --chain computes the journals' BLAKE2b
            chains as well. Progress goes to standard error. Exit code 1 when something that a year has did not
            happen: late reads, stray reads, second tags, …

            example: lanesim year --stations 4 --days 7
            """,
        flags: ["--chain", "--json"], options: ["--stations", "--days", "--seed", "--threads", "--agreements"]
    ) { arguments, console in
        let settings = try Fleet.Settings(arguments)
        let begin = StageClock.now()
        let fleet = try Fleet(settings)
        let built = StageClock.now() - begin
        console.note("year: list of \(settings.agreements) agreements in \(built.milliseconds) ms")
        var teller = ProgressTeller(isTerminal: isatty(STDERR_FILENO) == 1)
        let result = fleet.run { progress in
            if let line = teller.line(progress) { console.note(line) }
        }
        if arguments.has("--json") {
            console.line(try FleetAnswer(result).json)
        } else {
            for line in FleetReport(result: result).lines { console.line(line) }
        }
        let missing = result.totals.missing
        guard missing.isEmpty else {
            throw CommandFailure(
                .failed, "year: no \(missing.joined(separator: ", no ")); let more stations or days pass")
        }
        return .ok
    }
}

extension Fleet.Settings {
    /// What the command line says.
    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        stations = try Self.number("--stations", arguments, 1...Self.mostStations) ?? stations
        days = try Self.number("--days", arguments, 1...Self.mostDays) ?? days
        let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        threads = try Self.number("--threads", arguments, 1...Self.mostThreads) ?? min(processors, Self.mostThreads)
        let most = AgreementListBuilder.mostEntries
        agreements = try Self.number("--agreements", arguments, FleetTags.fewest...most).map(UInt64.init) ?? agreements
        isChained = arguments.has("--chain")
        guard let text = arguments["--seed"] else { return }
        guard let seed = UInt64(text) else {
            throw Arguments.UsageError("--seed \(text): expected a number from 0 to \(UInt64.max)")
        }
        self.seed = seed
    }

    private static func number(
        _ option: String, _ arguments: Arguments, _ range: ClosedRange<Int>
    ) throws(Arguments.UsageError) -> Int? {
        guard let text = arguments[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Arguments.UsageError(
                "\(option) \(text): expected a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}

/// When to say how far a year is: every other second to a terminal, every half minute to a file.
struct ProgressTeller {
    private let every: Interval
    private var told = Interval.zero

    init(isTerminal: Bool) { every = .seconds(isTerminal ? 2 : 30) }

    /// The line that is due now, if one is.
    mutating func line(_ progress: Fleet.Progress) -> String? {
        guard progress.took >= told + every, progress.vehicles > 0 else { return nil }
        told = progress.took
        let perMillisecond = max(1, Int64(progress.vehicles) / max(1, progress.took.milliseconds))
        let left = max(0, Int64(progress.expected - progress.vehicles)) / perMillisecond / 1_000
        let percent = progress.vehicles * 100 / max(1, progress.expected)
        return """
            year: \(progress.vehicles) vehicles, \(percent) %, \(perMillisecond * 1_000) vehicles/s, \
            about \(left) s left
            """
    }
}
