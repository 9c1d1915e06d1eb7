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
    /// How far the station's civil clock is from the world's.
    private(set) var offset = Interval.zero

    init(startsAt: UTC, now: Instant) {
        self.startsAt = startsAt
        self.now = now
    }

    mutating func advance(to moment: Instant) { now = max(now, moment) }

    mutating func step(by interval: Interval) { offset = offset + interval }

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
