import Exchange
import Lane

/// Follows the chain over sealed records in sequence, and finds what is damaged (I10). Pure.
package struct ChainCheck: Hashable, Sendable {
    /// What is wrong at one record.
    package enum Problem: Hashable, Sendable, CustomStringConvertible {
        /// The record's digest is not that of its bytes: either is damaged.
        case damaged(Sequence)
        /// Another record of this journal stands in its place.
        case swapped(Sequence, with: Sequence)
        /// The record before it is damaged, and with it perhaps the digest that this one continues.
        case unproved(Sequence)
        /// These are not here, and those after them are.
        case missing(Sequence, to: Sequence)

        package var description: String {
            switch self {
            case .damaged(let sequence): "record \(sequence.number) is damaged: its digest is wrong"
            case .swapped(let sequence, let other):
                "record \(other.number) stands in the place of record \(sequence.number)"
            case .unproved(let sequence):
                "record \(sequence.number) cannot be checked: the one before it is damaged"
            case .missing(let first, let last) where first == last: "record \(first.number) is not here"
            case .missing(let first, let last): "records \(first.number) to \(last.number) are not here"
            }
        }
    }

    private var next: Sequence
    private var previous: Digest?
    /// Whether the record before is as it was sealed.
    private var isSound = true

    /// - Parameter previous: the digest that the first record continues; nil when its predecessor is past retention.
    package init(from first: Sequence, after previous: Digest?) {
        next = first
        self.previous = previous
    }

    /// What is wrong at this record; nil when all is well. The record after it is judged by this one's digest.
    package mutating func take(_ record: SealedRecord) -> Problem? {
        let (expected, predecessor, wasSound) = (next, previous, isSound)
        next = record.next
        previous = record.chain
        isSound = true
        guard record.sequence == expected else {
            return .missing(expected, to: Sequence(record.sequence.number - 1))
        }
        guard let predecessor, !record.line.follows(predecessor) else { return nil }
        isSound = false
        if let other = RecordFields(body: record.line.body)?.sequence, other != expected {
            return .swapped(expected, with: other)
        }
        return wasSound ? .damaged(expected) : .unproved(expected)
    }
}
