import Exchange
import FoundationEssentials
import Lane
import Sync
import Testing

@testable import Bench

struct `The backlog that is drained` {
    @Test func `is a journal like a station's, and can be delivered again`() throws {
        let folder = FileManager.default.temporaryDirectory.path() + "/bench-\(UInt64.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) } }
        let backlog = try BacklogJournal(of: 130, in: folder)
        try check(backlog)
        do {
            var journal = try Journal.open(folder: folder, context: PassageMill.context, stamp: PassageMill().stamp)
            let event = RecordWrite(
                sequence: Sequence(131), draft: .event(.stop), stamp: PassageMill().stamp, isComplete: true)
            let upTo = Sequence(131)
            _ = try journal.commit([.seal(event), .acknowledged(upTo: upTo, rejected: [], at: nil)])
        }
        try backlog.forgetDelivery()
        try check(backlog)
    }

    /// All of it is sealed, chained and not acknowledged.
    private func check(_ backlog: BacklogJournal) throws {
        let reader = try JournalReader(folder: backlog.folder)
        var chain = ChainCheck(from: Sequence(1), after: .zero)
        var next = Sequence(1)
        var bytes = 0
        while case let records = try reader.records(from: next), !records.isEmpty {
            for record in records {
                #expect(chain.take(record) == nil)
                bytes += record.line.bytes.count
                next = record.sequence.next
            }
        }
        #expect(next == Sequence(131) && bytes == backlog.bytes && reader.journal == backlog.journal)
        let state = try Journal.open(
            folder: backlog.folder, context: PassageMill.context, stamp: PassageMill().stamp
        ).opened
        #expect(state.acknowledgedUpTo == Sequence(0) && state.sealedUpTo == Sequence(130))
    }
}
