import Lane

/// `POST …/records`, 200: what central has durably after this batch, and what it will never take.
package struct BatchAnswer: Message {
    /// A record that central rejected: set aside by the station, never sent again.
    package struct Rejection: Codable, Hashable, Sendable {
        package var sequence: Sequence
        package var reason: String

        package init(sequence: Sequence, reason: String) {
            self.sequence = sequence
            self.reason = reason
        }
    }

    /// How fast central wants the next batches.
    package struct Pace: Codable, Hashable, Sendable {
        /// The most records in a batch.
        package var records: Int
        /// The pause after each batch.
        package var pauseMilliseconds: Int

        package init(records: Int, pauseMilliseconds: Int) {
            self.records = records
            self.pauseMilliseconds = pauseMilliseconds
        }
    }

    package var journal: JournalID
    /// The last record of the unbroken sequence from 1, rejected ones counted in.
    package var contiguous: Sequence
    /// That record's digest.
    package var digest: Digest
    package var rejected: [Rejection]
    /// Nil: the station's own pace.
    package var pace: Pace?

    package init(
        journal: JournalID, contiguous: Sequence, digest: Digest, rejected: [Rejection] = [], pace: Pace? = nil
    ) {
        self.journal = journal
        self.contiguous = contiguous
        self.digest = digest
        self.rejected = rejected
        self.pace = pace
    }
}
