import Exchange
import Lane

extension Reception {
    /// Stored records that follow each other, found by their sequences.
    struct Known: Hashable {
        private let first: Sequence
        private var next: Sequence
        private let isFull: Bool
        private var records: [Sequence: KnownRecord] = [:]
        /// What continues the chain behind each.
        private var digests: [Sequence: Digest] = [:]

        init(from first: Sequence, _ stored: [KnownRecord]) {
            self.first = first
            next = first
            isFull = stored.count >= Reception.mostRecalled
            for record in stored {
                let last = record.lost?.last ?? next
                records[next] = record
                digests[last] = record.lost?.digest ?? record.digest
                next = last.next
            }
        }

        /// The record with that sequence; a gap has that of the first record that it declares.
        subscript(sequence: Sequence) -> KnownRecord? { records[sequence] }

        /// What the record behind that sequence continues; nil where none of them ends there.
        func digest(behind sequence: Sequence) -> Digest? { digests[sequence] }

        /// Whether all that is stored of a range is here, or as much of it as is recalled at once.
        func covers(_ range: ClosedRange<Sequence>) -> Bool {
            first <= range.lowerBound && (next > range.upperBound || isFull)
        }
    }
}
