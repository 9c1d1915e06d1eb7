import Exchange
import Lane
import Station
import Sync

/// The records of a station's journals, read from its disk before they go: set aside, deleted, or at the end.
struct JournalHistory {
    private let folder: String
    private(set) var records: [Observation.SealedLine] = []
    private(set) var troubles: [String] = []
    private var check = ChainCheck(from: Sequence(1), after: .zero)
    private(set) var next = Sequence(1)

    init(folder: String) { self.folder = folder }

    /// The journal is another one from here on.
    mutating func beginAnew() {
        check = ChainCheck(from: Sequence(1), after: .zero)
        next = Sequence(1)
    }

    /// Reads what was sealed since the last time, and follows the chain.
    mutating func collect() {
        do throws(JournalFailure) {
            let reader = try JournalReader(folder: folder)
            while case let found = try reader.records(from: next), !found.isEmpty {
                for record in found { take(record) }
            }
        } catch {
            troubles.append("the journal cannot be read: \(error)")
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
