import Exchange
import Lane
import Testing

@testable import Central

/// I2: records that a station has lost are a gap that it declares, and nothing else is.
@Suite struct ReceptionGapTests {
    private static let context = RecordContext(
        station: Sample.journal.station, journal: Sample.journal.journal, boot: "b", configuration: .zero,
        profile: "classic", list: "agreements", antennas: [:], lanes: [:])
    private static let behind = Digest(of: [18])

    private static func gap(_ first: UInt64, to last: UInt64, digest: Digest? = behind) -> [UInt8] {
        let lost = LostRecords(Sequence(first), to: Sequence(last), digest: digest, reason: .damaged)
        return RecordEncoder(context: context).body(
            of: .lost(lost), sequence: Sequence(first),
            stamp: Stamp(at: Instant(nanoseconds: 0), utc: UTC(milliseconds: 0), clock: .good))
    }

    /// Records 1 and 2, then a gap to 5, then 6 and 7.
    private let lines =
        Sample.chain([Sample.body(1), Sample.body(2), gap(3, to: 5)])
        + Sample.chain([Sample.body(6), Sample.body(7)], after: behind)

    private func position(_ sequence: UInt64, _ digest: Digest) -> JournalPosition {
        JournalPosition(contiguous: Sequence(sequence), digest: digest)
    }

    private func taken(_ position: JournalPosition) -> Reception.Answer { .taken(position, rejected: [], pace: nil) }

    private func known(_ lines: some Collection<RecordLine>) -> [Reception.KnownRecord] {
        lines.map { .init(digest: $0.digest, rejected: nil, lost: LostRecords(body: $0.body)) }
    }

    @Test func `a gap moves the position to the last record that is lost, and the chain goes on from its digest`() {
        var reception = Reception(positions: [:])
        guard case .commit(let number, let portions) = reception.handle(.batch(1, Sample.journal, lines)).first else {
            Issue.record("nothing was taken")
            return
        }
        #expect(portions.first?.records.map(\.sequence) == [1, 2, 3, 6, 7].map { Sequence($0) })
        #expect(
            reception.handle(.committed(number)) == [.answer(1, taken(position(7, lines[4].digest)))])
    }

    @Test func `behind a gap without a digest the gap itself is continued`() {
        let first = Sample.chain([Sample.body(1), Self.gap(2, to: 9, digest: nil)])
        let all = first + Sample.chain([Sample.body(10)], after: first[1].digest)
        var reception = Reception(positions: [:])
        _ = reception.handle(.batch(1, Sample.journal, all))
        #expect(reception.handle(.committed(1)) == [.answer(1, taken(position(10, all[2].digest)))])
    }

    @Test func `what is not declared is refused, before a gap and behind it`() {
        var reception = Reception(positions: [Sample.journal: position(5, Self.behind)])
        let far = Sample.chain([Sample.body(7)], after: Self.behind)
        #expect(
            reception.handle(.batch(1, Sample.journal, far))
                == [.answer(1, .refused(.gap, expected: Sequence(6)))])
        let loose = Sample.chain([Sample.body(6)], after: lines[2].digest)
        #expect(
            reception.handle(.batch(2, Sample.journal, loose))
                == [.answer(2, .refused(.chain, expected: Sequence(6)))])
        let late = Sample.chain([Self.gap(7, to: 9)], after: Self.behind)
        #expect(
            reception.handle(.batch(3, Sample.journal, late))
                == [.answer(3, .refused(.gap, expected: Sequence(6)))])
    }

    @Test func `a gap that comes again is known, and so is what stands behind it`() {
        for start in [0, 2, 3] {
            var reception = Reception(positions: [Sample.journal: position(7, lines[4].digest)])
            let from: UInt64 = [1, 2, 5][start == 0 ? 0 : start - 1]
            #expect(
                reception.handle(.batch(1, Sample.journal, Array(lines[start...])))
                    == [.recall(1, Sample.journal, Sequence(from)...Sequence(7))])
            let stored = start == 0 ? lines[...] : lines[(start - 1)...]
            let first: UInt64 = [1, 2, 3][start == 0 ? 0 : start - 1]
            #expect(
                reception.handle(.recalled(1, from: Sequence(first), known(stored)))
                    == [.answer(1, taken(position(7, lines[4].digest)))])
        }
    }

    @Test func `records that are here are not declared away, and no gap has room for more than is recalled at once`() {
        let whole = Sample.lines(7)
        for last in [3, 999_999_999_999_999_999] as [UInt64] {
            var reception = Reception(positions: [Sample.journal: Sample.position(whole, at: 7)])
            let gap = Sample.chain([Self.gap(2, to: last)], after: whole[0].digest)
            #expect(
                reception.handle(.batch(1, Sample.journal, gap))
                    == [.recall(1, Sample.journal, Sequence(1)...Sequence(min(last, 7)))])
            #expect(
                reception.handle(.recalled(1, from: Sequence(1), Sample.known(whole[..<Int(min(last, 7))])))
                    == [.answer(1, .refused(.chain, expected: Sequence(2)))])
        }
    }

    @Test func `the store keeps gaps as they came, finds what they cover, and shows them`() throws {
        let fixture = try CentralFixture()
        let store = try CentralStore(folder: fixture.folder)
        var reception = Reception(positions: [:])
        guard case .commit(_, let portions) = reception.handle(.batch(1, Sample.journal, lines)).first else {
            Issue.record("nothing was taken")
            return
        }
        try store.commit(portions)
        #expect(try store.positions() == [Sample.journal: position(7, lines[4].digest)])
        let stored = try store.recall(Sample.journal, Sequence(4)...Sequence(7))
        #expect(stored.from == Sequence(3))
        #expect(stored.records == known(lines[2...]))
        #expect(try store.recall(Sample.journal, Sequence(5)...Sequence(5)).records == known(lines[2...2]))
        let summary = try CentralArchive(folder: fixture.folder).summaries()
        #expect(
            summary.map(\.lost)
                == [[LostRecords(Sequence(3), to: Sequence(5), digest: Self.behind, reason: .damaged)]])
    }
}
