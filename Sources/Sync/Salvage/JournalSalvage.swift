import Exchange
import Lane
import Storage

/// Writes what can be read of a journal that was set aside into a new file, under its old names, some records at a time:
///
///     journal.sqlite.set-aside-1 ─▶ journal.sqlite.salvaged-1.part ─▶ journal.sqlite.salvaged-1
///
/// It begins where central had acknowledged the journal. A sealed record is taken when its digest is one over its predecessor's; behind
/// damage, when the digest of the next one proves it. A gap declares what is missing between. What was open is sealed as after any
/// crash, and reads that were in no record get one each, unless the journal's end cannot be seen: no two records have one name. A
/// salvage that does not come to its end is begun anew.
struct JournalSalvage: ~Copyable {
    private var source: DamagedJournal
    private var target: Journal
    private let file: String
    private let disk: any Disk
    /// Where reading goes on; nil: all was read.
    private var next: Sequence?
    /// Whether there is a record that the chain goes on from.
    private var hasBase: Bool
    /// The last sealed record that nothing proves yet.
    private var unproved: DamagedJournal.Row?
    private var open: [DamagedJournal.Row] = []
    /// The gaps of the journal, by their sequences.
    private let declared: [Sequence: SealedRecord]

    /// Whether the program ended with it: else what was open went over to the next journal.
    private let takesOpen: Bool

    /// - Parameters:
    ///   - own: the station's own journal. A crash while it was set aside leaves it two names: it is in use under one.
    ///   - givenUp: journals of which the next one has what was open.
    /// - Returns: nil when nothing can be read of it, or it is the station's own.
    init?(
        of source: String, to file: String, beside own: JournalID?, givenUp: Set<JournalID>, _ context: RecordContext,
        on disk: any Disk
    ) throws {
        guard let source = try DamagedJournal.open(source, on: disk), source.journal != own else { return nil }
        let journal = source.journal
        let declared = try source.gaps()
        let part = file + Self.unfinished
        for ending in ["-journal", ""] where disk.look(at: part + ending) != nil { try delete(part + ending, on: disk) }
        let database = try Database(path: part, access: .readWrite, files: disk.databases)
        // No log beside it: one file gets its name when it is whole.
        try database.execute("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL")
        try JournalSchema.bringUp(database) { journal }
        let target = try Journal(database: database, context: context)
        let first = source.acknowledged.number > 1 ? Sequence(source.acknowledged.number - 1) : Sequence(1)
        self.source = source
        self.target = target
        self.file = file
        self.declared = declared
        self.disk = disk
        takesOpen = !givenUp.contains(journal)
        next = first
        hasBase = first.number == 1
    }

    /// What stands behind the name of a file that is not whole yet.
    static let unfinished = ".part"
    /// The most records that a station ever has open.
    private static let mostOpen = LedgerSettings().mostWaiting + Ledger.reserve

    /// How far it has come.
    enum Progress: Hashable {
        case working
        /// All was read; nil: there is nothing to deliver.
        case done(SalvagedJournal?)
    }

    /// Goes on for a moment.
    mutating func step(at stamp: Stamp, photos: PhotoSearch) throws -> Progress {
        guard let first = next else { return .done(try finish(stamp, photos)) }
        if let room = disk.room(of: file.folder), room.free < room.ofJournal {
            throw JournalFailure("salvage to \(file): the disk is too full; make room on the disk")
        }
        let (rows, following) = try source.rows(from: first)
        let transaction = try Transaction(on: target.database)
        for row in rows { try take(row, stamp) }
        try transaction.commit()
        next = following
        return .working
    }

    private mutating func take(_ row: DamagedJournal.Row, _ stamp: Stamp) throws(DatabaseError) {
        guard let digest = row.digest else {
            let fields = RecordFields(body: row.body)
            let isOurs = fields?.sequence == row.sequence && fields?.journal == source.journal
            if takesOpen, isOurs, row.isCanonical, open.count < Self.mostOpen { open.append(row) }
            return
        }
        if hasBase {
            // What was declared before keeps its bytes.
            if let gap = declared[target.chain.sealedUpTo.next] { try target.keep(gap) }
            guard row.sequence > target.chain.sealedUpTo else { return }
            if row.follows(target.chain) { return try keep(row, digest) }
        }
        guard let before = unproved, let digestBefore = before.digest,
            row.follows(Journal.Chain(sealedUpTo: before.sequence, digest: digestBefore))
        else {
            unproved = row
            return
        }
        if hasBase {
            try target.declareLost(upTo: before.sequence, digest: digestBefore, stamp)
        } else {
            try keep(before, digestBefore)
        }
        try keep(row, digest)
    }

    private mutating func keep(_ row: DamagedJournal.Row, _ digest: Digest) throws(DatabaseError) {
        try target.put(row.sequence, isComplete: true, row.body, digest: digest)
        target.chain = Journal.Chain(sealedUpTo: row.sequence, digest: digest)
        hasBase = true
        unproved = nil
    }

    /// - Returns: nil when no record is left that the chain could go on from.
    private mutating func finish(_ stamp: Stamp, _ photos: PhotoSearch) throws -> SalvagedJournal? {
        if let last = unproved, let digest = last.digest, last.sequence > target.chain.sealedUpTo {
            if hasBase {
                try target.declareLost(upTo: last.sequence, digest: digest, stamp)
            } else {
                try keep(last, digest)
            }
        }
        guard hasBase else { return nil }
        try copyPhotos()
        for row in open where row.sequence > target.chain.sealedUpTo {
            if row.sequence != target.chain.sealedUpTo.next {
                try target.declareLost(upTo: Sequence(row.sequence.number - 1), digest: nil, stamp)
            }
            try target.put(row.sequence, isComplete: row.isComplete, row.body, digest: nil)
            try target.sealWhatIsOpen(stamp, photos)
        }
        if takesOpen, let last = source.last, last <= target.chain.sealedUpTo { try copyReads() }
        try target.sealWhatIsOpen(stamp, photos)
        let acknowledged = min(source.acknowledged, target.chain.sealedUpTo)
        try target.database.execute("UPDATE journal SET acknowledged = \(acknowledged.stored)")
        let part = file + Self.unfinished
        try move(part, to: file, on: disk)
        return try SalvagedJournal(file: file, on: disk)
    }

    /// Photos that wait; their files lie where they lay.
    private func copyPhotos() throws {
        do {
            let rows = try source.database.prepare(
                "SELECT sequence, camera, number, digest, bytes FROM photo WHERE refused IS NULL")
            while try rows.step() {
                guard let digest = rows.bytes(3).flatMap({ Digest(bytes: $0) }) else { continue }
                let name = PhotoName(
                    sequence: Sequence(stored: rows.integer(0)), camera: rows.text(1) ?? "",
                    number: Int(rows.integer(2) ?? 0))
                try target.insert(name, digest, bytes: Int(rows.integer(4) ?? 0))
            }
        } catch {
            try DamagedJournal.pass(error)
        }
    }

    /// Reads in no record: each as it lies there.
    private func copyReads() throws {
        let columns = "id, reader, antenna, tag, malformed, boot, at, utc"
        let copy = try target.database.prepare("INSERT INTO read (\(columns)) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")
        let transaction = try Transaction(on: target.database)
        do {
            let rows = try source.database.prepare("SELECT \(columns) FROM read ORDER BY id")
            while try rows.step() {
                for column in [0, 2, 3, 4, 6, 7] as [Int32] { try copy.bind(column + 1, rows.integer(column)) }
                for column in [1, 5] as [Int32] { try copy.bind(column + 1, rows.text(column)) }
                try copy.run()
            }
        } catch {
            try DamagedJournal.pass(error)
        }
        try transaction.commit()
    }
}

extension DamagedJournal.Row {
    /// Whether its body is one that central takes.
    fileprivate var isCanonical: Bool {
        do throws(RecordLine.Problem) {
            return try RecordLine(parsing: RecordLine(digest: .zero, body: body).bytes).body == body
        } catch {
            return false
        }
    }

    /// Whether it is sealed, and the next record of that chain.
    fileprivate func follows(_ chain: Journal.Chain) -> Bool {
        sequence == chain.sealedUpTo.next && .chained(to: chain.digest, body: body) == digest
    }
}
