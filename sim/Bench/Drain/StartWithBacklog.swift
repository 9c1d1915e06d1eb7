import Devices
import FoundationEssentials
import Lane
import LaneSim
import Station

/// `start-with-backlog`: from the start of the station's process until its journal is open and recovered, with a million records that
/// central does not have; the other side is the same with an empty journal.
struct StartWithBacklog {
    private static let records = 1_000_000
    private static let recordsWhenQuick = 3_000
    /// Milliseconds.
    private static let goal = 100.0
    /// The log line that says so.
    private static let word = "journal.open"
    /// How often the log is looked at: what the time is exact to.
    private static let look = Interval.microseconds(500)

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] {
        let folder = try BenchFolder("bench-start")
        let count = settings.isQuick ? Self.recordsWhenQuick : Self.records
        let full = try Self.backlog(of: count, in: folder.path + "/full")
        let empty = try Self.backlog(of: 1, in: folder.path + "/empty")
        var comparison = Comparison(
            "start-with-backlog", unit: "ms", goal: .oursAtMost(Self.goal),
            note: "\(count) records that central does not have, against 1; file in the system's memory")
        for round in 0..<settings.rounds {
            // A killed run has left the log as it was: the start reads it, and recovers.
            let isOdd = round % 2 == 1
            let first = try start(isOdd ? empty : full, folder.path + "/\(round)-a")
            let second = try start(isOdd ? full : empty, folder.path + "/\(round)-b")
            comparison.rounds.append(isOdd ? .init(ours: second, other: first) : .init(ours: first, other: second))
        }
        return [comparison.result(machine: settings.machine, isQuick: settings.isQuick)]
    }

    /// Milliseconds until the station has said that its journal is open; then it is killed.
    private func start(_ backlog: BacklogJournal, _ path: String) throws -> Double {
        let station = try QuietStation(state: backlog.folder, beside: path)
        let start = MonotonicClock.now()
        let process = try station.start()
        var poller = Poller(slots: 0)
        let deadline = start + FarEnd.patience
        while try !ProcessFile.text(of: station.log).contains(Self.word) {
            guard MonotonicClock.now() < deadline else { throw BenchError("the station did not open its journal") }
            try poller.wait(until: MonotonicClock.now() + Self.look)
        }
        let took = MonotonicClock.now() - start
        _ = try process.kill()
        return Double(took.nanoseconds) / 1_000_000
    }

    private static func backlog(of count: Int, in folder: String) throws -> BacklogJournal {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return try BacklogJournal(of: count, in: folder)
    }
}
