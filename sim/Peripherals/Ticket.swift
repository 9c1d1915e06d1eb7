import Devices
import Lane

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
