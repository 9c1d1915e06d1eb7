import Lane

@testable import TagReader

/// A session with a clock that is set by hand; counters and wakes are kept apart, so that the story stays readable.
struct Conversation {
    var session: ReaderSession
    var now = Instant(nanoseconds: 1_000_000_000)
    var wakeAt: Instant?
    var counts: [ReaderCounter: Int] = [:]
    var state: ReaderState?

    init(_ change: (inout ReaderSettings) -> Void = { _ in }) {
        var settings = ReaderSettings(name: "lane 1")
        settings.tagText = .agencySerial(prefix: "KING", digits: 4)
        settings.seed = 7
        change(&settings)
        session = ReaderSession(settings)
    }

    /// The actions that are neither counters nor wakes nor states.
    @discardableResult mutating func tell(_ event: ReaderEvent) -> [ReaderAction] {
        session.handle(event, at: now, now: now).filter { action in
            switch action {
            case .count(let counter, let amount):
                counts[counter, default: 0] += amount
                return false
            case .wake(let at):
                wakeAt = at
                return false
            case .state(let new):
                state = new
                return false
            default: return true
            }
        }
    }

    /// The reader says this, byte for byte.
    @discardableResult mutating func hear(_ text: String) -> [ReaderAction] { tell(.bytes(Array(text.utf8))) }

    /// The reader says this as a good frame.
    @discardableResult mutating func hear(frame: String) -> [ReaderAction] { hear(good(frame)) }

    /// Time passes; whatever was to be woken for happens, in order.
    @discardableResult mutating func wait(_ length: Interval) -> [ReaderAction] {
        let end = now + length
        var actions: [ReaderAction] = []
        while let next = wakeAt, next <= end {
            now = max(now, next)
            wakeAt = nil
            actions += tell(.wake)
        }
        now = end
        return actions
    }

    /// Time passes until the next wake only.
    @discardableResult mutating func waitForWake() -> [ReaderAction] {
        guard let next = wakeAt else { return [] }
        return wait(next - now)
    }

    /// Opens the port, drains nothing, sets up a reader under ECP, and stands in data mode.
    mutating func synchronise() {
        tell(.start(lastAccepted: nil))
        tell(.opened)
        wait(.milliseconds(600))
        answerSetUp()
        wait(.milliseconds(600))
    }

    /// Answers every command of the default set-up as a reader under ECP does; the hello is already sent.
    mutating func answerSetUp(from first: UInt8 = 1) {
        var digit = first
        for answer in ["Done", "Done", "Done", "Done", "ECPS P1 T0A X0 S0", "Done"] {
            now = now + .milliseconds(25)
            hear(frame: "\(Character(UnicodeScalar(Hex.digit(digit))))" + answer)
            digit = digit == 15 ? 1 : digit + 2
        }
    }
}

/// A frame of a reader with its CRC and its end.
func good(_ body: String) -> String {
    "#" + body + String(decoding: ECPCRC.printed.digits(over: body.utf8), as: UTF8.self) + "\r\n"
}

/// A write of these characters.
func write(_ text: String) -> ReaderAction { .write(Array(text.utf8)) }

extension [ReaderAction] {
    var reads: [HeardRead] { compactMap { if case .read(let read) = $0 { read } else { nil } } }

    /// What was written, as text, one item a write.
    var written: [String] {
        compactMap { if case .write(let b) = $0 { String(decoding: b, as: UTF8.self) } else { nil } }
    }
}

extension TagNumber {
    /// A serial number as in the examples of the manuals.
    static func serial(_ digits: String) -> TagNumber? { TagNumber(.agencySerial, digits: Array(digits.utf8)) }
}
