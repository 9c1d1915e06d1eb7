import Devices
import Glibc

/// A thread of a simulated device, which may block as it likes.
struct DeviceThread: ~Copyable, Sendable {
    private let thread: pthread_t

    /// Starts it.
    init(_ name: String, _ body: @escaping @Sendable () -> Void) throws {
        var thread = pthread_t()
        let work = unsafe Unmanaged.passRetained(Work(body))
        let answer = unsafe pthread_create(
            &thread, nil,
            { work in
                guard let work = unsafe work else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        guard answer == 0 else {
            unsafe work.release()
            throw PortError("start", "the thread of \(name)", code: answer)
        }
        self.thread = thread
    }

    /// Waits for its end.
    consuming func join() {
        _ = pthread_join(thread, nil)
    }

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
