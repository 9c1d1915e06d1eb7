import Exchange
import Lane
import TestSupport
import Testing

@testable import Sync

/// Batches that are read while central has the one before.
@Suite struct ReadAheadTests {
    let folder: TemporaryFolder
    let lines: [RecordLine]

    init() throws {
        folder = try TemporaryFolder()
        var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
        _ = try journal.commit((1...300).map { .seal(write($0, event, stamp(Int64($0)))) })
        let reader = try JournalReader(folder: folder.path)
        lines = try stride(from: 1, through: 300, by: 50).flatMap { try reader.records(from: Sequence($0), most: 50) }
            .map(\.line)
    }

    private func damage(_ column: String, of sequence: Int) throws {
        let journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
        try journal.database.execute("UPDATE record SET \(column) = x'7b7d' WHERE sequence = \(sequence)")
    }

    private func bytes(_ places: Range<Int>) -> [UInt8] { lines[places].flatMap(\.bytes) }

    @Test(arguments: 0...4) func `batches follow each other without a gap, however far was read ahead`(
        steps: Int
    ) throws {
        let reader = try JournalReader(folder: folder.path)
        var ahead = ReadAhead()
        var sent: [UInt8] = []
        var first = Sequence(1)
        for most in [70, 70, 140, 10, 10] {
            let batch = try ahead.batch(from: first, mostRecords: most, mostBytes: 1 << 20, of: reader)
            #expect(batch.count == most && batch.first == first)
            sent += batch.bytes
            first = batch.next
            for _ in 0..<steps { _ = ahead.read(behind: batch, of: reader) }
        }
        #expect(sent == bytes(0..<300))
    }

    @Test func `a batch ends at its bytes, and one record goes in any case`() throws {
        let reader = try JournalReader(folder: folder.path)
        var ahead = ReadAhead()
        let two = bytes(0..<2).count
        for (most, count) in [(two, 2), (two - 1, 1), (1, 1)] {
            let batch = try ahead.batch(from: Sequence(1), mostRecords: 500, mostBytes: most, of: reader)
            #expect(batch.count == count && batch.bytes == bytes(0..<count))
            let isMore = ahead.read(behind: batch, of: reader)
            #expect(isMore)
        }
    }

    @Test func `what was read ahead is for the next question alone, and only if it is asked for`() throws {
        let reader = try JournalReader(folder: folder.path)
        var ahead = ReadAhead()
        let batch = try ahead.batch(from: Sequence(1), mostRecords: 50, mostBytes: 1 << 20, of: reader)
        let isMore = ahead.read(behind: batch, of: reader)
        #expect(isMore)
        let isMoreYet = ahead.read(behind: batch, of: reader)
        #expect(!isMoreYet)
        let others = try ahead.batch(from: Sequence(41), mostRecords: 50, mostBytes: 1 << 20, of: reader)
        #expect(others.bytes == bytes(40..<90))
        try damage("body", of: 51)
        #expect(throws: JournalFailure.self) {
            _ = try ahead.batch(from: Sequence(51), mostRecords: 50, mostBytes: 1 << 20, of: reader)
        }
    }

    @Test func `of another journal's file nothing is taken`() throws {
        let reader = try JournalReader(folder: folder.path)
        var ahead = ReadAhead()
        let batch = try ahead.batch(from: Sequence(1), mostRecords: 50, mostBytes: 1 << 20, of: reader)
        let isMore = ahead.read(behind: batch, of: reader)
        #expect(isMore)
        let other = try TemporaryFolder()
        var journal = try Journal.open(folder: other.path, context: context, stamp: stamp(0))
        _ = try journal.commit((1...60).map { .seal(write($0, event, stamp(Int64(1_000 + $0)))) })
        let second = try JournalReader(folder: other.path)
        let read = try ahead.batch(from: Sequence(51), mostRecords: 50, mostBytes: 1 << 20, of: second)
        #expect(read.journal == second.journal && read.count == 10)
    }

    @Test(arguments: [2, 64, 65, 66, 129], ["body", "digest"])
    func `a damaged record ends the batch before it, and fails the next (I10)`(damaged: Int, column: String) throws {
        try damage(column, of: damaged)
        let reader = try JournalReader(folder: folder.path)
        var ahead = ReadAhead()
        let batch = try ahead.batch(from: Sequence(1), mostRecords: 500, mostBytes: 1 << 20, of: reader)
        #expect(batch.bytes == bytes(0..<damaged - 1))
        let isMoreYet = ahead.read(behind: batch, of: reader)
        #expect(!isMoreYet)
        let error = #expect(throws: JournalFailure.self) {
            _ = try ahead.batch(from: batch.next, mostRecords: 500, mostBytes: 1 << 20, of: reader)
        }
        #expect(error?.record == Sequence(UInt64(damaged)))
    }
}
