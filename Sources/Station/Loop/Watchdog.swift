import Devices
import Glibc
import Lane
import Synchronization

/// Watches the decision thread from another thread. When it stalls, the watchdog darkens the heads, says so, and ends the
/// process: systemd starts it again (I9). It may do nothing else.
final class Watchdog: Sendable {
    /// How long the decision thread may go without a turn. Its longest wait is `DecisionLoop.longestWait`; fifty times that is
    /// no load peak.
    static let stallAfter = Interval.seconds(5)
    /// How often it looks.
    static let lookEvery = Interval.milliseconds(250)

    private let lastTurn: Atomic<Int64>
    private let isOver = Atomic<Bool>(false)
    private let end: WakeUp
    private let darkSwitch: DarkSwitch

    init(_ darkSwitch: DarkSwitch) throws(PortError) {
        lastTurn = Atomic(MonotonicClock.now().nanoseconds)
        end = try WakeUp()
        self.darkSwitch = darkSwitch
    }

    /// The decision thread is alive.
    func beat(at now: Instant) { lastTurn.store(now.nanoseconds, ordering: .relaxed) }

    /// Whether the decision thread has stalled.
    func hasStalled(at now: Instant) -> Bool {
        now - Instant(nanoseconds: lastTurn.load(ordering: .relaxed)) > Self.stallAfter
    }

    /// Looks until `finish` is called; the watchdog's own thread runs it.
    func run() throws(PortError) {
        var poller = Poller(slots: 1)
        poller.watch(0, end.descriptor)
        while !isOver.load(ordering: .acquiring) {
            let asked = MonotonicClock.now()
            try poller.wait(until: asked + Self.lookEvery)
            let now = MonotonicClock.now()
            // A computer that was suspended or starved looked late itself: give the decision thread its turn first.
            let lookedInTime = now - asked < Self.lookEvery * 4
            if lookedInTime, !isOver.load(ordering: .acquiring), hasStalled(at: now) { endProcess() }
        }
    }

    /// The program ends in order: there is nothing left to watch.
    func finish() {
        isOver.store(true, ordering: .releasing)
        end.signal()
    }

    private func endProcess() -> Never {
        let isDark = darkSwitch.darken()
        Terminal.complainAtOnce(
            "error watchdog.stall lamps=\(isDark ? "dark" : "unknown") action=\"ending the process\"")
        _exit(ExitCode.software.rawValue)
    }
}
