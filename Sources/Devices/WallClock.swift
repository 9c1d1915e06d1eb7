import CLinux
import Lane

/// The computer's civil time, and how far it can be trusted; nothing is ordered by it.
package enum WallClock {
    /// One look at the clock.
    package struct Reading: Hashable, Sendable {
        package let utc: UTC
        package let quality: ClockQuality
        /// The greatest error the kernel reckons with (`maxerror` of adjtimex); nil when nobody vouches for the time.
        package let error: Interval?
    }

    /// Civil time alone.
    package static func now() -> UTC {
        var time = timespec()
        let answer = unsafe clock_gettime(CLOCK_REALTIME, &time)
        precondition(answer == 0, "Linux always has CLOCK_REALTIME")
        return UTC(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }

    /// Civil time with its quality, `good` while the kernel calls it synchronised: it stops doing so at 16 s of possible error.
    package static func read() -> Reading {
        var microseconds: Int64 = 0
        let isGood = unsafe bom_clock_error(&microseconds) == 1
        return Reading(
            utc: now(), quality: isGood ? .good : .unknown, error: isGood ? .microseconds(microseconds) : nil)
    }
}
