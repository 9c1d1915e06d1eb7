import Exchange
import Lane
import Storage

/// The central server's disk: SQLite in WAL mode, each commit synced, and photos as files beside it.
///
/// It carries out what the reception decides and has no rules of its own. One thread uses it, in a `Lasting`: a connection on
/// which a sync has failed is given up.
package struct CentralStore: ~Copyable {
    /// What the store finds wrong with itself.
    package enum Fault: Error, Equatable, CustomStringConvertible {
        /// A row does not hold what was written.
        case damaged(String)
        /// The database was written by a later program.
        case format(Int64, path: String)

        package var description: String {
            switch self {
            case .damaged(let what): "read central.sqlite: \(what) is not as it was written; restore the folder"
            case .format(let format, let path):
                "open \(path): its format \(format) is newer than \(CentralStore.format); use the newer program"
            }
        }
    }

    package let folder: CentralFolder
    private let disk: any Disk
    private let database: Database
    private let statements: CentralStatements

    /// Opens the store in a folder, and makes both when they are not there.
    package init(folder: CentralFolder, on disk: any Disk = SystemDisk()) throws {
        try makeFolder(folder.path, on: disk)
        // A run before this one may have ended after a sync that failed.
        try writeAnew(Database.log(of: folder.database), on: disk)
        let database = try Self.connect(to: folder, on: disk)
        try Self.makeTables(in: database, path: folder.database)
        // SQLite syncs the names of its files too, and does not say so when that fails.
        try syncFolder(folder.path, on: disk)
        try self.init(folder: folder, on: disk, database: database)
    }

    private init(folder: CentralFolder, on disk: any Disk, database: consuming Database) throws {
        statements = try CentralStatements(on: database)
        self.database = database
        self.folder = folder
        self.disk = disk
    }

    private static func connect(to folder: CentralFolder, on disk: any Disk) throws -> Database {
        let database = try Database(path: folder.database, access: .readWrite, files: disk.databases)
        // Records lie beside each other as they come: of larger pages there are fewer to write. A file that is there keeps its own.
        try database.execute("PRAGMA page_size = 8192")
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        return database
    }

    /// How far each journal is held.
    package borrowing func positions() throws -> [JournalName: JournalPosition] {
        let rows = try database.prepare("SELECT station, journal, contiguous, digest FROM journals")
        var positions: [JournalName: JournalPosition] = [:]
        while try rows.step() {
            guard let name = JournalName(station: rows.integer(0), journal: rows.bytes(1)),
                let contiguous = rows.integer(2).flatMap(UInt64.init(exactly:)),
                let digest = rows.bytes(3).flatMap(Digest.init(bytes:))
            else { throw Fault.damaged("a journal's position") }
            positions[name] = JournalPosition(contiguous: Sequence(contiguous), digest: digest)
        }
        return positions
    }

    /// Writes all portions in one transaction: durable when it returns, and nothing of them there when it throws.
    package borrowing func commit(_ portions: [Reception.Portion]) throws {
        let transaction = try Transaction(on: database)
        for portion in portions {
            try statements.move.bind(1, Int64(portion.journal.station.number))
            try statements.move.bind(2, portion.journal.journal.octets)
            try statements.move.bind(3, Int64(portion.position.contiguous.number))
            try statements.move.bind(4, portion.position.digest.bytes)
            try statements.move.run()
            try statements.add.bind(1, try id(of: portion.journal))
            for record in portion.records {
                try statements.add.bind(2, Int64(record.sequence.number))
                try statements.add.bind(3, record.type)
                try statements.add.bind(4, record.line.digest.bytes)
                try statements.add.bind(5, record.line.bytes)
                try statements.add.bind(6, record.rejected?.rawValue)
                try statements.add.run()
            }
        }
        try transaction.commit()
    }

    /// How many pages the write-ahead log has: SQLite makes no checkpoints of its own here.
    package var logPages: Int { database.logPages }

    /// What is stored in a range, each record of it, from the one on that its first sequence is in: a gap may begin before it. At the
    /// most `Reception.mostRecalled`.
    package borrowing func recall(
        _ journal: JournalName, _ range: ClosedRange<Sequence>
    ) throws -> (from: Sequence, records: [Reception.KnownRecord]) {
        let journal = try id(of: journal)
        defer { statements.recall.reset() }
        try statements.recall.bind(1, journal)
        try statements.recall.bind(2, Int64(range.lowerBound.number))
        try statements.recall.bind(3, Int64(range.upperBound.number))
        try statements.recall.bind(4, Int64(Reception.mostRecalled))
        var known: [Reception.KnownRecord] = []
        var ends: [Sequence] = []
        var first = range.lowerBound
        while try statements.recall.step() {
            guard let sequence = statements.recall.integer(0).flatMap(UInt64.init(exactly:)).map(Sequence.init),
                let digest = statements.recall.bytes(1).flatMap(Digest.init(bytes:))
            else { throw Fault.damaged("a record's digest") }
            if ends.isEmpty { first = sequence }
            guard ends.last.map({ $0.next == sequence }) ?? true else {
                throw Fault.damaged("the sequence of records")
            }
            let rejected = statements.recall.text(2).flatMap(Reception.Rejection.Reason.init(rawValue:))
            let lost = try statements.recall.bytes(3).flatMap { try LostRecords(body: RecordLine(parsing: $0).body) }
            known.append(Reception.KnownRecord(digest: digest, rejected: rejected, lost: lost))
            ends.append(lost?.last ?? sequence)
        }
        guard let last = ends.last, first <= range.lowerBound,
            last >= range.upperBound || known.count == Reception.mostRecalled
        else { throw Fault.damaged("the sequence of records") }
        return (first, known)
    }

    /// What is known of a photo: whether it is here, and what its passage's record names.
    package borrowing func finding(of photo: PhotoName) throws -> Reception.PhotoFinding {
        let journal = try id(of: photo.journal)
        defer {
            statements.photo.reset()
            statements.passage.reset()
        }
        try bind(photo, of: journal, to: statements.photo)
        let kept = try statements.photo.step() ? statements.photo.bytes(0).flatMap(Digest.init(bytes:)) : nil
        try statements.passage.bind(1, journal)
        try statements.passage.bind(2, Int64(photo.sequence.number))
        try statements.passage.bind(3, StoredPassage.type)
        let line = try statements.passage.step() ? statements.passage.bytes(0) : nil
        return Reception.PhotoFinding(
            kept: kept, record: line.map { StoredPassage.photos(by: photo.camera, in: $0) })
    }

    /// Writes the photo's file durably, then its row: a row without its file cannot be.
    package borrowing func keep(_ photo: PhotoName, digest: Digest, bytes: [UInt8]) throws {
        let journal = try id(of: photo.journal)
        let path = CentralFolder.relativePath(of: photo)
        let file = folder.path + "/" + path
        try makeFolder(file.folder, on: disk)
        try DurableFile.replace(file, with: bytes, on: disk)
        try bind(photo, of: journal, to: statements.keep)
        try statements.keep.bind(5, digest.bytes)
        try statements.keep.bind(6, Int64(bytes.count))
        try statements.keep.bind(7, path)
        try statements.keep.run()
    }

    private borrowing func bind(_ photo: PhotoName, of journal: Int64, to statement: borrowing Statement) throws {
        try statement.bind(1, journal)
        try statement.bind(2, Int64(photo.sequence.number))
        try statement.bind(3, photo.camera)
        try statement.bind(4, Int64(photo.number))
    }

    /// The row of a journal, which is there when it has a record.
    private borrowing func id(of journal: JournalName) throws -> Int64 {
        defer { statements.journal.reset() }
        try statements.journal.bind(1, Int64(journal.station.number))
        try statements.journal.bind(2, journal.journal.octets)
        guard try statements.journal.step(), let id = statements.journal.integer(0) else {
            throw Fault.damaged("a journal's row")
        }
        return id
    }
}

extension CentralStore: Reopenable {
    package var rest: CentralFolder { folder }

    package init(resuming folder: CentralFolder, on disk: any Disk) throws {
        try self.init(folder: folder, on: disk, database: Self.connect(to: folder, on: disk))
    }

    package func keepLog() { database.keepLog() }

    package func checkpoint() throws { try database.checkpoint() }
}

extension JournalName {
    /// From a row of the store; nil when the row is damaged.
    init?(station: Int64?, journal: [UInt8]?) {
        guard let station = station.flatMap(UInt32.init(exactly:)), let journal,
            let id = JournalID(hex: Hex.text(of: journal))
        else { return nil }
        self.init(station: StationID(station), journal: id)
    }
}

extension JournalID {
    /// The 16 bytes, high half first.
    var octets: [UInt8] { [high, low].flatMap { half in (0..<8).map { UInt8(half >> (56 - 8 * $0) & 0xFF) } } }
}
