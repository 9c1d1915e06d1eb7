import CLinux
import Glibc

/// Wakes a thread that waits in a `Poller`, from any other thread (an eventfd).
package struct WakeUp: ~Copyable, Sendable {
    private let counter: Descriptor

    package init() throws(PortError) {
        let number = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard number >= 0 else { throw PortError("create", "an eventfd", code: errno) }
        counter = Descriptor(owning: number)
    }

    /// What the poller watches for reading.
    package var descriptor: Int32 { counter.number }

    /// Makes the descriptor readable until it is cleared; never blocks.
    package func signal() {
        // It fails only when 2^64-1 signals wait: then the descriptor is readable, which is all that is wanted.
        _ = eventfd_write(counter.number, 1)
    }

    /// Takes all signals since the last clear; call it before looking into the mailbox, so that none is missed.
    package func clear() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(counter.number, &count)
    }
}
