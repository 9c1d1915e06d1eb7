import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct ChainCheckTests {
    private func chain(_ count: UInt64) -> [SealedRecord] {
        var digest = Digest.zero
        return (1...count).map { number in
            let body = Array("{\"sequence\":\(number)}".utf8)
            digest = .chained(to: digest, body: body)
            return SealedRecord(sequence: Sequence(number), line: RecordLine(digest: digest, body: body))
        }
    }

    private func problems(_ records: [SealedRecord], after previous: Digest? = .zero) -> [ChainCheck.Problem] {
        var check = ChainCheck(from: records[0].sequence, after: previous)
        return records.compactMap { check.take($0) }
    }

    private func damage(_ record: SealedRecord, byte: Int) -> SealedRecord {
        var body = record.line.body
        body[byte] ^= 1
        return SealedRecord(sequence: record.sequence, line: RecordLine(digest: record.line.digest, body: body))
    }

    @Test func `a whole chain has no problem, from its start, from a known digest, and past retention`() {
        let records = chain(6)
        #expect(problems(records) == [])
        #expect(problems(Array(records[3...]), after: records[2].line.digest) == [])
        #expect(problems(Array(records[3...]), after: nil) == [])
    }

    @Test func `each flipped bit is found in the record that has it, and the others are well`() {
        let records = chain(6)
        for byte in records[3].line.body.indices {
            var damaged = records
            damaged[3] = damage(records[3], byte: byte)
            #expect(problems(damaged) == [.damaged(Sequence(4))])
        }
    }

    @Test func `a damaged digest is found in its record, and the one that continues it cannot be checked`() {
        var records = chain(6)
        records[3] = SealedRecord(
            sequence: Sequence(4), line: RecordLine(digest: .zero, body: records[3].line.body))
        #expect(problems(records) == [.damaged(Sequence(4)), .unproved(Sequence(5))])
    }

    @Test func `records that are not here are named, and the chain goes on behind them`() {
        var records = chain(9)
        records.removeSubrange(3...4)
        records[6] = damage(records[6], byte: 0)
        #expect(problems(records) == [.missing(Sequence(4), to: Sequence(5)), .damaged(Sequence(9))])
        #expect(
            problems(records).map(\.description) == [
                "records 4 to 5 are not here", "record 9 is damaged: its digest is wrong",
            ])
    }
}
