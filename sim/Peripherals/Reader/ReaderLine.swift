import Devices
import Glibc
import Lane

/// The loop of a simulated reader: its firmware, its line's faults and its pseudo-terminal, without a policy of its own.
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

    /// A reader whose line takes no more keeps this much, some hundred frames; what comes after is lost, as on a line.
    static let mostOutgoing = 8_192

    private var terminal: PseudoTerminal?
    private var path: String?
    private let link: String?
    private let byteTime: Interval
    private var firmware: ECPFirmware
    private var faults: FaultyLine
    private var wake: Instant?
    /// Bytes on their way, and when the first of them has arrived.
    private var outgoing: [UInt8] = []
    private var arrival = Instant(nanoseconds: 0)
    private var isRunning = true

    init(
        terminal: consuming PseudoTerminal, link: String?, byteTime: Interval, firmware: ECPFirmware,
        faults: FaultyLine
    ) {
        path = terminal.path
        self.terminal = consume terminal
        self.link = link
        self.byteTime = byteTime
        self.firmware = firmware
        self.faults = faults
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
            let deadline = [wake, faults.wake, outgoing.isEmpty ? nil : arrival].compactMap { $0 }.min()
            do { try poller.wait(until: deadline) } catch { return }
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
            let now = MonotonicClock.now()
            if let due = wake, due <= now { happen(.wake) }
            queue(faults.babble(at: now))
            sendWhatIsDue(now)
        }
        if let link { _ = unsafe unlink(link) }
    }

    private var state: SimulatedECPReader.State {
        SimulatedECPReader.State(
            path: path, setup: firmware.setup, isInCommandMode: firmware.isInCommandMode,
            waiting: firmware.memory.count, counts: firmware.counts)
    }

    private mutating func carryOut(_ request: Request) {
        switch request {
        case .event(let event): happen(event)
        case .fault(let fault): queue(faults.request(fault, at: MonotonicClock.now()))
        case .unplug:
            terminal = nil
            path = nil
            outgoing = []
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
        } catch {
            path = nil
        }
    }

    private mutating func happen(_ event: ECPFirmware.Event) {
        for action in firmware.handle(event, at: MonotonicClock.now()) {
            switch action {
            case .send(let bytes): queue(faults.pass(bytes))
            case .wake(let instant): wake = instant
            }
        }
    }

    private mutating func queue(_ bytes: [UInt8]) {
        guard path != nil, outgoing.count + bytes.count <= Self.mostOutgoing else { return }
        if outgoing.isEmpty { arrival = MonotonicClock.now() + byteTime }
        outgoing += bytes
    }

    /// Each byte arrives when the line has carried it; all at once on a line without speed.
    private mutating func sendWhatIsDue(_ now: Instant) {
        var count = 0
        if byteTime == .zero { count = outgoing.count }
        while count < outgoing.count, arrival <= now {
            count += 1
            arrival = arrival + byteTime
        }
        guard count > 0 else { return }
        terminal?.send(Array(outgoing[..<count]))
        outgoing.removeFirst(count)
    }
}
