import Lane

/// `GET …/position`: how far central has a journal durably.
package struct PositionAnswer: Message {
    package var journal: JournalID
    /// The last record of the unbroken sequence from 1; 0 when central knows nothing of the journal.
    package var contiguous: Sequence
    /// That record's digest; `Digest.zero` at 0.
    package var digest: Digest

    package init(journal: JournalID, contiguous: Sequence, digest: Digest) {
        self.journal = journal
        self.contiguous = contiguous
        self.digest = digest
    }
}
