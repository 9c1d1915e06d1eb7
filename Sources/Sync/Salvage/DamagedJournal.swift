import Exchange
import Lane
import Storage

/// A journal's file that was set aside, read as far as SQLite can read it: where a page is damaged, record by record. Never changed.
struct DamagedJournal: ~Copyable {
    /// A record as it lies there: a sealed one is proved by nothing, another one by its checksum.
    struct Row: Hashable {
        let sequence: Sequence
        let isComplete: Bool
        /// Nil while it is not sealed, and when its own bytes are no digest.
        let digest: Digest?
        let body: [UInt8]
    }

    /// Records that are read at a time, and those that are looked for one by one.
    static let mostAtOnce: UInt64 = 256
    /// After so many in a row that cannot be read there are none: a damaged page of the index hides some thousand.
    static let mostHidden: UInt64 = 65_536

    let journal: JournalID
    /// Central had everything up to here; 0 when nobody knows.
    let acknowledged: Sequence
    /// The last record, 0 when there is none; nil: it cannot be seen.
    let last: Sequence?
    let format: Int64
    let database: Database
    private let many: Statement
    private let one: Statement
    /// Nil: the file has no gaps, or they cannot be found.
    let lost: LostStatements?
    private var hidden: UInt64 = 0

    /// - Returns: nil when not one record can be found in it.
    /// - Throws: when the disk does not give it; later it may.
    static func open(_ file: String, on disk: any Disk) throws -> DamagedJournal? {
        do {
            return try DamagedJournal(file: file, on: disk)
        } catch {
            try pass(error)
            return nil
        }
    }

    private init(file: String, on disk: any Disk) throws {
        let database = try Database(path: file, access: .readOnly, files: disk.databases)
        let format = try JournalSchema.format(of: database)
        let isWhole = "(digest IS NOT NULL OR \(CheckedTable.record.isWhole(in: format)))"
        let columns = "SELECT sequence, complete, digest, body FROM record WHERE \(isWhole) AND"
        let many = try database.prepare("\(columns) sequence >= ?1 ORDER BY sequence LIMIT \(Self.mostAtOnce)")
        let one = try database.prepare("\(columns) sequence = ?1")
        var last: Sequence?
        do {
            last = Sequence(stored: try database.integer("SELECT max(sequence) FROM record"))
        } catch {
            try Self.pass(error)
        }
        var known: JournalState?
        do {
            let isKnown = "SELECT \(CheckedTable.journal.isWhole(in: format)) FROM journal"
            if try database.integer(isKnown) == 1 { known = try JournalState(readFrom: database) }
        } catch {
            try Self.pass(error)
        }
        let found = try known?.journal ?? Self.journal(of: many)
        guard let journal = found else { throw JournalFailure("no record is left in \(file)", isDamage: true) }
        let lost = try Self.lost(in: database)
        self.journal = journal
        self.format = format
        acknowledged = known?.acknowledgedUpTo ?? Sequence(0)
        self.last = last
        self.lost = lost
        self.many = many
        self.one = one
        self.database = database
    }

    private static func lost(in database: borrowing Database) throws -> LostStatements? {
        do {
            return try JournalSchema.format(of: database) > 1 ? LostStatements(on: database) : nil
        } catch {
            try pass(error)
            return nil
        }
    }

    /// Lets damage pass, and nothing else.
    static func pass(_ error: any Error) throws { guard JournalFailure(because: error).isDamage else { throw error } }

    /// The records from a sequence on, in order, some at a time; and where to go on: nil, there are no more.
    mutating func rows(from first: Sequence) throws -> (rows: [Row], next: Sequence?) {
        let end = last ?? LostRecords.mostSequence
        var rows: [Row] = []
        let isWhole = try read(many, first, into: &rows)
        rows = Self.ascending(rows, from: first, upTo: end)
        if let last = rows.last {
            hidden = 0
            return (rows, last.sequence < end ? last.sequence.next : nil)
        }
        guard !isWhole, first <= end else { return ([], nil) }
        for number in first.number..<first.number + Self.mostAtOnce {
            _ = try read(one, Sequence(number), into: &rows)
        }
        rows = Self.ascending(rows, from: first, upTo: end)
        hidden = rows.isEmpty ? hidden + Self.mostAtOnce : 0
        let next = Sequence(first.number + Self.mostAtOnce)
        return (rows, next <= end && hidden < Self.mostHidden ? next : nil)
    }

    /// Reads rows up to the first that is damaged; whether there was none.
    private func read(_ statement: borrowing Statement, _ first: Sequence, into rows: inout [Row]) throws -> Bool {
        defer { statement.reset() }
        try statement.bind(1, first.stored)
        do {
            while try statement.step() {
                rows.append(
                    Row(
                        sequence: Sequence(stored: statement.integer(0)), isComplete: statement.integer(1) == 1,
                        digest: statement.bytes(2).flatMap { Digest(bytes: $0) }, body: statement.bytes(3) ?? []))
            }
            return true
        } catch {
            try Self.pass(error)
            return false
        }
    }

    /// Those that stand where they should: a damaged page can give any number.
    private static func ascending(_ rows: [Row], from first: Sequence, upTo end: Sequence) -> [Row] {
        var sound: [Row] = []
        for row in rows where row.sequence >= (sound.last?.sequence.next ?? first) && row.sequence <= end {
            sound.append(row)
        }
        return sound
    }

    /// What the first record says of its journal.
    private static func journal(of rows: borrowing Statement) throws -> JournalID? {
        defer { rows.reset() }
        try rows.bind(1, 0)
        while try rows.step() {
            if let fields = rows.bytes(3).flatMap({ RecordFields(body: $0) }) { return fields.journal }
        }
        return nil
    }
}
