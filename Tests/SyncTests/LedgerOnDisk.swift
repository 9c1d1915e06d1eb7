import Exchange
import Lane
import Peripherals
import SimDisk
import Storage
import Testing

@testable import Sync

/// A ledger and its journal on a simulated disk, with what they have promised. Reads and passages come by chance, calls fail by
/// chance, and the program is killed or loses power by chance.
///
/// Every read has a tag of its own, and every passage a moment of its own, by which they are found in the records.
struct LedgerOnDisk: ~Copyable {
    private static let folder = "/state"

    let disk: SimulatedDisk
    private var chance: SmallGenerator
    private var ledger = Ledger()
    private var journal: LastingJournal?
    /// Another connection in the middle of reading: checkpoints stop before what it may still read.
    private var reader: PinnedReader?
    private var events: [LedgerEvent] = []
    /// In milliseconds.
    private var now: Int64 = 1_000
    private var wakeAt: Instant?
    private var reads = 0
    private var passages: UInt64 = 0
    private var open: [Passage] = []
    private var starts: [Instant] = []
    /// Reads of this life that no passage has.
    private var heard: [ReadRow] = []
    private var numbers: [ReadID: Int] = [:]
    private var sealedUpTo = Sequence(0)

    // What was promised.
    private var durableReads: Set<Int> = []
    private var committed: Set<UInt64> = []
    private var sealed: [UInt64: [UInt8]] = [:]
    /// How often it crashed, and how many commits failed.
    private(set) var crashes = 0
    private(set) var failures = 0

    private let seed: UInt64

    init(seed: UInt64) {
        self.seed = seed
        disk = SimulatedDisk(seed: seed)
        chance = SmallGenerator(seed: seed)
    }

    /// So many things happen; then it is looked at once more.
    mutating func run(_ steps: Int) throws {
        tell(.start)
        for _ in 0..<steps {
            breakDisk()
            now += Int64(chance.next() % 900)
            if let due = wakeAt, due <= instant {
                wakeAt = nil
                tell(.wake)
            }
            moveReader()
            if chance.next() % 40 == 0 { try crash() } else { happen() }
        }
        try crash()
    }

    private var instant: Instant { .init(nanoseconds: now * 1_000_000) }
    private var stamp: Stamp { Stamp(at: instant, utc: UTC(milliseconds: 1_769_860_800_000 + now), clock: .good) }

    /// Now and then a call fails, and seldom all of them for some time.
    private func breakDisk() {
        var plan = FaultPlan()
        plan.fault = .error([5, 28, 4][Int(now % 3)])
        plan.rates = now / 20_000 % 5 == 4 ? [.sync: 500_000, .write: 200_000] : [.sync: 20_000, .write: 5_000]
        plan.rates[.syncFolder] = 50_000
        plan.rates[.create] = 20_000
        disk.plan(plan)
    }

    private mutating func moveReader() {
        switch chance.next() % 12 {
        case 0: do throws(DatabaseError) { reader = try PinnedReader(on: disk) } catch { reader = nil }
        case 1...2: reader = nil
        default: return
        }
    }

    private mutating func happen() {
        switch chance.next() % 10 {
        case 0...3:
            reads += 1
            let row = ReadRow(
                id: ledger.nextReadID(), reader: "north", position: ReaderPosition(digit: 4, frame: [1]),
                antenna: AntennaNumber(1), content: .tag(tagNumber(reads)), at: instant, utc: stamp.utc)
            numbers[row.id] = reads
            heard.append(row)
            tell(.read(row))
        case 4...5:
            passages += 1
            // An odd nanosecond: no other moment has one.
            let start = Instant(nanoseconds: now * 1_000_000 + Int64(passages) * 2 + 1)
            var passage = Passage(
                id: PassageID(passages), lane: LaneNumber(1), start: start,
                decision: .init(.noTag, tag: nil, list: nil, at: instant))
            passage.reads = heard.suffix(2).compactMap { row in
                guard case .tag(let tag) = row.content else { return nil }
                let read = TagRead(
                    id: row.id, at: row.at, antenna: AntennaNumber(1), content: .tag(tag, Judgement(.approved, by: nil))
                )
                return Passage.Read(read, decidedElsewhere: false)
            }
            heard.removeLast(min(2, heard.count))
            open.append(passage)
            starts.append(start)
            tell(.passageDecided(passage, stamp))
        case 6...7:
            guard !open.isEmpty else { return }
            let passage = open.remove(at: Int(chance.next() % UInt64(open.count)))
            tell(.passageClosed(passage, photosAwaited: 0, stamp))
        case 8: tell(.record(event, stamp))
        default: tell(.acknowledged(upTo: sealedUpTo, rejected: []))
        }
    }

    private mutating func tell(_ event: LedgerEvent) {
        events.append(event)
        while !events.isEmpty {
            for action in ledger.handle(events.removeFirst(), at: instant) { carryOut(action) }
        }
    }

    private mutating func carryOut(_ action: LedgerAction) {
        switch action {
        case .open(let settingAside): events.append(openJournal(settingAside))
        case .commit(let number, let writes): events.append(commit(number, writes))
        case .checkpoint: do throws(JournalFailure) { try journal?.checkpoint() } catch { failures += 1 }
        case .durable(let ids): durableReads.formUnion(ids.compactMap { numbers[$0] })
        case .sealed(let upTo): sealedUpTo = upTo
        case .wake(let moment): wakeAt = moment
        case .sequence, .notKept, .deletePhotos, .lost, .condition: return
        }
    }

    private mutating func openJournal(_ settingAside: Bool) -> LedgerEvent {
        journal = nil
        do {
            try makeFolder(Self.folder, on: disk)
            let opened = try Journal.open(
                folder: Self.folder, context: context, stamp: stamp, settingAside: settingAside, on: disk,
                newID: { journalA })
            let state = opened.opened
            #expect(state.setAside == nil, "nothing was damaged")
            sealedUpTo = state.sealedUpTo
            journal = LastingJournal(opened, on: disk)
            return .opened(state)
        } catch {
            failures += 1
            return .openFailed(error as? JournalFailure ?? JournalFailure("\(error)"))
        }
    }

    private mutating func commit(_ number: Int, _ writes: [JournalWrite]) -> LedgerEvent {
        do throws(JournalFailure) {
            guard let result = try journal?.commit(writes) else { throw JournalFailure("the journal is not open") }
            for write in writes {
                if case .keep(let record) = write { committed.insert(record.sequence.number) }
                if case .seal(let record) = write { committed.insert(record.sequence.number) }
            }
            if chance.next() % 8 == 0 { carryOut(.checkpoint) }
            return .committed(number, result)
        } catch {
            failures += 1
            return .failed(number, error)
        }
    }

    /// The program ends without a word, and mostly the power is gone too. What is there then is held against what was promised.
    private mutating func crash() throws {
        crashes += 1
        disk.plan(FaultPlan())
        if chance.next() % 3 == 0 { disk.endProgram() } else { disk.restart(PowerCut(seed: chance.next())) }
        journal = nil
        reader = nil
        ledger = Ledger()
        (events, wakeAt, open, heard, numbers) = ([], nil, [], [], [:])
        try check()
        tell(.start)
    }

    private mutating func check() throws {
        let words: Comment = "seed \(seed), crash \(crashes)"
        let database = try Database(path: Self.folder + "/" + Journal.name, access: .readWrite, files: disk.databases)
        guard try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0 > 0 else {
            #expect(committed.isEmpty && durableReads.isEmpty, words)
            return
        }
        var bodies: [(sequence: UInt64, isSealed: Bool, body: [UInt8])] = []
        let records = try database.prepare("SELECT sequence, digest, body FROM record ORDER BY sequence")
        while try records.step() {
            bodies.append((UInt64(records.integer(0) ?? 0), records.bytes(1) != nil, records.bytes(2) ?? []))
        }
        // In order, without a hole (I2).
        #expect(
            bodies.map(\.sequence) == Array(1...UInt64(max(1, bodies.count))).prefix(bodies.count).map { $0 }, words)
        #expect(committed.isSubset(of: bodies.map(\.sequence)), words)
        for (sequence, isSealed, body) in bodies where isSealed {
            #expect(sealed[sequence] ?? body == body, "record \(sequence) is for ever, \(words)")
            sealed[sequence] = body
        }
        #expect(Set(sealed.keys).isSubset(of: bodies.filter(\.isSealed).map(\.sequence)), words)
        let text = bodies.map { String(decoding: $0.body, as: UTF8.self) }.joined(separator: "\n")
        var alone: Set<Int64> = []
        let rows = try database.prepare("SELECT tag FROM read")
        while try rows.step() { alone.insert(rows.integer(0) ?? 0) }
        for number in 1...max(1, reads) {
            let tag = tagNumber(number)
            let times = text.split(separator: "\"\(tag.recordText)\"", omittingEmptySubsequences: false).count - 1
            let places = times + (alone.contains(Int64(bitPattern: tag.key)) ? 1 : 0)
            if durableReads.contains(number) { #expect(places > 0, "read \(number), \(words)") }
            #expect(places < 2, "read \(number), \(words)")
        }
        for start in starts {
            let times =
                text.split(separator: "\"mono\":\(start.nanoseconds)}", omittingEmptySubsequences: false).count - 1
            #expect(times < 2, "a passage is recorded once, \(words)")
        }
    }
}
