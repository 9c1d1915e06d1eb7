import Devices
import FoundationEssentials
import Glibc
import Lane
import LaneSim
import Station

/// `idle-cpu`: what the station takes of a processor with a reader that answers and no vehicles, against an empty loop around
/// `ppoll` that wakes as often.
struct IdleProcessor {
    /// The hidden word by which `bench` starts itself as the empty loop.
    static let word = "idle"
    private static let seconds = 5
    /// Parts in a thousand of one processor.
    private static let goal = 10.0
    /// Until the reader is set up and the first questions are asked.
    private static let settling = Interval.seconds(3)

    private let settings: BenchSettings

    init(_ settings: BenchSettings) { self.settings = settings }

    func run() throws -> [BenchResult] {
        let folder = try BenchFolder("bench-idle")
        let state = folder.path + "/state"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        let quiet = try QuietStation(state: state, beside: folder.path + "/idle")
        let station = try quiet.start()
        try Self.sleep(Self.settling)
        let wakes = try Self.wakes(of: station.number, within: .seconds(1))
        let other = try ChildProcess(
            "\(StationUnderTest.programs())/bench", [Self.word, "\(max(1, wakes))"], log: folder.path + "/loop.log")
        // What its start takes is no part of it.
        try Self.sleep(.seconds(1))
        var comparison = Comparison(
            "idle-cpu", unit: "‰ of a processor", goal: .oursAtMost(Self.goal),
            note: "reader asked every 5 s, central away; \(wakes) wakes a second on both sides")
        for _ in 0..<settings.rounds(most: 5) {
            let before = try (Self.worked(station.number), Self.worked(other.number))
            let start = MonotonicClock.now()
            try Self.sleep(settings.isQuick ? .milliseconds(500) : .seconds(Int64(Self.seconds)))
            let took = Double((MonotonicClock.now() - start).nanoseconds)
            let ours = try Double(Self.worked(station.number) - before.0)
            let others = try Double(Self.worked(other.number) - before.1)
            comparison.rounds.append(.init(ours: 1_000 * ours / took, other: 1_000 * max(1, others) / took))
        }
        _ = try other.kill()
        _ = try station.stop()
        return [comparison.result(machine: settings.machine, isQuick: settings.isQuick)]
    }

    /// The other side: wakes so many times a second, until it is killed.
    static func loop(_ words: [String]) -> Int32 {
        guard let rate = words.first.flatMap({ Int64($0) }), rate > 0 else { return ExitCode.usage.rawValue }
        let pause = Interval.microseconds(1_000_000 / rate)
        do { while true { try sleep(pause) } } catch { return ExitCode.software.rawValue }
    }

    private static func sleep(_ time: Interval) throws {
        var poller = Poller(slots: 0)
        let end = MonotonicClock.now() + time
        while MonotonicClock.now() < end { try poller.wait(until: end) }
    }

    /// Nanoseconds that all threads of a process have worked (proc(5), `schedstat`).
    private static func worked(_ process: Int32) throws -> Int64 {
        try forEachThread(of: process) { folder in
            let text = try ProcessFile.text(of: folder + "/schedstat")
            return text.split(separator: " ").first.flatMap { Int64($0) } ?? 0
        }
    }

    /// How often its threads went to sleep.
    private static func wakes(of process: Int32, within time: Interval) throws -> Int64 {
        func count() throws -> Int64 {
            try forEachThread(of: process) { folder in
                let lines = try ProcessFile.text(of: folder + "/status").split(separator: "\n")
                let line = lines.first { $0.hasPrefix("voluntary_ctxt_switches:") }
                return line?.split { $0 == " " || $0 == "\t" }.last.flatMap { Int64($0) } ?? 0
            }
        }
        let before = try count()
        try sleep(time)
        return try count() - before
    }

    private static func forEachThread(of process: Int32, _ value: (String) throws -> Int64) throws -> Int64 {
        let folder = "/proc/\(process)/task"
        return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, thread in
            sum + (try value("\(folder)/\(thread)"))
        }
    }
}
