import Exchange
import Lane

/// A batch on its way: the lines of sealed records from a sequence on, read from the disk while they are sent.
///
/// Each record's digest is checked on the way (I10): a damaged one ends the batch before it, and fails a batch that begins with it
/// before anything of it is sent.
struct RecordStream: ~Copyable {
    let reader: JournalReader
    private var next: Sequence
    private var recordsLeft: Int
    private var bytesLeft: Int
    private var check: ChainCheck
    private var isFirst = true
    /// Whatever comes behind the last one, nothing of it is sent.
    private var isAtEnd = false
    private var records: ArraySlice<SealedRecord> = []
    private var bytes: ArraySlice<UInt8> = []

    init(
        _ reader: consuming JournalReader, from first: Sequence, mostRecords: Int, mostBytes: Int
    ) throws(JournalFailure) {
        let check = ChainCheck(from: first, after: try reader.digest(of: Sequence(first.number - 1)))
        let records = try reader.records(from: first)
        var trial = check
        if let problem = records.first.map({ trial.take($0) }) ?? .missing(first, to: first) {
            throw JournalFailure("read the journal: \(problem)", isDamage: true, record: first)
        }
        self.reader = reader
        self.check = check
        self.records = records[...]
        next = first
        recordsLeft = mostRecords
        bytesLeft = mostBytes
    }

    /// The next bytes, at the most so many; none at the end. As many as there are: each piece is a call to the system.
    mutating func read(most: Int) throws(JournalFailure) -> [UInt8] {
        var piece: [UInt8] = []
        piece.reserveCapacity(most)
        while piece.count < most {
            if bytes.isEmpty {
                guard !isAtEnd, let line = try nextLine() else {
                    isAtEnd = true
                    break
                }
                bytes = line[...]
            }
            let part = bytes.prefix(most - piece.count)
            piece += part
            bytes = bytes.dropFirst(part.count)
        }
        return piece
    }

    private mutating func nextLine() throws(JournalFailure) -> [UInt8]? {
        guard recordsLeft > 0, let record = try nextRecord() else { return nil }
        let bytes = record.line.bytes
        guard isFirst || bytes.count <= bytesLeft else { return nil }
        isFirst = false
        recordsLeft -= 1
        bytesLeft -= bytes.count
        next = record.next
        return bytes
    }

    private mutating func nextRecord() throws(JournalFailure) -> SealedRecord? {
        if records.isEmpty { records = try reader.records(from: next)[...] }
        guard let record = records.popFirst(), check.take(record) == nil else { return nil }
        return record
    }
}
