import Camera
import Exchange
import Lane
import Lights
import Sync

@testable import Station
@testable import TagReader

/// The station machine in a small world: a clock set by hand, and readers, a disk and a central server that answer when told.
struct StationWorld {
    static let noon: Int64 = 1_769_860_800_000
    static let journal = JournalID(high: 0x11, low: 0x22)
    /// The digits of every tag in these stories: they may stand in no text.
    static let digits = "7391"
    static let lane1 = LaneNumber(1)
    static let lane2 = LaneNumber(2)

    private(set) var machine: StationMachine
    private(set) var now = Instant(nanoseconds: 1_000_000_000_000)
    private(set) var wakeAt: Instant?
    /// Commits that the disk has not answered.
    private(set) var commits: [Int] = []
    private(set) var writes: [JournalWrite] = []
    private(set) var log: [LogEntry] = []
    /// Everything since the start, for what may never be.
    private(set) var all: [Action] = []
    /// The most wakes that one event brought.
    private(set) var mostWakes = 0
    var clock = ClockQuality.good
    var clockOffset: Int64 = 0
    private var nextDigit: [UInt8] = [4, 4]
    /// The sequence digit of the command that a session sends next.
    private var commandDigit: [UInt8] = [1, 1]

    /// - Parameter change: made to the configuration's text.
    init(_ change: (String) -> String = { $0 }) {
        guard let configuration = ConfigurationSample.load(change(Self.text)).configuration else {
            preconditionFailure(ConfigurationSample.load(change(Self.text)).errors)
        }
        machine = StationMachine(configuration, seed: 7, memory: 4 << 30, at: now)
    }

    /// Two lanes, each with a loop, a reader and a front camera. Lane 1 does not wait for word from the other.
    static let text =
        ConfigurationSample.least.changing("head = 15 m\n", to: "head = 15 m\narbitration = 0 s\n")
        .changing(
            "antennas = 0:1\n",
            to: """
                antennas = 0:1
                tagText = agencySerial 4 KING
                [reader reader2]
                port = /dev/serial/by-id/usb-2
                antennas = 0:2
                tagText = agencySerial 4 KING
                [lane 2]
                zoneStart = -6 m
                zoneEnd = 1 m
                decideAt = 2 m
                head = 15 m
                [detector loop2]
                lane = 2
                input = lane2.loop
                [camera front2]
                lane = 2
                url = http://127.0.0.1:8081/front2.jpg
                detector = loop2
                moment = leadingEdge
                delay = 60 ms

                """) + "list = national\n"

    var utc: UTC { UTC(milliseconds: Self.noon + (now.nanoseconds / 1_000_000 - 1_000_000) + clockOffset) }

    // MARK: Events

    /// Sends an event; what the machine wants, in order, without wakes and log lines.
    @discardableResult mutating func send(_ event: Event) -> [String] { words(take(event)) }

    /// The same, with the actions themselves.
    @discardableResult mutating func take(_ event: Event) -> [Action] {
        var actions = machine.handle(event, at: now)
        var looks = 0
        for action in actions {
            switch action {
            case .wake(let moment): wakeAt = moment
            case .ledger(.commit(let number, let written)):
                commits.append(number)
                writes += written
            case .log(let entry): log.append(entry)
            case .readClock: looks += 1
            default: break
            }
        }
        all += actions
        mostWakes = max(mostWakes, actions.count { if case .wake = $0 { true } else { false } })
        for _ in 0..<looks { actions += take(.clock(utc, clock, uncertainty: nil)) }
        return actions
    }

    /// Lets time pass and sends the wakes that are due.
    @discardableResult mutating func run(_ time: Interval) -> [String] {
        let end = now + time
        var said: [String] = []
        while let due = wakeAt, due <= end {
            now = max(now, due)
            wakeAt = nil
            said += send(.wake)
        }
        now = end
        return said
    }

    // MARK: The world

    /// From the start to two reading readers, with everything committed and this list in force.
    mutating func start(list: AgreementList?) {
        begin()
        load(list)
        if list != nil { send(.list(.updater(.verified))) }
        send(.ledger(.opened(JournalState(journal: Self.journal))))
        for reader in machine.readers.indices { synchronise(reader) }
        commitAll()
    }

    /// This list lies on the disk; it is not verified yet.
    @discardableResult mutating func load(_ list: AgreementList?, problem: String? = nil) -> [String] {
        send(.list(.loaded(list, ListStock(inForce: list?.version), problem: problem)))
    }

    /// The start with its lines, before journal and list.
    mutating func begin() {
        send(.start(utc, clock))
        send(.lines(.connected))
        for input in machine.configuration.detectors.indices { send(.lines(.level(input: input, isHigh: false))) }
    }

    /// A reader's port opens, and it is set up as readers under ECP are.
    mutating func synchronise(_ reader: Int) {
        send(.reader(reader, .opened, at: now))
        run(.milliseconds(700))
        for answer in ["Done", "Done", "Done", "Done", "ECPS P1 T0A X0 S0", "Done"] {
            run(.milliseconds(25))
            say(String(UnicodeScalar(Hex.digit(commandDigit[reader]))) + answer, reader)
            commandDigit[reader] = commandDigit[reader] == 15 ? 1 : commandDigit[reader] + 2
        }
        run(.milliseconds(700))
    }

    @discardableResult mutating func say(_ body: String, _ reader: Int) -> [String] {
        let crc = String(decoding: ECPCRC.printed.digits(over: body.utf8), as: UTF8.self)
        return send(.reader(reader, .bytes(Array("#\(body)\(crc)\r\n".utf8)), at: now))
    }

    /// A reader tells a tag; the number ends in these digits.
    @discardableResult mutating func read(_ digits: String = digits, lane: LaneNumber = lane1) -> [String] {
        let reader = Int(lane.number) - 1
        let digit = String(UnicodeScalar(Hex.digit(nextDigit[reader])))
        nextDigit[reader] = (nextDigit[reader] + 2) % 16
        return say(digit + "KING " + digits, reader)
    }

    /// The reader tells its last tag once more.
    @discardableResult mutating func readAgain(_ digits: String = digits, lane: LaneNumber = lane1) -> [String] {
        let reader = Int(lane.number) - 1
        nextDigit[reader] = (nextDigit[reader] + 14) % 16
        return read(digits, lane: lane)
    }

    /// The machine has no turn for so long; what happens meanwhile is not told yet.
    mutating func standStill(_ time: Interval) {
        send(.stoodStill(until: now + time))
        now = now + time
    }

    @discardableResult mutating func edge(_ isHigh: Bool, lane: LaneNumber = lane1) -> [String] {
        send(.lines(.edge(input: Int(lane.number) - 1, isHigh: isHigh, at: now)))
    }

    /// A vehicle passes in 300 ms, the disk is quick, and all its windows pass after it.
    @discardableResult mutating func pass(_ digits: String? = digits, lane: LaneNumber = lane1) -> [String] {
        var said = edge(true, lane: lane)
        if let digits { said += read(digits, lane: lane) + commitAll() }
        said += run(.milliseconds(300))
        said += edge(false, lane: lane)
        return said + run(.seconds(5))
    }

    /// The disk answers its oldest commit.
    @discardableResult mutating func commit() -> [String] {
        guard !commits.isEmpty else { return ["nothing to commit"] }
        return send(.ledger(.committed(commits.removeFirst(), CommitResult())))
    }

    @discardableResult mutating func commitAll() -> [String] {
        var said: [String] = []
        while !commits.isEmpty { said += commit() }
        return said
    }

    /// The disk answers all; what the machine wants then.
    mutating func takeCommits() -> [Action] {
        var actions: [Action] = []
        while !commits.isEmpty { actions += take(.ledger(.committed(commits.removeFirst(), CommitResult()))) }
        return actions
    }

    @discardableResult mutating func failCommit() -> [String] {
        send(.ledger(.failed(commits.removeFirst(), JournalFailure("write the journal: No space left on device"))))
    }

    // MARK: What was said

    /// The words of actions, without wakes and log lines.
    func words(_ actions: [Action]) -> [String] { actions.compactMap(\.word) }

    /// The drafts that were given to the journal, each in its last form and in its sequence.
    var drafts: [RecordDraft] {
        var bySequence: [UInt64: RecordDraft] = [:]
        for case .keep(let write) in writes { bySequence[write.sequence.number] = write.draft }
        for case .seal(let write) in writes { bySequence[write.sequence.number] = write.draft }
        return bySequence.sorted { $0.key < $1.key }.map(\.value)
    }

    var events: [StationEvent] { drafts.compactMap { if case .event(let event) = $0 { event } else { nil } } }
    var passages: [Passage] { drafts.compactMap { if case .passage(let passage, _) = $0 { passage } else { nil } } }
    var photos: [[PhotoResult]] { drafts.compactMap { if case .passage(_, let photos) = $0 { photos } else { nil } } }

    /// The alarms that stand, as `alarm subject`.
    var alarms: [String] {
        machine.desk.alarms.entries.map { "\($0.alarm)" + ($0.subject.isEmpty ? "" : " \($0.subject)") }
    }

    /// The lines of the log about alarms, oldest first.
    var alarmLines: [String] {
        log.filter { $0.event.hasPrefix("alarm.") }.map { entry in
            let fields = entry.fields.filter { $0.name != "reason" && !$0.value.isEmpty }.map(\.value)
            return ([entry.event] + fields).joined(separator: " ")
        }
    }

    /// The records about an alarm: set or cleared.
    func records(of alarm: Alarm) -> [Bool] {
        events.compactMap {
            if case .degraded(alarm.rawValue, let isSet, _) = $0 { isSet } else { nil }
        }
    }
}
