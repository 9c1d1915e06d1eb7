import CLinux
import Glibc
import Lane
import Synchronization

/// Cuts the connections whose time is up, by `Deadlines`, from a thread of its own that sleeps until the first of them.
final class Sweeper: Sendable {
    private struct State {
        var deadlines: Deadlines
        /// When the thread looks next; nil: when it is woken.
        var looksAt: Instant?
        var isStopped = false
    }

    private let state: Mutex<State>
    /// An eventfd: the thread has to look sooner than it meant to.
    private let signal: Int32

    /// Nil when the system has no descriptor left.
    init?(_ limits: Deadlines.Limits) {
        signal = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        state = Mutex(State(deadlines: Deadlines(limits)))
        if signal < 0 { return nil }
    }

    deinit { if signal >= 0 { _ = Glibc.close(signal) } }

    /// Something happened on a connection. Its descriptor is open until `.closed` has returned.
    func note(_ event: Deadlines.Event, on connection: Int32) {
        let isSooner = state.withLock { state in
            guard let end = state.deadlines.handle(event, on: connection, at: Self.now) else { return false }
            return state.looksAt.map { end < $0 } ?? true
        }
        if isSooner { wake() }
    }

    /// `run` returns soon.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Cuts until `stop`.
    func run() {
        while let pause = sweep() {
            var descriptor = pollfd(fd: signal, events: Int16(POLLIN), revents: 0)
            _ = unsafe bom_ppoll(&descriptor, 1, pause.nanoseconds)
            var count: eventfd_t = 0
            _ = unsafe eventfd_read(signal, &count)
        }
    }

    /// How long to sleep, negative: until it is woken; nil: no more.
    private func sweep() -> Interval? {
        state.withLock { state in
            guard !state.isStopped else { return nil }
            let now = Self.now
            // With the lock: a descriptor that was closed meanwhile might be somebody else's by now. The connection's thread sees
            // the end of its stream, and closes.
            for connection in state.deadlines.due(at: now) { _ = shutdown(connection, Int32(SHUT_RDWR)) }
            state.looksAt = state.deadlines.first
            return state.looksAt.map { $0 - now } ?? Interval(nanoseconds: -1)
        }
    }

    private func wake() { _ = eventfd_write(signal, 1) }

    private static var now: Instant {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

/// The thread of a sweeper, from its start to its end.
struct SweeperThread: ~Copyable {
    private let thread: pthread_t
    private let sweeper: Sweeper

    /// Nil when the system cannot start a thread.
    init?(_ sweeper: Sweeper) {
        let shared = unsafe Unmanaged.passRetained(sweeper)
        var thread = pthread_t()
        guard unsafe pthread_create(&thread, nil, runSweeper, shared.toOpaque()) == 0 else {
            unsafe shared.release()
            return nil
        }
        self.thread = thread
        self.sweeper = sweeper
    }

    deinit {
        sweeper.stop()
        _ = pthread_join(thread, nil)
    }
}

private func runSweeper(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer = unsafe pointer else { return nil }
    let sweeper = unsafe Unmanaged<Sweeper>.fromOpaque(pointer).takeRetainedValue()
    unsafe bom_name_thread("http sweeper")
    sweeper.run()
    return nil
}
