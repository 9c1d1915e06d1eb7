import Exchange
import Lane
import Storage

/// Reads what a journal has declared lost.
struct LostStatements: ~Copyable {
    private let next: Statement
    private let digest: Statement
    private let around: Statement
    private let final: Statement

    init(on database: borrowing Database) throws {
        let isWhole = CheckedTable.lost.isWhole(in: try JournalSchema.format(of: database))
        let next = try database.prepare(
            "SELECT first, previous, digest, body, \(isWhole) FROM lost WHERE first >= ?1 ORDER BY first LIMIT 1")
        // Before a gap stands what it continues: the record itself may be gone.
        let digest = try database.prepare(
            """
            SELECT digest FROM lost WHERE last = ?1
            UNION ALL SELECT previous FROM lost WHERE first = ?1 + 1 LIMIT 1
            """)
        let around = try database.prepare("SELECT max(last) FROM lost WHERE first < ?1 AND last >= ?1")
        let final = try database.prepare("SELECT last, digest FROM lost ORDER BY last DESC LIMIT 1")
        self.next = next
        self.digest = digest
        self.around = around
        self.final = final
    }

    /// Where the last gap ends, and what continues it.
    func last() throws(DatabaseError) -> (end: Sequence, digest: Digest)? {
        defer { final.reset() }
        guard try final.step(), let digest = final.bytes(1).flatMap({ Digest(bytes: $0) }) else { return nil }
        return (Sequence(stored: final.integer(0)), digest)
    }

    /// The last sequence of a gap that begins before this one and goes on to it, or beyond.
    func end(of sequence: Sequence) throws(DatabaseError) -> Sequence? {
        defer { around.reset() }
        try around.bind(1, sequence.stored)
        return try around.step() ? around.integer(0).map { Sequence(stored: $0) } : nil
    }

    /// The first gap at a sequence or after it.
    func first(from sequence: Sequence) throws -> SealedRecord? {
        defer { next.reset() }
        try next.bind(1, sequence.stored)
        guard try next.step() else { return nil }
        let first = Sequence(stored: next.integer(0))
        guard next.integer(4) == 1, let previous = next.bytes(1).flatMap({ Digest(bytes: $0) }),
            let chain = next.bytes(2).flatMap({ Digest(bytes: $0) }), let body = next.bytes(3),
            let lost = LostRecords(body: body), lost.first == first
        else { throw JournalFailure("read the journal: gap \(first.number) is damaged", isDamage: true) }
        let line = RecordLine(digest: .chained(to: previous, body: body), body: body)
        return SealedRecord(sequence: first, line: line, lost: lost, chain: chain)
    }

    /// What the record after a sequence continues, where a gap ends or begins there.
    func digest(of sequence: Sequence) throws(DatabaseError) -> Digest? {
        defer { digest.reset() }
        try digest.bind(1, sequence.stored)
        return try digest.step() ? digest.bytes(0).flatMap { Digest(bytes: $0) } : nil
    }
}
