import Devices
import Synchronization

/// What every simulated device can be asked, beside its own requests.
protocol DeviceRequest: Sendable {
    /// End.
    static var stop: Self { get }
    /// Punch the ticket when all that was asked before has been done and shows.
    static func tell(_ ticket: Ticket) -> Self
}

/// The thread of a simulated device, and how others ask it.
final class DeviceThread<Request: DeviceRequest>: Sendable {
    /// More than this waiting means that the device's thread is dead.
    static var mostWaiting: Int { 10_000 }

    private let mailbox: Mailbox<Request>
    private let thread: Mutex<WorkerThread?>

    /// Starts the thread.
    ///
    /// - Parameters:
    ///   - name: At most 15 characters.
    ///   - port: What the thread owns from then on.
    ///   - body: What it does, until it is asked to stop; it watches the mailbox's descriptor among its ports.
    init<Port: ~Copyable & Sendable>(
        named name: String, owning port: consuming Port,
        _ body: @escaping @Sendable (consuming Port, Mailbox<Request>) -> Void
    ) throws {
        let mailbox = try Mailbox<Request>(bound: Self.mostWaiting)
        // A closure that may run twice cannot give away what it has captured: the port waits here for its one run.
        let waiting = Mutex<Port?>(consume port)
        self.mailbox = mailbox
        thread = Mutex(
            WorkerThread(named: name) {
                guard let port = waiting.withLock({ $0.take() }) else { return }
                body(port, mailbox)
            })
    }

    /// Leaves a request; it never waits. A device that has stopped takes none.
    func ask(_ request: Request) {
        let isTaken = mailbox.offer(request)
        precondition(isTaken || hasStopped, "the device's thread takes its requests")
    }

    /// Waits until all that was asked has been done, and shows.
    func settle() throws {
        let ticket = try Ticket()
        ask(.tell(ticket))
        try ticket.wait()
    }

    /// Ends the thread and waits for its end; false when it has ended before.
    @discardableResult func stop() -> Bool {
        var ending: WorkerThread?
        thread.withLock { held in ending = held.take() }
        guard let ending = ending.take() else { return false }
        _ = mailbox.offer(.stop)
        ending.join()
        mailbox.close()
        return true
    }

    private var hasStopped: Bool { thread.withLock { $0 == nil } }
}
