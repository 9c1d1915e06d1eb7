import Glibc

/// SIGTERM and SIGINT, taken by one thread that waits for them.
package enum StopSignals {
    /// Call first of all, before any thread is made: they all inherit it, and none is interrupted.
    package static func block() {
        var signals = set
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Waits for one of the two; they must be blocked.
    package static func wait() {
        var signals = set
        var signal: Int32 = 0
        while unsafe sigwait(&signals, &signal) != 0 {}
    }

    private static var set: sigset_t {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGTERM)
        unsafe sigaddset(&signals, SIGINT)
        return signals
    }
}
