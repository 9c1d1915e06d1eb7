import Exchange
import Lane
import Storage

/// What cannot be delivered any more is declared, and delivery goes on after it.
///
///     11 ─▶ [gap 12…18, reason, digest of 18] ─▶ 19      12 to 18 damaged: 19 continues the digest of 18, and so proves it
extension Journal {
    /// The most records that one gap is looked for in, so that no commit takes long; behind it the next one begins.
    static var mostLooked: Int64 { 1_024 }

    /// Declares lost what cannot be delivered from a record on: up to the first record that the one behind it proves to be whole.
    /// Nothing, when the record is whole after all.
    ///
    /// A damaged record's own digest may be undamaged. It is taken only when the next record's is one over it: that proves both.
    ///
    /// - Parameter previous: the digest that the gap continues, as central has it.
    func lose(
        from first: Sequence, after previous: Digest, _ chain: Chain, _ stamp: Stamp
    ) throws(DatabaseError) -> LostRecords? {
        guard let end = try endOfDamage(from: first, after: previous, chain) else { return nil }
        let isOlder = try database.integer("SELECT min(sequence) FROM record") ?? 0 > first.stored
        let lost = LostRecords(
            first, to: end.last, digest: end.digest, reason: isOlder ? .expired : .damaged)
        _ = try insert(lost, after: previous, stamp)
        return database.changes() > 0 ? lost : nil
    }

    /// Writes the gap that declares them; what the record behind it continues.
    private func insert(
        _ lost: LostRecords, after previous: Digest, _ stamp: Stamp
    ) throws(DatabaseError) -> Digest {
        let body = encoder.body(of: .lost(lost), sequence: lost.first, stamp: stamp)
        let chain = lost.digest ?? .chained(to: previous, body: body)
        try statements.lose.bind(1, lost.first.stored)
        try statements.lose.bind(2, lost.last.stored)
        try statements.lose.bind(3, previous.bytes)
        try statements.lose.bind(4, chain.bytes)
        try statements.lose.bind(5, body)
        try statements.lose.run()
        return chain
    }

    /// Declares damaged what comes behind the last sealed record, up to a sequence; sealing goes on behind it.
    mutating func declareLost(upTo last: Sequence, digest: Digest?, _ stamp: Stamp) throws(DatabaseError) {
        let lost = LostRecords(chain.sealedUpTo.next, to: last, digest: digest, reason: .damaged)
        chain = Chain(sealedUpTo: last, digest: try insert(lost, after: chain.digest, stamp))
    }

    /// Takes a gap over as it is; sealing goes on behind it.
    mutating func keep(_ gap: SealedRecord) throws(DatabaseError) {
        guard let lost = gap.lost else { return }
        try statements.lose.bind(1, gap.sequence.stored)
        try statements.lose.bind(2, lost.last.stored)
        try statements.lose.bind(3, chain.digest.bytes)
        try statements.lose.bind(4, gap.chain.bytes)
        try statements.lose.bind(5, gap.line.body)
        try statements.lose.run()
        chain = Chain(sealedUpTo: lost.last, digest: gap.chain)
    }

    private func endOfDamage(
        from first: Sequence, after previous: Digest, _ chain: Chain
    ) throws(DatabaseError) -> (last: Sequence, digest: Digest?)? {
        guard first <= chain.sealedUpTo else { return nil }
        let rows = try database.prepare(
            """
            SELECT sequence, digest, body FROM record WHERE sequence >= ?1 AND digest IS NOT NULL
            ORDER BY sequence LIMIT ?2
            """)
        try rows.bind(1, first.stored)
        try rows.bind(2, Self.mostLooked)
        var before: (next: Sequence, digest: Digest?) = (first, previous)
        var looked: Int64 = 0
        while try rows.step() {
            looked += 1
            let sequence = Sequence(stored: rows.integer(0))
            let digest = rows.bytes(1).flatMap { Digest(bytes: $0) }
            if sequence == before.next, let expected = before.digest,
                Digest.chained(to: expected, body: rows.bytes(2) ?? []) == digest
            {
                return sequence == first ? nil : (Sequence(sequence.number - 1), expected)
            }
            before = (sequence.next, digest)
        }
        guard looked == Self.mostLooked else { return (chain.sealedUpTo, chain.digest) }
        return (Sequence(before.next.number - 1), nil)
    }
}
