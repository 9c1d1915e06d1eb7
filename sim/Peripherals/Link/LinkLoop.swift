import CLinux
import Devices
import Glibc
import HTTP
import Lane

/// The loop of a simulated link.
struct LinkLoop: ~Copyable {
    /// What other threads ask of it.
    enum Request: DeviceRequest {
        case lead(UInt16)
        case behave(SimulatedLink.Behaviour)
        case tell(Ticket)
        case stop
    }

    /// Connections at a time; another is ended at once. A station has two, and those that it gave up may hang a while.
    static let mostConnections = 64

    private let listener: ListeningSocket
    private let shown: Shown<SimulatedLink.State>
    private var state = SimulatedLink.State()
    private var behaviour = SimulatedLink.Behaviour.passes
    private var target: UInt16?
    private var connections: [LinkConnection] = []
    private var isRunning = true

    init(listener: consuming ListeningSocket, showing shown: Shown<SimulatedLink.State>) {
        _ = fcntl(listener.descriptor, F_SETFL, O_NONBLOCK)
        self.listener = listener
        self.shown = shown
    }

    /// Runs until `.stop`.
    mutating func run(_ mailbox: Mailbox<Request>) {
        // Slots: mailbox, listener, two for each connection.
        var poller = Poller(slots: 2 + 2 * Self.mostConnections)
        poller.watch(0, mailbox.descriptor)
        poller.watch(1, listener.descriptor)
        while isRunning {
            let now = MonotonicClock.now()
            for slot in 0..<Self.mostConnections {
                guard slot < connections.count else {
                    poller.watch(2 + 2 * slot, nil)
                    poller.watch(3 + 2 * slot, nil)
                    continue
                }
                connections[slot].watch(&poller, 2 + 2 * slot, at: now)
            }
            // A piece that is due and not taken is waited for by its socket.
            let next = connections.compactMap(\.due).filter { $0 > now }.min()
            do { try poller.wait(until: next) } catch { return }
            carry(poller)
            if poller[0].contains(.readable) { for request in mailbox.takeAll() { carryOut(request) } }
            if poller[1].contains(.readable) { accept() }
            show()
        }
    }

    private mutating func carry(_ poller: Poller) {
        let now = MonotonicClock.now()
        let delay = if case .slow(let delay) = behaviour { delay } else { Interval.zero }
        for slot in connections.indices {
            state.carried += connections[slot].carry(
                poller[2 + 2 * slot], poller[3 + 2 * slot], at: now, delay: delay)
        }
    }

    /// Lets go of what is over, and tells how it stands.
    private mutating func show() {
        state.harmed += connections.count { $0.isOver && $0.isHarmed }
        connections.removeAll(where: \.isOver)
        state.connections = connections.count
        shown.value = state
    }

    private mutating func carryOut(_ request: Request) {
        switch request {
        case .lead(let port): target = port
        case .behave(let behaviour):
            self.behaviour = behaviour
            for slot in connections.indices { connections[slot].behave(behaviour) }
        case .tell(let ticket):
            show()
            ticket.punch()
        case .stop: isRunning = false
        }
    }

    private mutating func accept() {
        let number = bom_accept(listener.descriptor)
        guard number >= 0 else { return }
        let near = Descriptor(owning: number)
        guard let target, connections.count < Self.mostConnections else { return }
        guard var connection = LinkConnection(near: near, to: target) else { return }
        connection.behave(behaviour)
        connections.append(connection)
    }
}
