import Lane

@testable import TagReader

/// A reader, a line with faults, a session and a journal in virtual time; one seed, one run.
struct ReaderWorld {
    enum Event {
        case toSession([UInt8]), toReader([UInt8]), wake(Instant), commit(HeardRead), opened, crash, unplug, tag, reader
    }

    private(set) var now = Instant(nanoseconds: 0)
    private(set) var reader: ReaderModel
    private(set) var journal: [AcceptedFrame] = []
    private(set) var state: ReaderState?
    var hasFaults = true
    private var session: ReaderSession
    private var pending: [(at: Instant, life: Int, event: Event)] = []
    private var generator: SplitMix
    /// Counts the session's restarts and the port's openings: what belongs to an earlier one is lost.
    private var life = 0
    private var tags = 0

    init(seed: UInt64, mode: ReaderModel.Mode) {
        generator = SplitMix(state: seed)
        reader = ReaderModel(mode: mode)
        session = Self.session(seed)
        plan(.tag, in: .milliseconds(100))
        plan(.crash, in: .seconds(20))
        plan(.unplug, in: .seconds(15))
        plan(.reader, in: .zero)
        tell(.start(lastAccepted: nil))
    }

    private static func session(_ seed: UInt64) -> ReaderSession {
        var settings = ReaderSettings(name: "lane 1")
        settings.tagText = .agencySerial(prefix: "KING", digits: 4)
        settings.seed = seed
        return ReaderSession(settings)
    }

    /// Lives on until then.
    mutating func run(until end: Instant) {
        while let index = pending.indices.min(by: { pending[$0].at < pending[$1].at }), pending[index].at <= end {
            let next = pending.remove(at: index)
            now = max(now, next.at)
            happen(next.event, next.life)
        }
        now = end
    }

    private mutating func happen(_ event: Event, _ its: Int) {
        switch event {
        case .toSession(let bytes) where its == life: tell(.bytes(damaged(bytes)))
        case .toReader(let bytes):
            for byte in damaged(bytes) { say(reader.take(byte, now)) }
        case .wake(let at) where its == life && at == wakeAt: tell(.wake)
        case .commit(let read) where its == life: commit(read)
        case .opened where its == life: tell(.opened)
        case .toSession, .wake, .commit, .opened: break
        case .crash: crash()
        case .unplug: unplug()
        case .tag: passTag()
        case .reader:
            if let at = reader.repeatAt, at <= now, reader.mode == .data { say(reader.send(now)) }
            plan(.reader, in: .milliseconds(10))
        }
    }

    private var wakeAt: Instant?

    private mutating func tell(_ event: ReaderEvent) {
        for action in session.handle(event, at: now, now: now) {
            switch action {
            case .open: plan(.opened, in: .milliseconds(5))
            case .write(let bytes): plan(.toReader(bytes), in: .milliseconds(7))
            case .read(let read): plan(.commit(read), in: .milliseconds(1 + drawn(40)))
            case .wake(let at):
                wakeAt = at
                if let at { plan(.wake(at), in: at - now) }
            case .state(let new): state = new
            case .close, .count, .errorReported, .echoing: break
            }
        }
    }

    private mutating func commit(_ read: HeardRead) {
        guard let frame = read.accepted else { return }
        if hasFaults, drawn(20) == 0 { return tell(.commitFailed(read.token)) }
        journal.append(frame)
        if hasFaults, drawn(20) == 0 { return restart() }
        tell(.committed(read.token))
    }

    private mutating func crash() {
        guard hasFaults else { return }
        plan(.crash, in: .milliseconds(5_000 + drawn(40_000)))
        restart()
    }

    /// `kill -9`: what is not in the journal is forgotten.
    private mutating func restart() {
        life += 1
        session = Self.session(generator.next())
        tell(.start(lastAccepted: journal.last))
    }

    private mutating func unplug() {
        guard hasFaults else { return }
        plan(.unplug, in: .milliseconds(5_000 + drawn(60_000)))
        tell(.lost("unplugged"))
    }

    private mutating func passTag() {
        guard hasFaults else { return }
        plan(.tag, in: .milliseconds(50 + drawn(3_000)))
        tags += 1
        reader.passes("KING \(1_000 + tags)", now)
    }

    private mutating func say(_ text: String) {
        guard !text.isEmpty else { return }
        plan(.toSession(Array(text.utf8)), in: .milliseconds(42))
    }

    /// Bytes get lost, flipped and added: about one in three hundred.
    private mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        guard hasFaults else { return bytes }
        return bytes.flatMap { byte -> [UInt8] in
            switch drawn(900) {
            case 0: []
            case 1: [byte ^ 1 << UInt8(drawn(8))]
            case 2: [byte, UInt8(drawn(256))]
            default: [byte]
            }
        }
    }

    private mutating func drawn(_ most: Int64) -> Int64 { Int64(generator.next() % UInt64(most)) }

    private mutating func plan(_ event: Event, in wait: Interval) {
        pending.append((now + wait, life, event))
    }
}
