import Devices
import Exchange
import Lane

/// Says how far long work is, a line every few seconds; short work says nothing.
package struct ProgressLine {
    /// Between two lines.
    package static let every = Interval.seconds(5)

    private let console: Console
    private let clock: () -> Instant
    private var next: Instant

    package init(_ console: Console, clock: @escaping () -> Instant = MonotonicClock.now) {
        self.console = console
        self.clock = clock
        next = clock() + Self.every
    }

    /// Says it when it is time to.
    ///
    /// - Parameter total: 0 where nobody knows it.
    package mutating func say(_ work: String, _ done: Int, of total: Int) {
        let now = clock()
        guard now >= next else { return }
        next = now + Self.every
        console.note(total > 0 ? "\(work): \(min(done, total) * 100 / total) %" : "\(work): \(done)")
    }

    /// The same of a list in the making.
    package mutating func say(_ work: String, _ progress: BuildProgress) {
        say(work, progress.done, of: progress.total)
    }
}
