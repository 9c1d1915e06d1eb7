import CLinux
import Lane

/// The computer's monotonic clock, the one all machines are driven by.
package enum MonotonicClock {
    /// Now, from `CLOCK_MONOTONIC`: it never goes back, and stands still while the computer is suspended.
    package static func now() -> Instant {
        var time = timespec()
        let answer = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        precondition(answer == 0, "Linux always has CLOCK_MONOTONIC")
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
