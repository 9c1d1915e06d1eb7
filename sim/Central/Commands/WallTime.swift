import Glibc
import Lane

/// The computer's civil time, for the date of a list.
enum WallTime {
    static var now: UTC {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return UTC(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
