import Exchange
import Lane
import Sync

/// The records of a journal in their order, sealed or not, each with how far it has come.
struct JournalWalk: ~Copyable {
    /// A record as it lies there.
    struct Found {
        let sequence: Sequence
        let state: JournalRow.State
        /// Nil while it is not sealed.
        let digest: Digest?
        let body: [UInt8]
    }

    let extent: JournalReader.Extent
    private let reader: JournalReader
    private let rejected: [Sequence: String]

    init(_ source: JournalSource) throws {
        let reader = try source.open()
        let extent = try Self.read(reader) { reader throws(JournalFailure) in try reader.extent() }
        let rejected = try Self.read(reader) { reader throws(JournalFailure) in try reader.rejections() }
        self.extent = extent
        self.rejected = rejected
        self.reader = reader
    }

    /// Why central rejected a record; nil: it did not.
    func rejection(of sequence: Sequence) -> String? { rejected[sequence] }

    /// Hands on each record of a range, until it is told to end.
    func forEach(_ range: ClosedRange<UInt64>, _ body: (Found) throws -> Void) throws {
        var next = Sequence(range.lowerBound)
        while next.number <= range.upperBound {
            let records = try Self.read(reader) { reader throws(JournalFailure) in try reader.records(from: next) }
            guard let last = records.last else { break }
            for record in records where record.sequence.number <= range.upperBound {
                try body(
                    Found(
                        sequence: record.sequence, state: state(of: record.sequence), digest: record.line.digest,
                        body: record.line.body))
            }
            next = last.next
        }
        for record in try Self.read(reader, { reader throws(JournalFailure) in try reader.openRecords(from: next) })
        where record.sequence.number <= range.upperBound {
            try body(Found(sequence: record.sequence, state: .open, digest: nil, body: record.body))
        }
    }

    private func state(of sequence: Sequence) -> JournalRow.State {
        if rejected[sequence] != nil { return .rejected }
        return sequence <= extent.acknowledgedUpTo ? .delivered : .sealed
    }

    private static func read<T>(
        _ reader: borrowing JournalReader, _ query: (borrowing JournalReader) throws(JournalFailure) -> T
    ) throws -> T {
        do throws(JournalFailure) { return try query(reader) } catch { throw JournalSource.failure(error) }
    }
}
