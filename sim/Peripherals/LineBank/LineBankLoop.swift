import CLinux
import Devices
import Lane

/// The loop of a simulated line bank.
struct LineBankLoop: ~Copyable {
    /// What other threads ask of it.
    enum Request: DeviceRequest {
        case set(String, isHigh: Bool, at: Instant)
        case say(String)
        case drop
        case tell(Ticket)
        case stop
    }

    /// Stations at a time: the one that runs, its watchdog, and tests beside them; another is closed at once.
    static let mostStations = 4

    private let listener: Descriptor
    private let shown: Shown<SimulatedLineBank.State>
    private let changed: @Sendable (SimulatedLineBank.LampChange) -> Void
    private var state: SimulatedLineBank.State
    private var stations: [Station] = []
    private var isRunning = true

    /// A connected station; a class, because an array holds no things with one owner.
    private final class Station: Sendable {
        let socket: Descriptor
        init(_ socket: consuming Descriptor) { self.socket = socket }
    }

    private var parsers: [LampLineParser] = []

    init(
        listener: consuming Descriptor, showing shown: Shown<SimulatedLineBank.State>,
        changed: @escaping @Sendable (SimulatedLineBank.LampChange) -> Void
    ) {
        self.listener = listener
        self.shown = shown
        self.changed = changed
        state = shown.value
    }

    /// Runs until `.stop`.
    mutating func run(_ mailbox: Mailbox<Request>) {
        // Slots: mailbox, listener, stations.
        var poller = Poller(slots: 2 + Self.mostStations)
        poller.watch(0, mailbox.descriptor)
        poller.watch(1, listener.number)
        while isRunning {
            for slot in 0..<Self.mostStations {
                poller.watch(2 + slot, slot < stations.count ? stations[slot].socket.number : nil)
            }
            do { try poller.wait(until: nil) } catch { return }
            for slot in stations.indices.reversed() where poller[2 + slot] != [] { read(slot, poller[2 + slot]) }
            if poller[0].contains(.readable) { for request in mailbox.takeAll() { carryOut(request) } }
            if poller[1].contains(.readable) { accept() }
            show()
        }
    }

    private mutating func show() {
        state.stations = stations.count
        shown.value = state
    }

    private mutating func carryOut(_ request: Request) {
        switch request {
        case .set(let input, let isHigh, let at):
            guard state.inputs.updateValue(isHigh, forKey: input) != isHigh else { return }
            send("edge \(input) \(isHigh ? 1 : 0) \(at.nanoseconds)\n")
        case .say(let line): send(line + "\n")
        case .drop:
            stations = []
            parsers = []
        case .tell(let ticket):
            show()
            ticket.punch()
        case .stop: isRunning = false
        }
    }

    private func send(_ line: String) {
        let bytes = Array(line.utf8)
        // A station that takes nothing loses the edge; it sees its own loss of the connection when it reads again.
        for station in stations { _ = station.socket.send(bytes[...]) }
    }

    private mutating func accept() {
        let number = bom_accept(listener.number)
        guard number >= 0 else { return }
        let station = Station(Descriptor(owning: number))
        guard stations.count < Self.mostStations else { return }
        let now = MonotonicClock.now().nanoseconds
        let levels = state.inputs.sorted { $0.key < $1.key }.map { "level \($0.key) \($0.value ? 1 : 0) \(now)\n" }
        _ = station.socket.send(Array(levels.joined().utf8)[...])
        stations.append(station)
        parsers.append(LampLineParser())
    }

    private mutating func read(_ slot: Int, _ ready: Readiness) {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        switch stations[slot].socket.read(into: &buffer, ready: ready) {
        case .nothing: return
        case .lost:
            stations.remove(at: slot)
            parsers.remove(at: slot)
        case .bytes(let count):
            let now = MonotonicClock.now()
            for line in parsers[slot].take(buffer[..<count]) {
                guard let (head, places) = line else {
                    state.badLines += 1
                    continue
                }
                show(places, on: head, at: now)
            }
        }
    }

    private mutating func show(_ places: HeadPlaces, on head: LaneNumber, at now: Instant) {
        guard state.lamps.updateValue(places, forKey: head) != places else { return }
        let change = SimulatedLineBank.LampChange(head: head, places: places, at: now)
        if state.changes.count == SimulatedLineBank.mostChanges { state.changes.removeFirst() }
        state.changes.append(change)
        changed(change)
    }
}
