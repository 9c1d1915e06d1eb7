import CLinux
import Glibc
import Lane

/// A thread of our own, with a name that shows in `top -H`.
package struct WorkerThread: ~Copyable {
    private let thread: pthread_t

    /// Starts the thread. Of its name 15 characters count.
    ///
    /// A computer that cannot start a handful of threads cannot run a station: that stops the program with a sentence.
    package init(named name: String, patience: Patience = .none, _ body: @escaping @Sendable () -> Void) {
        let box = unsafe Unmanaged.passRetained(Body(name: String(name.prefix(15)), patience, run: body))
        var thread = pthread_t()
        let code = unsafe pthread_create(&thread, nil, runBody, box.toOpaque())
        precondition(code == 0, "the system can start a thread")
        self.thread = thread
    }

    /// Waits for the thread's end.
    package consuming func join() { _ = pthread_join(thread, nil) }

    /// Waits for the thread's end at most so long; false when it goes on, and then only the process's end ends it.
    package consuming func join(within time: Interval) -> Bool { bom_join_within(thread, time.nanoseconds) == 0 }
}

/// What a thread carries with it from its start.
private final class Body: Sendable {
    let name: String
    let patience: Patience
    let run: @Sendable () -> Void

    init(name: String, _ patience: Patience, run: @escaping @Sendable () -> Void) {
        self.name = name
        self.patience = patience
        self.run = run
    }
}

private func runBody(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let pointer = unsafe pointer else { return nil }
    let body = unsafe Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue()
    unsafe bom_name_thread(body.name)
    body.patience.take()
    body.run()
    return nil
}
