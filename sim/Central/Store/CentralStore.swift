import Exchange
import Lane
import Storage

/// The central server's disk: SQLite in WAL mode, each commit synced, and photos as files beside it.
///
/// It carries out what the reception decides and has no rules of its own. One thread uses it.
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

    /// Stands in the database's `user_version`.
    static let format: Int64 = 1

    package let folder: CentralFolder
    private let database: Database

    /// Opens the store in a folder, and makes both when they are not there.
    package init(folder: CentralFolder) throws {
        try makeFolder(folder.path)
        let database = try Database(path: folder.database, access: .readWrite)
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try Self.makeTables(in: database, path: folder.database)
        self.folder = folder
        self.database = database
    }

    private static func makeTables(in database: borrowing Database, path: String) throws {
        let format = try database.integer("PRAGMA user_version") ?? 0
        guard format <= Self.format else { throw Fault.format(format, path: path) }
        guard format == 0 else { return }
        let transaction = try Transaction(on: database)
        try database.execute(
            """
            CREATE TABLE journals (
                id INTEGER PRIMARY KEY, station INTEGER NOT NULL, journal BLOB NOT NULL,
                contiguous INTEGER NOT NULL, digest BLOB NOT NULL, UNIQUE (station, journal)) STRICT;
            CREATE TABLE records (
                journal INTEGER NOT NULL REFERENCES journals, sequence INTEGER NOT NULL, type TEXT NOT NULL,
                digest BLOB NOT NULL, line BLOB NOT NULL, rejected TEXT, PRIMARY KEY (journal, sequence)) STRICT;
            CREATE TABLE photos (
                journal INTEGER NOT NULL, sequence INTEGER NOT NULL, camera TEXT NOT NULL, number INTEGER NOT NULL,
                digest BLOB NOT NULL, bytes INTEGER NOT NULL, path TEXT NOT NULL,
                PRIMARY KEY (journal, sequence, camera, number),
                FOREIGN KEY (journal, sequence) REFERENCES records) STRICT;
            PRAGMA user_version = \(Self.format);
            """)
        try transaction.commit()
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
        let move = try database.prepare(
            """
            INSERT INTO journals (station, journal, contiguous, digest) VALUES (?, ?, ?, ?)
            ON CONFLICT (station, journal) DO UPDATE SET contiguous = excluded.contiguous, digest = excluded.digest
            """)
        let add = try database.prepare(
            "INSERT INTO records (journal, sequence, type, digest, line, rejected) VALUES (?, ?, ?, ?, ?, ?)")
        for portion in portions {
            try move.bind(1, Int64(portion.journal.station.number))
            try move.bind(2, portion.journal.journal.octets)
            try move.bind(3, Int64(portion.position.contiguous.number))
            try move.bind(4, portion.position.digest.bytes)
            try move.run()
            try add.bind(1, try id(of: portion.journal))
            for record in portion.records {
                try add.bind(2, Int64(record.sequence.number))
                try add.bind(3, record.type)
                try add.bind(4, record.line.digest.bytes)
                try add.bind(5, record.line.bytes)
                try add.bind(6, record.rejected?.rawValue)
                try add.run()
            }
        }
        try transaction.commit()
    }

    /// What is stored in a range, each record of it.
    package borrowing func recall(
        _ journal: JournalName, _ range: ClosedRange<Sequence>
    ) throws -> [Reception.KnownRecord] {
        let rows = try database.prepare(
            "SELECT digest, rejected FROM records WHERE journal = ? AND sequence BETWEEN ? AND ? ORDER BY sequence")
        try rows.bind(1, try id(of: journal))
        try rows.bind(2, Int64(range.lowerBound.number))
        try rows.bind(3, Int64(range.upperBound.number))
        var known: [Reception.KnownRecord] = []
        while try rows.step() {
            guard let digest = rows.bytes(0).flatMap(Digest.init(bytes:)) else {
                throw Fault.damaged("a record's digest")
            }
            let rejected = rows.text(1).flatMap(Reception.Rejection.Reason.init(rawValue:))
            known.append(Reception.KnownRecord(digest: digest, rejected: rejected))
        }
        guard known.count == range.upperBound.number - range.lowerBound.number + 1 else {
            throw Fault.damaged("the sequence of records")
        }
        return known
    }

    /// What is known of a photo: whether it is here, and what its passage's record names.
    package borrowing func finding(of photo: PhotoName) throws -> Reception.PhotoFinding {
        let journal = try id(of: photo.journal)
        let stored = try database.prepare(
            "SELECT digest FROM photos WHERE journal = ? AND sequence = ? AND camera = ? AND number = ?")
        try bind(photo, of: journal, to: stored)
        let kept = try stored.step() ? stored.bytes(0).flatMap(Digest.init(bytes:)) : nil
        let record = try database.prepare(
            "SELECT line FROM records WHERE journal = ? AND sequence = ? AND type = ? AND rejected IS NULL")
        try record.bind(1, journal)
        try record.bind(2, Int64(photo.sequence.number))
        try record.bind(3, StoredPassage.type)
        let line = try record.step() ? record.bytes(0) : nil
        return Reception.PhotoFinding(
            kept: kept, record: line.map { StoredPassage.photos(by: photo.camera, in: $0) })
    }

    /// Writes the photo's file durably, then its row: a row without its file cannot be.
    package borrowing func keep(_ photo: PhotoName, digest: Digest, bytes: [UInt8]) throws {
        let journal = try id(of: photo.journal)
        let path = CentralFolder.relativePath(of: photo)
        let file = folder.path + "/" + path
        try makeFolder(file.folder)
        try DurableFile.replace(file, with: bytes)
        let row = try database.prepare(
            "INSERT INTO photos (journal, sequence, camera, number, digest, bytes, path) VALUES (?, ?, ?, ?, ?, ?, ?)")
        try bind(photo, of: journal, to: row)
        try row.bind(5, digest.bytes)
        try row.bind(6, Int64(bytes.count))
        try row.bind(7, path)
        try row.run()
    }

    private borrowing func bind(_ photo: PhotoName, of journal: Int64, to statement: borrowing Statement) throws {
        try statement.bind(1, journal)
        try statement.bind(2, Int64(photo.sequence.number))
        try statement.bind(3, photo.camera)
        try statement.bind(4, Int64(photo.number))
    }

    /// The row of a journal, which is there when it has a record.
    private borrowing func id(of journal: JournalName) throws -> Int64 {
        let row = try database.prepare("SELECT id FROM journals WHERE station = ? AND journal = ?")
        try row.bind(1, Int64(journal.station.number))
        try row.bind(2, journal.journal.octets)
        guard try row.step(), let id = row.integer(0) else { throw Fault.damaged("a journal's row") }
        return id
    }
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
