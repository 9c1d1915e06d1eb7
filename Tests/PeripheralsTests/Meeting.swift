import Lane
import TagReader

@testable import Peripherals

/// Our reader session and the simulated reader on a line of 9600 baud, in virtual time.
///
/// Both were written from the makers' manuals, neither from the other.
struct Meeting {
    private enum Thing {
        case toReader([UInt8])
        case toHost([UInt8], first: Instant)
        case commit(ReadToken)
        case sessionWake(Int)
        case readerWake(Int)
        case tag(String, UInt8)
        case reboot
        case fault(LineFault)
    }

    /// As long as a byte of 8N1 at 9600 baud.
    private static let byteTime = Interval.microseconds(1_042)
    /// From the read to the return of its commit.
    private static let commitTime = Interval.milliseconds(5)

    var reader: ECPFirmware
    var session: ReaderSession
    private var faults: FaultyLine
    /// The adapter sends our own bytes back.
    var hasEcho = false
    private(set) var reads: [HeardRead] = []
    private(set) var writes = 0
    private(set) var state: ReaderState?
    private(set) var counts: [ReaderCounter: Int] = [:]
    private(set) var now = Instant(nanoseconds: 0)
    private var pending: [(at: Instant, order: Int, thing: Thing)] = []
    private var order = 0
    private var sessionWakes = 0
    private var readerWakes = 0
    private var isStarted = false
    private var babbleWake: Instant?
    private var toReaderFree = Instant(nanoseconds: 0)
    private var toHostFree = Instant(nanoseconds: 0)

    /// A reader that has just got power, and a session that has not begun.
    init(model: ReaderModel = ReaderModel(), setup: ReaderSetup, settings: ReaderSettings, seed: UInt64 = 1) {
        faults = FaultyLine(seed: seed)
        reader = ECPFirmware(model: model, setup: setup)
        session = ReaderSession(settings)
        ask(.powerOn)
    }

    /// The station's program starts.
    mutating func start() {
        isStarted = true
        hear(.start(lastAccepted: nil))
    }

    /// A tag is held into the zone at a time from the beginning.
    mutating func hold(_ text: String, antenna: UInt8, at: Interval) {
        schedule(.tag(text, antenna), at: Instant(nanoseconds: 0) + at)
    }

    /// Power fails for a moment at a time from the beginning.
    mutating func reboot(at: Interval) { schedule(.reboot, at: Instant(nanoseconds: 0) + at) }

    /// The line is harmed from a time on.
    mutating func disturb(_ fault: LineFault, at: Interval) {
        schedule(.fault(fault), at: Instant(nanoseconds: 0) + at)
    }

    /// What happens until a time from the beginning.
    mutating func run(until: Interval) {
        let end = Instant(nanoseconds: 0) + until
        while let next = pending.indices.min(by: { before(pending[$0], pending[$1]) }), pending[next].at <= end {
            let (at, _, thing) = pending.remove(at: next)
            now = max(now, at)
            happen(thing)
            babble()
        }
        now = end
    }

    private func before(_ a: (at: Instant, order: Int, thing: Thing), _ b: (at: Instant, order: Int, thing: Thing))
        -> Bool
    {
        (a.at, a.order) < (b.at, b.order)
    }

    private mutating func schedule(_ thing: Thing, at: Instant) {
        order += 1
        pending.append((at, order, thing))
    }

    private mutating func happen(_ thing: Thing) {
        switch thing {
        case .toReader(let bytes): ask(.bytes(bytes))
        case .toHost(let bytes, let first): hear(.bytes(bytes), at: first)
        case .commit(let token): hear(.committed(token))
        case .sessionWake(let number): if number == sessionWakes { hear(.wake) }
        case .readerWake(let number): if number == readerWakes { ask(.wake) }
        case .tag(let text, let antenna): ask(.tag(text: text, antenna: antenna))
        case .reboot:
            ask(.powerOff)
            ask(.powerOn)
        case .fault(let fault): sendToHost(faults.request(fault, at: now))
        }
    }

    private mutating func babble() {
        while let due = faults.wake, due <= now { sendToHost(faults.babble(at: now)) }
        if let due = faults.wake, due != babbleWake {
            babbleWake = due
            schedule(.readerWake(-1), at: due)
        }
    }

    /// Something happens to the reader now.
    mutating func ask(_ event: ECPFirmware.Event) {
        for action in reader.handle(event, at: now) {
            switch action {
            case .send(let bytes): sendToHost(faults.pass(bytes))
            case .wake(let instant):
                readerWakes += 1
                if let instant { schedule(.readerWake(readerWakes), at: instant) }
            }
        }
    }

    private mutating func sendToHost(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        let first = max(now, toHostFree) + Self.byteTime
        toHostFree = max(now, toHostFree) + Self.byteTime * Int64(bytes.count)
        // As a port hands them out: the first byte is known long before the last.
        schedule(.toHost(Array(bytes.prefix(1)), first: first), at: first)
        if bytes.count > 1 {
            schedule(.toHost(Array(bytes.dropFirst()), first: first + Self.byteTime), at: toHostFree)
        }
    }

    private mutating func hear(_ event: ReaderEvent, at: Instant? = nil) {
        guard isStarted else { return }
        for action in session.handle(event, at: at ?? now, now: now) {
            switch action {
            case .open: hear(.opened)
            case .close, .errorReported, .echoing: break
            case .write(let bytes):
                toReaderFree = max(now, toReaderFree) + Self.byteTime * Int64(bytes.count)
                schedule(.toReader(bytes), at: toReaderFree)
                writes += 1
                if hasEcho { schedule(.toHost(bytes, first: now + Self.byteTime), at: toReaderFree) }
            case .read(let read):
                reads.append(read)
                schedule(.commit(read.token), at: now + Self.commitTime)
            case .wake(let instant):
                sessionWakes += 1
                if let instant { schedule(.sessionWake(sessionWakes), at: instant) }
            case .state(let new): state = new
            case .count(let counter, let more): counts[counter, default: 0] += more
            }
        }
    }
}
