import Storage

/// The writer's statements, compiled once.
struct JournalStatements: ~Copyable {
    let read: Statement
    let reader: Statement
    let record: Statement
    let lastRead: Statement
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
    init(on database: borrowing Database) throws(DatabaseError) {
        self.init(
            read: try database.prepare(
                """
                INSERT INTO read (id, reader, antenna, tag, malformed, boot, at, utc)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING
                """),
            reader: try database.prepare(
                """
                INSERT INTO reader (name, digit, frame, read) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (name) DO UPDATE SET digit = ?2, frame = ?3, read = max(read, ?4)
                """),
            record: try database.prepare(
                """
                INSERT INTO record (sequence, complete, digest, body) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (sequence) DO UPDATE SET complete = ?2, digest = ?3, body = ?4
                """),
            lastRead: try database.prepare("UPDATE journal SET lastRead = max(lastRead, ?1)"),
            takeUp: try database.prepare("DELETE FROM read WHERE id = ?1"),
            photo: try database.prepare(
                "INSERT OR IGNORE INTO photo (sequence, camera, number, digest, bytes) VALUES (?1, ?2, ?3, ?4, ?5)"),
            photoSent: try database.prepare("DELETE FROM photo WHERE sequence = ?1 AND camera = ?2 AND number = ?3"),
            photoRefused: try database.prepare(
                "UPDATE photo SET refused = ?4 WHERE sequence = ?1 AND camera = ?2 AND number = ?3"),
            acknowledged: try database.prepare("UPDATE journal SET acknowledged = ?1"),
            acknowledgement: try database.prepare(
                """
                INSERT INTO acknowledgement (hour, upto) VALUES (?1, ?2) ON CONFLICT (hour) DO UPDATE SET upto = ?2
                """),
            acknowledgementsBeyond: try database.prepare("DELETE FROM acknowledgement WHERE upto > ?1"),
            rejected: try database.prepare(
                """
                INSERT INTO rejected (sequence, reason, digest, body)
                SELECT ?1, ?2, digest, body FROM (SELECT 1) LEFT JOIN record ON sequence = ?1 WHERE true
                ON CONFLICT (sequence) DO NOTHING
                """),
            // The record at the acknowledged position stays: its digest is compared with central's.
            expire: try database.prepare(
                """
                DELETE FROM record WHERE sequence IN (
                    SELECT sequence FROM record
                    WHERE digest IS NOT NULL AND sequence < (SELECT acknowledged FROM journal)
                    AND sequence <= (SELECT max(upto) FROM acknowledgement WHERE hour <= ?1)
                    ORDER BY sequence LIMIT ?2)
                """),
            // What the newest of them says as well says no more.
            acknowledgementsPast: try database.prepare(
                """
                DELETE FROM acknowledgement WHERE EXISTS (
                    SELECT 1 FROM acknowledgement AS newer
                    WHERE newer.hour <= ?1 AND newer.hour > acknowledgement.hour AND newer.upto >= acknowledgement.upto)
                """),
            lose: try database.prepare(
                """
                INSERT INTO lost (first, last, previous, digest, body) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (first) DO NOTHING
                """))
    }
}
