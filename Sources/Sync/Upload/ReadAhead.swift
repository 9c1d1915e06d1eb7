import Exchange
import Lane

/// Reads the batches that are asked for, and while central has one, the batch behind it: so the two work at the same time.
///
/// What was read ahead is only for the next question, and dropped where that is another one.
package struct ReadAhead {
    private var file = ""
    private var batch: RecordBatch?

    package init() {}

    /// The batch that is asked for, whole.
    package mutating func batch(
        from first: Sequence, mostRecords: Int, mostBytes: Int, of reader: borrowing JournalReader
    ) throws(JournalFailure) -> RecordBatch {
        var batch: RecordBatch
        if var ahead = take(from: first, of: reader), ahead.widen(mostRecords: mostRecords, mostBytes: mostBytes) {
            batch = ahead
        } else {
            batch = try RecordBatch(from: first, mostRecords: mostRecords, mostBytes: mostBytes, of: reader)
        }
        while !batch.isComplete { batch.read(of: reader) }
        return batch
    }

    /// Reads some of the batch behind this one; false when there is nothing to read for now.
    package mutating func read(behind last: RecordBatch, of reader: borrowing JournalReader) -> Bool {
        guard last.isFull, batch?.isComplete != true else { return false }
        if batch != nil {
            batch?.read(of: reader)
            return true
        }
        do throws(JournalFailure) {
            batch = try RecordBatch(
                from: last.next, mostRecords: last.mostRecords, mostBytes: last.mostBytes, of: reader)
            file = reader.file
            return true
        } catch {
            // Whoever asks for it is told.
            return false
        }
    }

    /// Forgets what was read: other bytes may stand there by the next question.
    package mutating func drop() { batch = nil }

    private mutating func take(from first: Sequence, of reader: borrowing JournalReader) -> RecordBatch? {
        defer { batch = nil }
        guard let batch, batch.first == first, batch.journal == reader.journal, file == reader.file else { return nil }
        return batch
    }
}
