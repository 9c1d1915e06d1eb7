import Exchange
import Storage

/// The store's statements, compiled once.
struct CentralStatements: ~Copyable {
    /// A journal's row.
    let journal: Statement
    /// A journal's position goes on.
    let move: Statement
    /// One record more.
    let add: Statement
    /// The digests of a range.
    let recall: Statement
    /// The line of a passage.
    let passage: Statement
    /// The digest of a photo.
    let photo: Statement
    /// One photo more.
    let keep: Statement
}

extension CentralStatements {
    init(on database: borrowing Database) throws(DatabaseError) {
        self.init(
            journal: try database.prepare("SELECT id FROM journals WHERE station = ? AND journal = ?"),
            move: try database.prepare(
                """
                INSERT INTO journals (station, journal, contiguous, digest) VALUES (?, ?, ?, ?)
                ON CONFLICT (station, journal) DO UPDATE SET contiguous = excluded.contiguous, digest = excluded.digest
                """),
            add: try database.prepare(
                "INSERT INTO records (journal, sequence, type, digest, line, rejected) VALUES (?, ?, ?, ?, ?, ?)"),
            recall: try database.prepare(
                """
                SELECT sequence, digest, rejected, CASE type WHEN '\(LostRecords.type)' THEN line END FROM records
                WHERE journal = ?1 AND sequence BETWEEN
                    (SELECT max(sequence) FROM records WHERE journal = ?1 AND sequence <= ?2) AND ?3
                ORDER BY sequence LIMIT ?4
                """),
            passage: try database.prepare(
                "SELECT line FROM records WHERE journal = ? AND sequence = ? AND type = ? AND rejected IS NULL"),
            photo: try database.prepare(
                "SELECT digest FROM photos WHERE journal = ? AND sequence = ? AND camera = ? AND number = ?"),
            keep: try database.prepare(
                "INSERT INTO photos (journal, sequence, camera, number, digest, bytes, path) VALUES (?, ?, ?, ?, ?, ?, ?)"
            ))
    }
}
