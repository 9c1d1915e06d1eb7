import Exchange
import Lane
import Station
import Sync

/// The records of a station's journals, read from its disk before they go: set aside, deleted, or at the end.
struct JournalHistory {
    private(set) var records: [Observation.SealedLine] = []
    /// Records of salvaged journals that are none of these.
    private(set) var salvaged: [Observation.SealedLine] = []
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

    /// Reads what was salvaged of a journal, and follows its chain. What nobody can deliver is in no record.
    mutating func salvage(from reader: borrowing JournalReader) throws(JournalFailure) {
        let journal = reader.journal
        let known = Set(records.filter { $0.fields.journal == journal }.map(\.line))
        guard var next = try reader.extent().first else { return }
        var check = ChainCheck(from: next, after: try reader.digest(of: Sequence(next.number - 1)))
        while case let found = try reader.records(from: next), let last = found.last {
            for record in found {
                if let problem = check.take(record) { troubles.append("the chain of what was salvaged: \(problem)") }
                guard record.lost == nil, !known.contains(record.line) else { continue }
                guard let line = sealed(record) else { continue }
                salvaged.append(line)
            }
            next = last.next
        }
    }

    private mutating func take(_ record: SealedRecord) {
        if let problem = check.take(record) { troubles.append("the journal's chain: \(problem)") }
        next = record.sequence.next
        if let line = sealed(record) { records.append(line) }
    }

    private mutating func sealed(_ record: SealedRecord) -> Observation.SealedLine? {
        guard let fields = RecordFields(body: record.line.body) else {
            troubles.append("record \(record.sequence.number) cannot be read")
            return nil
        }
        let at = Instant(nanoseconds: fields.time.mono) - VirtualClock.first
        return .init(line: record.line, fields: fields, at: at)
    }
}
