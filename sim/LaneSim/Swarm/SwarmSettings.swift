import Glibc
import Lane
import Station

/// What `lanesim swarm` is told.
struct SwarmSettings: Hashable, Sendable {
    /// Bounds that keep a mistyped number from running for a month.
    static let mostSeeds = 10_000_000
    static let mostDays = 31

    /// How many seeds.
    var seeds = 20
    /// The first of them; the others follow it, one by one.
    var first: UInt64 = 1
    /// How long each station is watched.
    var days = 30
    var threads = 1
    var isJSON = false

    init() {}

    /// What the command line says.
    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        seeds = try Self.number("--seeds", arguments, 1...Self.mostSeeds) ?? (arguments["--seed"] == nil ? seeds : 1)
        days = try Self.number("--days", arguments, 1...Self.mostDays) ?? days
        let processors = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let most = ParallelRuns.mostThreads
        threads = try Self.number("--threads", arguments, 1...most) ?? min(processors, most)
        isJSON = arguments.has("--json")
        guard let text = arguments["--seed"] else { return }
        guard let seed = UInt64(text), seed <= UInt64.max - UInt64(seeds) else {
            throw Arguments.UsageError(
                "--seed '\(text)': expected a whole number from 0 to \(UInt64.max - UInt64(seeds))")
        }
        first = seed
    }

    private static func number(
        _ option: String, _ arguments: Arguments, _ range: ClosedRange<Int>
    ) throws(Arguments.UsageError) -> Int? {
        guard let text = arguments[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Arguments.UsageError(
                "\(option) '\(text)': expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
