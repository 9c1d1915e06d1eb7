import Exchange
import Lane
import SimDisk
import Storage

@testable import Sync

/// A few minutes of a journal, everything that a ledger asks of it among them, told on a simulated disk.
struct JournalStory {
    /// One thing that is asked of it.
    enum Step {
        case commit([JournalWrite])
        case checkpoint
        /// Another connection begins to read, and so holds up the next checkpoint in its middle.
        case readerComes
        case readerGoes
    }

    static let folder = "/state"

    static let steps: [Step] = {
        let photos = [photo(stored("front"), at: 5), photo(stored("rear"), camera: 1, at: 6)]
        let front = PhotoName(sequence: Sequence(3), camera: "front", number: 1)
        let rear = PhotoName(sequence: Sequence(3), camera: "rear", number: 1)
        let rejection = BatchAnswer.Rejection(sequence: Sequence(2), reason: "version")
        func decided(_ number: UInt64, reads: [UInt64]) -> RecordDraft {
            .passage(passage(number, at: Int64(number), reads: reads.map { ReadID($0) }), photos: [])
        }
        let fast: [Step] = (47...52 as ClosedRange<UInt64>).map { number in
            .commit([
                .read(row(number, at: Int64(number))),
                .seal(write(number, decided(number, reads: [number]), stamp(Int64(number)), reads: [number])),
            ])
        }
        return [
            .commit([.seal(write(1, event, stamp(1)))]),
            .commit([.read(row(1, at: 2)), .read(row(2, at: 2, digit: 5, .unreadable))]),
            .commit([.keep(write(2, decided(2, reads: [1]), stamp(2), complete: false, reads: [1]))]),
            .commit([.keep(write(3, .passage(passage(3, at: 3), photos: []), stamp(3), complete: false))]),
            .commit([
                .seal(write(2, decided(2, reads: [1]), stamp(4))),
                .seal(write(3, .passage(passage(3, at: 3), photos: photos), stamp(6))),
            ]),
            .checkpoint,
            .commit([.seal(write(4, event, stamp(7))), .seal(write(5, event, stamp(7)))]),
            // Many pages that nobody touches again.
            .commit((6...45 as ClosedRange<UInt64>).map { .seal(write($0, decided($0, reads: []), stamp(7))) }),
            .readerComes,
            .commit([.acknowledged(upTo: Sequence(4), rejected: [rejection], at: stamp(8).utc), .photoSent(front)]),
            .commit([.photoRefused(rear, reason: "another digest"), .seal(write(46, event, stamp(9)))]),
            .checkpoint,
        ] + fast + [
            .readerGoes,
            .checkpoint,
            .checkpoint,
            .commit([.expire(acknowledgedBefore: stamp(9_000).utc, most: 2)]),
            .commit([.keep(write(53, decided(53, reads: [53]), stamp(53), complete: false))]),
            .checkpoint,
            .commit([.seal(write(53, decided(53, reads: []), stamp(54)))]),
        ]
    }()

    let disk: SimulatedDisk
    /// Commits that returned, the making of the journal not among them.
    private(set) var committed = 0
    /// Whether an opening has returned.
    private(set) var isOpen = false
    /// Everything in the file after each commit, the first being that of a new journal.
    private(set) var states: [[String]] = []
    /// Openings that failed: SQLite takes back by itself what it had made of a new file.
    private(set) var openingsFailed = 0
    /// Failures that were reported, in their order.
    private(set) var failures: [JournalFailure] = []

    init(on disk: SimulatedDisk) { self.disk = disk }

    /// Tells the story. What fails is tried again, as the ledger does it, while the disk answers.
    ///
    /// - Parameters:
    ///   - notesStates: whether `states` is wanted; it costs calls.
    ///   - cut: the power goes with the journal open; nil: it is closed.
    mutating func run(notesStates: Bool = false, endingWith cut: PowerCut? = nil) {
        var opened: LastingJournal?
        repeat { opened = open() } while opened == nil && mayTryAgain
        guard var journal = opened.take() else { return }
        isOpen = true
        var reader: PinnedReader?
        if notesStates { states.append(Self.contents(of: disk) ?? []) }
        for step in Self.steps {
            switch step {
            case .commit(let writes):
                guard commit(writes, to: &journal, &reader) else { return }
                committed += 1
                if notesStates { states.append(Self.contents(of: disk) ?? []) }
            case .checkpoint:
                // The ledger orders the next one when the log has grown again.
                do throws(JournalFailure) { try journal.checkpoint() } catch { failures.append(error) }
            case .readerComes:
                // Where the disk does not let it, nobody reads.
                do throws(DatabaseError) { reader = try PinnedReader(on: disk) } catch { reader = nil }
            case .readerGoes: reader = nil
            }
        }
        if let cut { disk.restart(cut) }
        _ = consume reader
        _ = consume journal
    }

    /// The ledger tries for ever.
    private var mayTryAgain: Bool { disk.isOn && failures.count < 10 }

    /// Opens the journal once.
    private mutating func open() -> LastingJournal? {
        do {
            try makeFolder(Self.folder, on: disk)
            let journal = try Journal.open(
                folder: Self.folder, context: context, stamp: stamp(100), on: disk, newID: { journalA })
            return LastingJournal(journal, on: disk)
        } catch {
            openingsFailed += 1
            failures.append(error as? JournalFailure ?? JournalFailure("\(error)"))
            return nil
        }
    }

    private mutating func commit(
        _ writes: [JournalWrite], to journal: inout LastingJournal, _ reader: inout PinnedReader?
    ) -> Bool {
        repeat {
            do throws(JournalFailure) {
                _ = try journal.commit(writes)
                return true
            } catch {
                failures.append(error)
                // A reader's question has its answer before the ledger tries again.
                reader = nil
            }
        } while mayTryAgain
        return false
    }

    /// Everything that stands in the file, before anybody recovers anything; nil when it has no tables.
    static func contents(of disk: SimulatedDisk) -> [String]? {
        let tables = [
            "journal": "hex(id), acknowledged", "record": "sequence, complete, hex(digest), hex(body)",
            "read": "id, reader, antenna, tag, malformed, boot, at, utc", "reader": "name, digit, hex(frame), read",
            "photo": "sequence, camera, number, hex(digest), bytes, refused", "acknowledgement": "hour, upto",
            "givenUp": "hex(id), at", "lost": "first, last, hex(previous), hex(digest), hex(body)",
            "rejected": "sequence, reason, hex(digest), hex(body)",
        ]
        do {
            // A journal of SQLite's own, left by a cut before the log was there, is rolled back by who may write.
            let database = try Database(
                path: "\(folder)/\(Journal.name)", access: .readWrite, files: disk.databases)
            let check = try database.prepare("PRAGMA integrity_check")
            guard try check.step(), check.text(0) == "ok" else { return ["damaged: \(check.text(0) ?? "")"] }
            check.reset()
            guard try database.integer("SELECT count(*) FROM sqlite_schema") ?? 0 > 0 else { return nil }
            var lines: [String] = []
            for (table, columns) in tables.sorted(by: { $0.key < $1.key }) {
                let select = try database.prepare("SELECT json_array(\(columns)) FROM \(table) ORDER BY 1")
                while try select.step() { lines.append("\(table) \(select.text(0) ?? "")") }
            }
            return lines
        } catch {
            return disk.names(in: "/") == [] ? nil : ["\(error)"]
        }
    }

    /// What is wrong with the chain of what can be sent; nil: nothing.
    static func problem(on disk: SimulatedDisk) -> String? {
        do {
            let reader = try JournalReader(folder: folder, on: disk)
            var check: ChainCheck?
            var next = Sequence(1)
            while case let records = try reader.records(from: next), !records.isEmpty {
                for record in records {
                    if check == nil {
                        let previous = Sequence(record.sequence.number - 1)
                        check = ChainCheck(from: record.sequence, after: try reader.digest(of: previous))
                    }
                    if let problem = check?.take(record) { return "\(problem)" }
                    next = record.next
                }
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}

/// A connection in the middle of reading.
struct PinnedReader: ~Copyable {
    private let statement: Statement

    init(on disk: SimulatedDisk) throws(DatabaseError) {
        let database = try Database(
            path: "\(JournalStory.folder)/\(Journal.name)", access: .readOnly, files: disk.databases)
        let statement = try database.prepare("SELECT sequence FROM record")
        _ = try statement.step()
        self.statement = statement
    }
}
