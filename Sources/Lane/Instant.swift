/// A moment on the station's monotonic clock, in nanoseconds since the computer started.
///
/// Integers, because `Duration` arithmetic costs six times as much in the lane's inner loop.
package struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds of `CLOCK_MONOTONIC` on the road, of virtual time in the simulator.
    package var nanoseconds: Int64

    @inlinable
    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    @inlinable
    package static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }
    @inlinable
    package static func + (a: Instant, b: Interval) -> Instant { Instant(nanoseconds: a.nanoseconds + b.nanoseconds) }
    @inlinable
    package static func - (a: Instant, b: Interval) -> Instant { Instant(nanoseconds: a.nanoseconds - b.nanoseconds) }
    @inlinable
    package static func - (a: Instant, b: Instant) -> Interval { Interval(nanoseconds: a.nanoseconds - b.nanoseconds) }
}

/// A length of time in nanoseconds; it may be negative ("before").
package struct Interval: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inlinable
    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static let zero = Interval(nanoseconds: 0)
    @inlinable
    package static func microseconds(_ n: Int64) -> Interval { Interval(nanoseconds: n * 1_000) }
    @inlinable
    package static func milliseconds(_ n: Int64) -> Interval { Interval(nanoseconds: n * 1_000_000) }
    @inlinable
    package static func seconds(_ n: Int64) -> Interval { Interval(nanoseconds: n * 1_000_000_000) }
    @inlinable
    package static func minutes(_ n: Int64) -> Interval { .seconds(n * 60) }
    @inlinable
    package static func hours(_ n: Int64) -> Interval { .seconds(n * 3_600) }
    @inlinable
    package static func days(_ n: Int64) -> Interval { .hours(n * 24) }

    /// Whole milliseconds, rounded towards zero.
    @inlinable
    package var milliseconds: Int64 { nanoseconds / 1_000_000 }

    @inlinable
    package static func < (a: Interval, b: Interval) -> Bool { a.nanoseconds < b.nanoseconds }
    @inlinable
    package static func + (a: Interval, b: Interval) -> Interval {
        Interval(nanoseconds: a.nanoseconds + b.nanoseconds)
    }
    @inlinable
    package static func - (a: Interval, b: Interval) -> Interval {
        Interval(nanoseconds: a.nanoseconds - b.nanoseconds)
    }
    @inlinable
    package static prefix func - (a: Interval) -> Interval { Interval(nanoseconds: -a.nanoseconds) }
    @inlinable
    package static func * (a: Interval, n: Int64) -> Interval { Interval(nanoseconds: a.nanoseconds * n) }
}
