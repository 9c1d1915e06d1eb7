import Exchange
import Lane
import Station
import Sync

/// The records of a station's journals, read from its disk before they go: set aside, deleted, or at the end.
struct JournalHistory {
    private(set) var records: [Observation.SealedLine] = []
    private(set) var troubles: [String] = []
    /// Why nothing could be read the last time.
    private(set) var problem: String?
    private var journal: JournalID?
    private var check = ChainCheck(from: Sequence(1), after: .zero)
    private(set) var next = Sequence(1)
    /// A file was damaged: that it cannot be read is no trouble of the run.
    var mayBeUnreadable = false

    /// Notes why the journal could not be read; nil: it was.
    mutating func note(_ failure: JournalFailure?) {
        problem = failure.map { "the journal cannot be read: \($0)" }
    }

    /// Reads what was sealed since the last time, and follows the chain.
    mutating func collect(from reader: borrowing JournalReader) throws(JournalFailure) {
        if reader.journal != journal {
            journal = reader.journal
            check = ChainCheck(from: Sequence(1), after: .zero)
            next = Sequence(1)
        }
        while case let found = try reader.records(from: next), !found.isEmpty {
            for record in found { take(record) }
        }
    }

    private mutating func take(_ record: SealedRecord) {
        if let problem = check.take(record) { troubles.append("the journal's chain: \(problem)") }
        next = record.sequence.next
        guard let fields = RecordFields(body: record.line.body) else {
            return troubles.append("record \(record.sequence.number) cannot be read")
        }
        let at = Instant(nanoseconds: fields.time.mono) - VirtualClock.first
        records.append(.init(line: record.line, fields: fields, at: at))
    }
}
