import Exchange
import Lane

/// A batch of sealed records as central is sent it: their lines, read from the disk a few at a time.
///
/// Each record's digest is checked on the way (I10): a damaged one ends the batch before it, and no batch begins with it.
package struct RecordBatch: Sendable {
    package let journal: JournalID
    package let first: Sequence
    /// The lines, each with its newline.
    package private(set) var bytes: [UInt8] = []
    /// How many records are in it.
    package private(set) var count = 0
    /// Nothing more goes into it.
    package private(set) var isComplete = false
    /// It ended for its bounds: more may stand behind it.
    private(set) var isFull = false
    /// The one behind its last.
    private(set) var next: Sequence
    private(set) var mostRecords: Int
    private(set) var mostBytes: Int
    private var check: ChainCheck

    /// Begins it with the first few records.
    package init(
        from first: Sequence, mostRecords: Int, mostBytes: Int, of reader: borrowing JournalReader
    ) throws(JournalFailure) {
        check = ChainCheck(from: first, after: try reader.digest(of: Sequence(first.number - 1)))
        journal = reader.journal
        self.first = first
        next = first
        self.mostRecords = mostRecords
        self.mostBytes = mostBytes
        let records = try reader.records(from: first, most: mostRecords)
        if let problem = append(records) ?? (count == 0 ? .missing(first, to: first) : nil), count == 0 {
            throw JournalFailure("read the journal: \(problem)", isDamage: true, record: first)
        }
    }

    /// Reads a few records more. What cannot be read ends it: the batch that would begin there fails.
    package mutating func read(of reader: borrowing JournalReader) {
        guard !isComplete else { return }
        do throws(JournalFailure) {
            _ = append(try reader.records(from: next, most: mostRecords - count))
        } catch {
            isComplete = true
        }
    }

    /// Makes room for more; false where it has more already.
    mutating func widen(mostRecords: Int, mostBytes: Int) -> Bool {
        guard self.mostRecords <= mostRecords, self.mostBytes <= mostBytes else { return false }
        (self.mostRecords, self.mostBytes) = (mostRecords, mostBytes)
        if isFull { (isFull, isComplete) = (false, false) }
        return true
    }

    /// What is wrong at the record before which it ends; nil when all is well.
    private mutating func append(_ records: [SealedRecord]) -> ChainCheck.Problem? {
        isComplete = records.isEmpty
        for record in records {
            isFull = count > 0 && bytes.count + record.line.count > mostBytes
            let problem = isFull ? nil : check.take(record)
            isComplete = isFull || problem != nil
            guard !isComplete else { return problem }
            record.line.append(to: &bytes)
            count += 1
            next = record.next
        }
        isFull = count == mostRecords
        isComplete = isComplete || isFull
        return nil
    }
}
