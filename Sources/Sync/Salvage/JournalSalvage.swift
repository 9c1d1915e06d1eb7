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
    private var phase: Phase
    /// Whether there is a record that the chain goes on from.
    private var hasBase: Bool
    /// The last sealed record that nothing proves yet.
    private var unproved: DamagedJournal.Row?
    private let mended: String?
    /// Whether the program ended with it, else what was open went over to the next journal; and whether its end can be seen.
    private let takesOpen: Bool

    /// What is read next, some at a time and each time in a commit of its own: live work waits for no more than that.
    private enum Phase: Hashable {
        case sealed(from: Sequence)
        case photos(after: PhotoName?)
        case open(from: Sequence)
        case reads(after: ReadID?)
        case ending
        /// Nothing can be delivered.
        case nothing
    }

    /// - Parameters:
    ///   - own: the station's own journal. A crash while it was set aside leaves it two names: it is in use under one.
    ///   - mended: the name of a second one for a file whose log is damaged, with a log that is read to its end; nil: its log is
    ///     read up to the damage.
    ///   - givenUp: journals of which the next one has what was open.
    /// - Returns: nil when nothing can be read of it, or it is the station's own.
    init?(
        of source: String, mended: String?, to file: String, beside own: JournalID?, givenUp: Set<JournalID>,
        _ context: RecordContext, on disk: any Disk
    ) throws {
        let (place, isEndKnown) = try Self.mend(source, as: mended, on: disk)
        guard let source = try DamagedJournal.open(place, on: disk), source.journal != own else {
            try Self.forget(mended, on: disk)
            return nil
        }
        let journal = source.journal
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
        self.disk = disk
        self.mended = mended
        takesOpen = isEndKnown && !givenUp.contains(journal)
        phase = .sealed(from: first)
        hasBase = first.number == 1
    }

    /// What stands behind the name of a file that is not whole yet.
    static let unfinished = ".part"

    /// The most records that a station ever has open: a last number further on is damaged itself.
    private static let mostOpen = UInt64(LedgerSettings().mostWaiting + Ledger.reserve)

    /// How far it has come.
    enum Progress: Hashable {
        case working
        /// All was read; nil: there is nothing to deliver.
        case done(SalvagedJournal?)
    }

    /// Goes on for a moment.
    mutating func step(at stamp: Stamp, photos: PhotoSearch) throws -> Progress {
        switch phase {
        case .ending: return .done(try finish())
        case .nothing: return .done(nil)
        case .sealed, .photos, .open, .reads: break
        }
        if let room = disk.room(of: file.folder), room.free < room.ofJournal {
            throw JournalFailure("salvage to \(file): the disk is too full; make room on the disk")
        }
        let transaction = try Transaction(on: target.database)
        phase =
            switch phase {
            case .sealed(let first): try takeSealed(from: first, stamp)
            case .photos(let last): try takePhotos(after: last)
            case .open(let first): try takeOpen(from: first, stamp, photos)
            case .reads(let last): try takeReads(after: last, stamp)
            case .ending, .nothing: phase
            }
        try transaction.commit()
        return .working
    }

    private mutating func takeSealed(from first: Sequence, _ stamp: Stamp) throws -> Phase {
        let (rows, next) = try source.rows(from: first)
        for row in rows { try take(row, stamp) }
        if let next { return .sealed(from: next) }
        if let last = unproved, let digest = last.digest, last.sequence > target.chain.sealedUpTo {
            if hasBase {
                try target.declareLost(upTo: last.sequence, digest: digest, stamp)
            } else {
                try keep(last, digest)
            }
        }
        return hasBase ? .photos(after: nil) : .nothing
    }

    private mutating func take(_ row: DamagedJournal.Row, _ stamp: Stamp) throws {
        guard let digest = row.digest else { return }
        if hasBase {
            // What was declared before keeps its bytes.
            if let gap = try source.gap(at: target.chain.sealedUpTo.next) { try target.keep(gap) }
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

    /// Photos that wait; their files lie where they lay.
    private func takePhotos(after last: PhotoName?) throws -> Phase {
        let photos = try source.photos(after: last)
        for photo in photos { try target.insert(photo.name, photo.digest, bytes: photo.bytes) }
        if let last = photos.last { return .photos(after: last.name) }
        return takesOpen ? .open(from: target.chain.sealedUpTo.next) : .ending
    }

    /// Seals what was open as it stood.
    private mutating func takeOpen(from first: Sequence, _ stamp: Stamp, _ photos: PhotoSearch) throws -> Phase {
        let (rows, next) = try source.rows(from: first)
        let open = rows.filter { $0.digest == nil && $0.isOf(source.journal) }
        let found = open.isEmpty ? [:] : photos(source.journal, Set(open.map(\.sequence)))
        for row in open {
            if row.sequence != target.chain.sealedUpTo.next {
                try target.declareLost(upTo: Sequence(row.sequence.number - 1), digest: nil, stamp)
            }
            try target.seal(
                .init(sequence: row.sequence, isComplete: row.isComplete, body: row.body),
                found: found[row.sequence] ?? [])
        }
        if let next { return .open(from: next) }
        // Behind an end that cannot be seen no number is free.
        guard let last = source.last, last.number <= target.chain.sealedUpTo.number + Self.mostOpen else {
            return .ending
        }
        if last > target.chain.sealedUpTo { try target.declareLost(upTo: last, digest: nil, stamp) }
        return .reads(after: nil)
    }

    /// Reads in no record get one each.
    private mutating func takeReads(after last: ReadID?, _ stamp: Stamp) throws -> Phase {
        let reads = try source.reads(after: last)
        for read in reads { try target.seal(read, stamp) }
        return reads.last.map { .reads(after: $0.id) } ?? .ending
    }

    private func finish() throws -> SalvagedJournal {
        try target.setAcknowledged(min(source.acknowledged, target.chain.sealedUpTo))
        try Self.forget(mended, on: disk)
        try move(file + Self.unfinished, to: file, on: disk)
        return try SalvagedJournal(file: file, on: disk)
    }
}

extension DamagedJournal.Row {
    /// Whether it names itself and that journal, in words that central takes.
    fileprivate func isOf(_ journal: JournalID) -> Bool {
        let fields = RecordFields(body: body)
        guard fields?.sequence == sequence, fields?.journal == journal else { return false }
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
