import Devices
import Lane
import Lights
import TagReader

/// The decision thread: waits on the ports, the lines and the mailbox, gives the machine its events, and does at once what
/// can be done at once. Nothing here waits for disk or network.
struct DecisionLoop: ~Copyable {
    /// There is a turn at least this often: the watchdog wants it, and by its lack a standstill is noticed (`StationMachine.standstill`).
    static let longestWait = Interval.milliseconds(100)
    /// One read takes at most this: four seconds of a line at 9600 baud.
    static let mostBytesPerRead = 4_096
    /// Bytes that a slow line has still to take; more means that it takes none.
    static let mostBytesWaiting = 4_096

    private enum Slot {
        static let mailbox = 0
        static let lines = 1
        static let firstReader = 2
    }

    private let configuration: StationConfiguration
    private let workers: Workers
    private var machine: StationMachine
    private var poller: Poller
    private var lines: LineBank?
    /// Of `ReaderSection.most` readers; a port is a handle, and arrays hold none.
    private var ports = InlineArray<16, SerialPort?> { _ in nil }
    private var unsent = InlineArray<16, [UInt8]>(repeating: [])
    private var buffer = [UInt8](repeating: 0, count: mostBytesPerRead)
    private var lineEvents: [LineEvent] = []
    /// A lamp could not be set: the lines are lost when what they have said before that is heard.
    private var lampLoss: PortLoss?
    /// Events that carrying out an action brought about.
    private var followUps: [Event] = []
    private var wakeAt: Instant?
    /// When the poller returned last: what it had not found by then came later.
    private var lookedAt = MonotonicClock.now()
    /// The moment of the machine's last event.
    private var present = Instant(nanoseconds: 0)
    private var isStopped = false

    /// - Parameter memory: of this computer, in bytes.
    init(_ configuration: StationConfiguration, seed: UInt64, memory: Int, _ workers: Workers) {
        self.configuration = configuration
        self.workers = workers
        machine = StationMachine(configuration, seed: seed, memory: memory, at: MonotonicClock.now())
        poller = Poller(slots: Slot.firstReader + configuration.readers.count)
        poller.watch(Slot.mailbox, workers.mailbox.descriptor)
    }

    /// Runs until the machine has stopped.
    mutating func run() throws(PortError) {
        let clock = WallClock.read()
        handle(.scheduled(configuration.station.isRealtime ? .askToBeFirst() : .usual))
        handle(.start(clock.utc, clock.quality))
        while !isStopped {
            let now = MonotonicClock.now()
            workers.watchdog.beat(at: now)
            let longest = lampLoss == nil ? now + Self.longestWait : now
            try poller.wait(until: min(wakeAt ?? longest, longest))
            noticeStandstill()
            // Ties: edges, reads, workers, timers.
            takeLines()
            for index in configuration.readers.indices { takeBytes(index) }
            for event in workers.mailbox.takeAll() { handle(event) }
            if let wakeAt, wakeAt <= MonotonicClock.now() {
                self.wakeAt = nil
                handle(.wake)
            }
        }
    }

    private mutating func noticeStandstill() {
        let now = MonotonicClock.now()
        if now - lookedAt > StationMachine.standstill {
            step(.stoodStill(until: now), at: present)
            handleFollowUps()
        }
        lookedAt = now
    }

    private mutating func handle(_ event: Event) {
        step(event, at: MonotonicClock.now())
        handleFollowUps()
    }

    private mutating func handleFollowUps() {
        while !followUps.isEmpty { step(followUps.removeFirst(), at: MonotonicClock.now()) }
    }

    /// The lamp is set before the machine writes anything down, and before any worker is woken.
    private mutating func step(_ event: Event, at now: Instant) {
        present = now
        for action in machine.begin(event, at: now) { carryOut(action) }
        for action in machine.finish(at: now) { carryOut(action) }
    }

    private mutating func carryOut(_ action: Action) {
        switch action {
        case .show(let aspect, let lane): show(aspect, on: lane)
        case .write(let index, let bytes): write(bytes, to: index)
        case .openPort(let index): open(index)
        case .closePort(let index): close(index)
        case .connectLines: connectLines()
        case .wake(let moment): wakeAt = moment
        case .stopped: isStopped = true
        case .readClock:
            let reading = WallClock.read()
            followUps.append(.clock(reading.utc, reading.quality, uncertainty: reading.error))
        case .tell(let word): workers.supervisor.tell(word)
        case .ledger, .salvage, .room, .photos, .uploader, .salvaged, .salvagedPhoto, .sendPhoto, .listUpdater,
            .renewal, .loadList, .releaseList, .lookAtPhotos, .log, .watch, .answer:
            workers.carryOut(action)
        }
    }

    // MARK: Lamps and detectors

    private mutating func connectLines() {
        disconnectLines()
        guard let path = configuration.lines.socket else { return }
        do throws(PortError) {
            let bank = try LineBank(path: path, inputs: configuration.detectors.map(\.input))
            workers.darkSwitch.install(try bank.darkener(of: configuration.lanes.map(\.lane)))
            poller.watch(Slot.lines, bank.descriptor)
            lines = consume bank
            followUps.append(.lines(.connected))
        } catch {
            followUps.append(.lines(.lost("\(error)")))
        }
    }

    private mutating func disconnectLines() {
        poller.watch(Slot.lines, nil)
        workers.darkSwitch.install(nil)
        lines = nil
        lampLoss = nil
    }

    private mutating func show(_ aspect: Aspect, on lane: LaneNumber) {
        // Edges that the bank sent before it ended are vehicles: they are heard before the lines count as lost.
        guard lampLoss == nil, let loss = lines?.show(aspect.places, on: lane) else { return }
        lampLoss = loss
    }

    private mutating func takeLines() {
        let ready = poller[Slot.lines]
        guard !ready.isEmpty || lampLoss != nil, lines != nil else { return }
        lineEvents.removeAll(keepingCapacity: true)
        let badBefore = lines?.badLines
        let loss = lines?.receive(into: &lineEvents, ready: ready)
        let bad = lines?.badLines
        for event in lineEvents {
            switch event.kind {
            case .level: handle(.lines(.level(input: event.input, isHigh: event.isHigh)))
            case .edge: handle(.lines(.edge(input: event.input, isHigh: event.isHigh, at: event.at)))
            }
        }
        if let bad, bad != badBefore { handle(.lines(.notUnderstood(Int(bad)))) }
        if let loss = (loss ?? nil) ?? lampLoss {
            disconnectLines()
            handle(.lines(.lost("\(loss)")))
        }
    }

    // MARK: Readers

    private mutating func open(_ index: Int) {
        let device = configuration.readers[index]
        do throws(PortError) {
            let port = try SerialPort(path: device.port, baud: device.baud)
            poller.watch(Slot.firstReader + index, port.descriptor)
            ports[index] = consume port
            unsent[index] = []
            followUps.append(.reader(index, .opened, at: MonotonicClock.now()))
        } catch {
            followUps.append(.reader(index, .openFailed("\(error)"), at: MonotonicClock.now()))
        }
    }

    private mutating func close(_ index: Int) {
        poller.watch(Slot.firstReader + index, nil)
        ports[index] = nil
        unsent[index] = []
    }

    private mutating func takeBytes(_ index: Int) {
        let ready = poller[Slot.firstReader + index]
        guard !ready.isEmpty else { return }
        if ready.contains(.writable) {
            sendRest(index)
            handleFollowUps()
        }
        guard ready != .writable, let read = ports[index]?.read(into: &buffer, ready: ready) else { return }
        switch read {
        case .bytes(let count):
            handle(.reader(index, .bytes(Array(buffer[..<count])), at: MonotonicClock.now()))
        case .nothing: break
        case .lost(let loss): lose(index, loss)
        }
    }

    private mutating func lose(_ index: Int, _ loss: PortLoss) {
        close(index)
        handle(.reader(index, .lost("\(loss)"), at: MonotonicClock.now()))
    }

    private mutating func write(_ bytes: [UInt8], to index: Int) {
        guard unsent[index].count + bytes.count <= Self.mostBytesWaiting else { return }
        let hadRest = !unsent[index].isEmpty
        unsent[index] += bytes
        if !hadRest { sendRest(index) }
    }

    private mutating func sendRest(_ index: Int) {
        guard let written = ports[index]?.write(unsent[index][...]), let descriptor = ports[index]?.descriptor else {
            return
        }
        switch written {
        case .wrote(let count):
            unsent[index].removeFirst(count)
            poller.watch(
                Slot.firstReader + index, descriptor, for: unsent[index].isEmpty ? .reading : [.reading, .writing])
        case .lost(let loss):
            close(index)
            followUps.append(.reader(index, .lost("\(loss)"), at: MonotonicClock.now()))
        }
    }
}
