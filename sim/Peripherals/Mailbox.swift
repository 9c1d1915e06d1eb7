import Devices
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
