import Exchange
import Storage

/// The writer's statements, compiled once.
struct JournalStatements: ~Copyable {
    let read: Statement
    let reader: Statement
    let record: Statement
    let number: Statement
    let takeUp: Statement
    let photo: Statement
    let photoSent: Statement
    let photoRefused: Statement
    let acknowledged: Statement
    let acknowledgement: Statement
    let acknowledgementsBeyond: Statement
    let rejected: Statement
    let expire: Statement
    let acknowledgementsPast: Statement
    let lose: Statement
}

extension JournalStatements {
    /// The places of a read's columns.
    private static let readValues = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"

    init(on database: borrowing Database) throws(DatabaseError) {
        self.init(
            read: try database.prepare(Self.read),
            reader: try database.prepare(Self.reader),
            record: try database.prepare(Self.record),
            number: try database.prepare(Self.number),
            takeUp: try database.prepare("DELETE FROM read WHERE id = ?1"),
            photo: try database.prepare(Self.photo),
            photoSent: try database.prepare("DELETE FROM photo WHERE sequence = ?1 AND camera = ?2 AND number = ?3"),
            photoRefused: try database.prepare(Self.photoRefused),
            acknowledged: try database.prepare(
                "UPDATE journal SET acknowledged = ?1, id = ?2, sum = \(CheckedTable.journal.checksum("?2, ?1"))"),
            acknowledgement: try database.prepare(Self.acknowledgement),
            acknowledgementsBeyond: try database.prepare("DELETE FROM acknowledgement WHERE upto > ?1"),
            rejected: try database.prepare(Self.rejected),
            expire: try database.prepare(Self.expire),
            acknowledgementsPast: try database.prepare(Self.acknowledgementsPast),
            lose: try database.prepare(Self.lose))
    }

    private static let read = """
        INSERT INTO read (\(ReplayedRead.columns), sum)
        VALUES (\(readValues), \(CheckedTable.read.checksum(readValues))) ON CONFLICT (id) DO NOTHING
        """

    private static let reader = """
        INSERT INTO reader (name, digit, frame, read, sum)
        VALUES (?1, ?2, ?3, ?4, \(CheckedTable.reader.checksum("?1, ?2, ?3, ?4")))
        ON CONFLICT (name) DO UPDATE SET digit = ?2, frame = ?3, read = max(read, ?4),
            sum = \(CheckedTable.reader.checksum("?1, ?2, ?3, max(read, ?4)"))
            WHERE \(CheckedTable.reader.isWhole)
        """

    private static let record = """
        INSERT INTO record (sequence, complete, digest, body, sum)
        VALUES (?1, ?2, ?3, ?4, CASE WHEN ?3 IS NULL THEN \(CheckedTable.record.checksum("?1, ?2, ?4")) END)
        ON CONFLICT (sequence) DO UPDATE SET complete = ?2, digest = ?3, body = ?4, sum = excluded.sum
        """

    private static let number = """
        INSERT INTO number (one, read, sum) VALUES (1, ?1, \(CheckedTable.number.checksum("1, ?1")))
        ON CONFLICT (one) DO UPDATE SET read = ?1, sum = excluded.sum
        """

    private static let photo = """
        INSERT INTO photo (sequence, camera, number, digest, bytes, sum)
        VALUES (?1, ?2, ?3, ?4, ?5, \(CheckedTable.photo.checksum("?1, ?2, ?3, ?4, ?5, NULL")))
        ON CONFLICT DO NOTHING
        """

    private static let photoRefused = """
        UPDATE photo SET refused = ?4,
            sum = \(CheckedTable.photo.checksum("sequence, camera, number, digest, bytes, ?4"))
        WHERE sequence = ?1 AND camera = ?2 AND number = ?3 AND \(CheckedTable.photo.isWhole)
        """

    private static let acknowledgement = """
        INSERT INTO acknowledgement (hour, upto, sum)
        VALUES (?1, ?2, \(CheckedTable.acknowledgement.checksum("?1, ?2")))
        ON CONFLICT (hour) DO UPDATE SET upto = ?2, sum = excluded.sum
        """

    private static let rejected = """
        INSERT INTO rejected (sequence, reason, digest, body)
        SELECT ?1, ?2, digest, body FROM (SELECT 1) LEFT JOIN record ON sequence = ?1 WHERE true
        ON CONFLICT (sequence) DO NOTHING
        """

    /// The record at the acknowledged position stays: its digest is compared with central's.
    private static let expire = """
        DELETE FROM record WHERE sequence IN (
            SELECT sequence FROM record
            WHERE digest IS NOT NULL
            AND sequence < (SELECT acknowledged FROM journal WHERE \(CheckedTable.journal.isWhole))
            AND sequence <= (
                SELECT max(upto) FROM acknowledgement
                WHERE hour <= ?1 AND \(CheckedTable.acknowledgement.isWhole))
            ORDER BY sequence LIMIT ?2)
        """

    /// What the newest of them says as well says no more.
    private static let acknowledgementsPast = """
        DELETE FROM acknowledgement WHERE EXISTS (
            SELECT 1 FROM acknowledgement AS newer
            WHERE newer.hour <= ?1 AND newer.hour > acknowledgement.hour AND newer.upto >= acknowledgement.upto)
        """

    private static let lose = """
        INSERT INTO lost (first, last, previous, digest, body, sum)
        VALUES (?1, ?2, ?3, ?4, ?5, \(CheckedTable.lost.checksum("?1, ?2, ?3, ?4, ?5")))
        ON CONFLICT (first) DO NOTHING
        """
}
