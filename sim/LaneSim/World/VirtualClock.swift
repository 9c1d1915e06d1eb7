import Exchange
import Lane
import Sync

/// The two clocks of the station's computer in virtual time.
struct VirtualClock {
    /// The scenario's first moment on the monotonic clock: the computer was started a while before.
    static let first = Instant(nanoseconds: 1_000_000_000_000)
    /// How good a synchronised clock says that it is.
    static let uncertainty = Interval.milliseconds(1)

    private(set) var now: Instant
    /// Civil time at the first moment, as the world has it.
    private let startsAt: UTC
    /// How far the station's civil clock was set from the world's.
    private var stepped = Interval.zero
    /// What it gains a day, since when.
    private var drifts: (daily: Interval, since: Interval)?

    init(startsAt: UTC, now: Instant) {
        self.startsAt = startsAt
        self.now = now
    }

    mutating func advance(to moment: Instant) { now = max(now, moment) }

    mutating func step(by interval: Interval) { stepped = stepped + interval }

    /// Gains so much a day from now on; nil: it is set right, and keeps time.
    mutating func drift(daily: Interval?) { drifts = daily.map { ($0, elapsed) } }

    /// How far the station's civil clock is from the world's.
    var offset: Interval {
        guard let drifts else { return stepped }
        return stepped + Self.drift(drifts.daily, over: elapsed - drifts.since)
    }

    /// What a clock gains in a time.
    static func drift(_ daily: Interval, over time: Interval) -> Interval {
        // In milliseconds: of days by days there is no overflow.
        .milliseconds(time.milliseconds / 1_000 * daily.milliseconds / 86_400)
    }

    /// From the scenario's first moment on.
    var elapsed: Interval { now - Self.first }

    /// Civil time as the central server has it, whatever the station's clock says.
    func worldTime(at elapsed: Interval) -> UTC {
        Stamp(at: Self.first, utc: startsAt, clock: .good).utc(at: Self.first + elapsed)
    }

    /// What the station's computer says.
    func stamp(_ quality: ClockQuality) -> Stamp {
        Stamp(at: now, utc: worldTime(at: elapsed + offset), clock: quality)
    }
}
