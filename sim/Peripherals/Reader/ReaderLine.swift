import Devices
import Glibc
import Lane

/// The loop of a simulated reader: its line in real time, at a pseudo-terminal.
struct ReaderLine: ~Copyable {
    /// What other threads ask of it.
    enum Request: DeviceRequest {
        case event(ECPFirmware.Event)
        case fault(LineFault)
        case unplug
        case plug
        case tell(Ticket)
        case stop
    }

    private var terminal: PseudoTerminal?
    private var path: String?
    private let link: String?
    private var line: VirtualLine
    /// Told of each message that the host has acknowledged.
    private let taken: @Sendable ([UInt8]) -> Void
    private var isRunning = true

    init(
        terminal: consuming PseudoTerminal, link: String?, line: VirtualLine,
        taken: @escaping @Sendable ([UInt8]) -> Void
    ) {
        path = terminal.path
        self.terminal = consume terminal
        self.link = link
        self.line = line
        self.taken = taken
    }

    /// Runs until `.stop`, and tells after each round how the reader stands.
    mutating func run(_ mailbox: Mailbox<Request>, showing shown: Shown<SimulatedECPReader.State>) {
        var poller = Poller(slots: 2)
        poller.watch(0, mailbox.descriptor)
        var buffer = [UInt8](repeating: 0, count: 1_024)
        happen(.powerOn)
        while isRunning {
            shown.value = state
            poller.watch(1, terminal?.master.number)
            do { try poller.wait(until: line.wake) } catch { return }
            if poller[0].contains(.readable) {
                for request in mailbox.takeAll() {
                    carryOut(request)
                    if case .tell(let ticket) = request {
                        shown.value = state
                        ticket.punch()
                    }
                }
            }
            if poller[1] != [], case .bytes(let count)? = terminal?.master.read(into: &buffer, ready: poller[1]) {
                happen(.bytes(Array(buffer[..<count])))
            }
            let arrived = line.advance(to: MonotonicClock.now())
            if !arrived.isEmpty { terminal?.send(arrived) }
        }
        if let link { _ = unsafe unlink(link) }
    }

    private var state: SimulatedECPReader.State {
        SimulatedECPReader.State(
            path: path, setup: line.firmware.setup, isInCommandMode: line.firmware.isInCommandMode,
            waiting: line.firmware.memory.count, counts: line.firmware.counts)
    }

    private mutating func carryOut(_ request: Request) {
        switch request {
        case .event(let event): happen(event)
        case .fault(let fault): line.disturb(fault, at: MonotonicClock.now())
        case .unplug:
            terminal = nil
            path = nil
            line.unplug()
            if let link { _ = unsafe unlink(link) }
        case .plug: plug()
        case .tell: break
        case .stop: isRunning = false
        }
    }

    /// Where it fails the reader stays unplugged, as its state shows.
    private mutating func plug() {
        guard path == nil else { return }
        do throws(PortError) {
            let new = try PseudoTerminal()
            if let link { try new.link(at: link) }
            path = new.path
            terminal = consume new
            line.plug()
        } catch {
            path = nil
        }
    }

    private mutating func happen(_ event: ECPFirmware.Event) {
        let before = line.firmware
        line.happen(event, at: MonotonicClock.now())
        // What is acknowledged goes out of the memory in the order in which it stands there.
        let count = line.firmware.counts.acknowledged - before.counts.acknowledged
        for message in before.memory.prefix(count) { taken(message) }
    }
}
