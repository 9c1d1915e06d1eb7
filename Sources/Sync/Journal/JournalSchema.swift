import Exchange
import Lane
import Storage

/// What stands in `journal.sqlite`, and how the file is kept. Format 5:
///
///     journal          one row: the journal's id (16 bytes, high half first), and how far central has acknowledged it
///     record           sequence → body; digest (32 bytes) once it is sealed; complete: 1 when only its predecessors hold it back
///     read             a read that no record has taken up yet: what a crash must not lose
///     reader           the last durable frame of each reader, and the number of the read in it
///     photo            a photo that central does not have yet; refused: why it never will
///     rejected         a record that central rejected, kept beyond retention
///     acknowledgement  how far central had acknowledged in a given hour (UTC, rounded up): what retention counts from
///     lost             records that cannot be delivered any more, and the gap record in their place: since format 2
///     givenUp          journals that a running program gave up for this one, and when: since format 3
///     number           one row or none: the highest number of a read that is in records alone: since format 5
///
/// Rows that no digest proves have a checksum (`sum`), all but those of `rejected`: since format 4.
///
/// * Write-ahead log, `synchronous=FULL`: a commit that has returned survives a power cut. `NORMAL` would not.
/// * Checkpoints are the ledger's to order: SQLite's own would come inside some vehicle's commit.
/// * `user_version` is the format. A file of an earlier one goes forward when it is opened, with all that waits in it; one of a later
///   program is refused, and not touched; one of another program is set aside like a damaged one.
enum JournalSchema {
    /// `user_version` of a file that this program writes.
    static let format = Int64(steps.count)
    /// `application_id`: "BOMS".
    static let application: Int64 = 0x424F_4D53

    /// How a file comes from each format to the next, the first from an empty one. What has been released never changes.
    private static let steps = [first, lost, givenUp, sums, number]
    /// The first format whose rows have checksums.
    static let withSums: Int64 = 4

    private static let first = """
        CREATE TABLE journal (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            id BLOB NOT NULL,
            acknowledged INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE record (
            sequence INTEGER PRIMARY KEY,
            complete INTEGER NOT NULL,
            digest BLOB,
            body BLOB NOT NULL
        ) STRICT;
        CREATE TABLE read (
            id INTEGER PRIMARY KEY,
            reader TEXT NOT NULL,
            antenna INTEGER,
            tag INTEGER,
            malformed INTEGER NOT NULL,
            boot TEXT NOT NULL,
            at INTEGER NOT NULL,
            utc INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE reader (
            name TEXT PRIMARY KEY,
            digit INTEGER NOT NULL,
            frame BLOB NOT NULL,
            read INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE photo (
            sequence INTEGER NOT NULL,
            camera TEXT NOT NULL,
            number INTEGER NOT NULL,
            digest BLOB NOT NULL,
            bytes INTEGER NOT NULL,
            refused TEXT,
            PRIMARY KEY (sequence, camera, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE rejected (
            sequence INTEGER PRIMARY KEY,
            reason TEXT NOT NULL,
            digest BLOB,
            body BLOB
        ) STRICT;
        CREATE TABLE acknowledgement (
            hour INTEGER PRIMARY KEY,
            upto INTEGER NOT NULL
        ) STRICT;
        """

    private static let lost = """
        CREATE TABLE lost (
            first INTEGER PRIMARY KEY,
            last INTEGER NOT NULL,
            previous BLOB NOT NULL,
            digest BLOB NOT NULL,
            body BLOB NOT NULL
        ) STRICT;
        """

    private static let givenUp = """
        CREATE TABLE givenUp (
            id BLOB PRIMARY KEY,
            at INTEGER
        ) STRICT;
        """

    private static let sums = """
        ALTER TABLE journal ADD COLUMN sum INTEGER;
        UPDATE journal SET sum = checksum('journal', id, acknowledged);
        ALTER TABLE record ADD COLUMN sum INTEGER;
        UPDATE record SET sum = checksum('record', sequence, complete, body) WHERE sequence > coalesce(
            (SELECT sequence FROM record WHERE digest IS NOT NULL ORDER BY sequence DESC LIMIT 1), 0);
        ALTER TABLE read ADD COLUMN sum INTEGER;
        UPDATE read SET sum = checksum('read', id, reader, antenna, tag, malformed, boot, at, utc);
        ALTER TABLE reader ADD COLUMN sum INTEGER;
        UPDATE reader SET sum = checksum('reader', name, digit, frame, read);
        ALTER TABLE photo ADD COLUMN sum INTEGER;
        UPDATE photo SET sum = checksum('photo', sequence, camera, number, digest, bytes, refused);
        ALTER TABLE acknowledgement ADD COLUMN sum INTEGER;
        UPDATE acknowledgement SET sum = checksum('acknowledgement', hour, upto);
        ALTER TABLE lost ADD COLUMN sum INTEGER;
        UPDATE lost SET sum = checksum('lost', first, last, previous, digest, body);
        ALTER TABLE givenUp ADD COLUMN sum INTEGER;
        UPDATE givenUp SET sum = checksum('givenUp', id, at);
        """

    private static let number = """
        CREATE TABLE number (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            read INTEGER NOT NULL,
            sum INTEGER
        ) STRICT;
        """

    /// Settings of the writer's connection.
    static func configure(_ database: borrowing Database) throws(DatabaseError) {
        try database.execute("PRAGMA journal_mode = WAL")
        try database.execute("PRAGMA synchronous = FULL")
        try database.execute("PRAGMA temp_store = MEMORY")
    }

    /// The format of the file; 0: nothing has been made in it yet.
    ///
    /// - Throws: damage when it is another program's; a failure without damage when it is a later program's.
    static func format(of database: borrowing Database) throws -> Int64 {
        let format = try database.integer("PRAGMA user_version") ?? 0
        let application = try database.integer("PRAGMA application_id") ?? 0
        if format == 0, application == 0, try database.integer("SELECT count(*) FROM sqlite_schema") == 0 { return 0 }
        guard application == Self.application, format > 0 else {
            throw JournalFailure("open \(database.path): it is another program's database", isDamage: true)
        }
        guard format <= Self.format else {
            throw JournalFailure(
                "open \(database.path): its format is \(format), this program knows \(Self.format); install the newer program again"
            )
        }
        return format
    }

    /// Brings the file to this program's format in one transaction: a crash leaves it as it was, or whole.
    ///
    /// - Parameters:
    ///   - journal: the id of a journal that is made.
    ///   - givenUp: the journals that were given up for it.
    static func bringUp(
        _ database: borrowing Database, _ journal: () -> JournalID, givenUp: [GivenUpJournal] = []
    ) throws {
        let format = try format(of: database)
        guard format < Self.format else { return }
        let transaction = try Transaction(on: database)
        for step in steps[Int(format)...] { try database.execute(step) }
        if format == 0 {
            let insert = try database.prepare(
                "INSERT INTO journal (one, id, acknowledged, sum) VALUES (1, ?1, 0, checksum('journal', ?1, 0))")
            try insert.bind(1, journal().stored)
            try insert.run()
            for old in givenUp { try old.write(into: database) }
            try database.execute("PRAGMA application_id = \(application)")
        }
        try database.execute("PRAGMA user_version = \(Self.format)")
        try transaction.commit()
    }
}

extension JournalID {
    /// Its 16 bytes, high half first.
    var stored: [UInt8] {
        [high, low].flatMap { half in (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * $0)) } }
    }

    /// From its 16 bytes; nil for another count.
    init?(stored bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        let halves = [bytes[..<8], bytes[8...]].map { half in half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(high: halves[0], low: halves[1])
    }
}
