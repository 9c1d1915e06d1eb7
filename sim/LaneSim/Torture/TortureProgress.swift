import Devices
import Glibc
import Lane
import Station

/// How far a run is: one line that is written over on a terminal, and a line every so often elsewhere.
struct TortureProgress {
    private static let every = (terminal: Interval.milliseconds(500), file: Interval.seconds(20))

    private let kills: Int
    /// Those of an earlier part of the run.
    private let before: Int
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = MonotonicClock.now()
    private var told: Instant

    init(kills: Int, before: Int) {
        self.kills = kills
        self.before = before
        told = start
    }

    /// From one kill of this part to the next, everything between them included; nil before the first.
    func mean(_ story: TortureStory) -> Interval? {
        let done = story.kills - before
        return done > 0 ? Interval(nanoseconds: (MonotonicClock.now() - start).nanoseconds / Int64(done)) : nil
    }

    mutating func show(_ story: TortureStory) {
        let now = MonotonicClock.now()
        guard now >= told + (isTerminal ? Self.every.terminal : Self.every.file) else { return }
        told = now
        let left = mean(story).map { ", about \(($0 * Int64(kills - story.kills)).milliseconds / 1_000) s left" } ?? ""
        let line =
            "torture: \(story.kills) of \(kills) kills, round \(story.rounds.count), \(story.pauses) pauses, "
            + "\(story.linkFaults) faults of the network, \(story.fills) of the disk\(left)"
        if isTerminal { Terminal.showProgress(line) } else { Terminal.complain(line) }
    }

    /// Nothing more is shown.
    func end() { if isTerminal { Terminal.showProgress("") } }
}
