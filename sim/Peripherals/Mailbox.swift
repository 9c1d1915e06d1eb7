import Devices
import Lane
import Synchronization

/// What other threads ask of a device's thread; the thread waits on `descriptor` among its ports.
package final class Mailbox<Request: Sendable>: Sendable {
    /// More than this waiting means that the device's thread is dead.
    package static var mostWaiting: Int { 10_000 }

    private let requests = Mutex<[Request]>([])
    private let wakeUp: WakeUp

    init() throws { wakeUp = try WakeUp() }

    /// What the device's poller watches.
    var descriptor: Int32 { wakeUp.descriptor }

    /// Leaves a request; it never waits.
    func post(_ request: Request) {
        requests.withLock {
            precondition($0.count < Self.mostWaiting, "the device's thread takes its requests")
            $0.append(request)
        }
        wakeUp.signal()
    }

    /// All requests so far.
    func takeAll() -> [Request] {
        wakeUp.clear()
        return requests.withLock {
            let all = $0
            $0.removeAll(keepingCapacity: true)
            return all
        }
    }
}

/// Tells one who waits that a device's thread has come so far.
final class Ticket: Sendable {
    private let wakeUp: WakeUp

    init() throws { wakeUp = try WakeUp() }

    /// Called by the device's thread.
    func punch() { wakeUp.signal() }

    /// Waits for that; a device's thread that has not come so far in `mostWait` has ended.
    func wait() throws {
        var poller = Poller(slots: 1)
        poller.watch(0, wakeUp.descriptor)
        try poller.wait(until: MonotonicClock.now() + Self.mostWait)
        guard poller[0].contains(.readable) else {
            throw PortError("ask", "a simulated device", cause: "its thread has ended")
        }
    }

    /// Far more than any request takes.
    static let mostWait = Interval.seconds(10)
}
