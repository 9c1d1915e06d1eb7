import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct `The size of a batch` {
    /// A size after batches that were full, each answered after so long.
    private func size(after times: Interval...) -> BatchSize {
        var size = BatchSize()
        for took in times {
            size.sent(at: second(1))
            size.taken(UInt64(size.records), at: second(1) + took, pace: nil)
        }
        return size
    }

    @Test func `doubles while full batches are answered quickly, up to its bound`() {
        #expect((BatchSize().records, BatchSize().bytes) == (Uploader.mostRecords, Uploader.mostBytes))
        #expect(size(after: BatchSize.quick).records == 2 * Uploader.mostRecords)
        let largest = size(after: .zero, .zero, .zero, .zero, .zero)
        #expect((largest.records, largest.bytes) == (8 * Uploader.mostRecords, 8 * Uploader.mostBytes))
    }

    @Test func `stays where a batch takes its time, and is halved where it takes too long`() {
        #expect(size(after: .zero, .zero, .seconds(2)).records == 4 * Uploader.mostRecords)
        #expect(size(after: .zero, .zero, .seconds(6)).records == 2 * Uploader.mostRecords)
        #expect(size(after: .seconds(60)).records == Uploader.mostRecords)
    }

    @Test func `does not learn from a batch that was not full`() {
        var size = BatchSize()
        size.sent(at: second(1))
        size.taken(3, at: second(1), pace: nil)
        #expect(size == BatchSize(sentAt: second(1)))
        // 4.2 KB each: as many as there is room for.
        size.taken(124, at: second(1), pace: nil)
        #expect(size.records == 2 * Uploader.mostRecords)
    }

    @Test func `is small again after a failure, and as central wants it`() {
        var size = size(after: .zero, .zero)
        size.failed()
        #expect(size.records == Uploader.mostRecords)
        size = self.size(after: .zero, .zero)
        size.taken(2_000, at: second(1), pace: .init(records: 10, pauseMilliseconds: 0))
        #expect((size.records, size.bytes) == (10, Uploader.mostBytes))
        size.taken(10, at: second(1), pace: nil)
        #expect(size.records == Uploader.mostRecords)
    }

    @Test func `does not go again where it was too large`() {
        var size = size(after: .zero, .zero, .zero)
        var isHalved = size.tooLarge()
        #expect(isHalved)
        for _ in 0..<5 { size.taken(UInt64(size.records), at: second(1), pace: nil) }
        #expect(size.records == 4 * Uploader.mostRecords)
        while size.records > 1 { isHalved = isHalved && size.tooLarge() }
        #expect(isHalved)
        isHalved = size.tooLarge()
        #expect(!isHalved && size.records == 1)
    }
}
