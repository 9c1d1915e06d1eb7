import Exchange
import Lane
import Testing

@testable import Central

@Suite struct `The reception of records` {
    private let lines = Sample.lines(6)
    private var reception = Reception(positions: [:])

    private func portion(_ range: Range<Int>, of lines: [RecordLine], in journal: JournalName = Sample.journal)
        -> Reception.Portion
    {
        Reception.Portion(
            journal: journal, records: lines[range].map { Sample.received($0) },
            position: Sample.position(lines, at: UInt64(range.upperBound)))
    }

    private func taken(_ position: JournalPosition) -> Reception.Answer { .taken(position, rejected: [], pace: nil) }

    /// A reception that has the first records of the sample journal.
    private func holding(_ count: UInt64) -> Reception {
        Reception(positions: [Sample.journal: Sample.position(lines, at: count)])
    }

    @Test mutating func `knows nothing of a new journal`() {
        #expect(reception.handle(.positionAsked(1, Sample.journal)) == [.answer(1, .position(.start))])
    }

    @Test mutating func `answers a batch only when its commit has returned`() {
        #expect(
            reception.handle(.batch(1, Sample.journal, Array(lines[..<3]))) == [.commit(1, [portion(0..<3, of: lines)])]
        )
        #expect(reception.handle(.positionAsked(2, Sample.journal)) == [.answer(2, .position(.start))])
        let position = Sample.position(lines, at: 3)
        #expect(reception.handle(.committed(1)) == [.answer(1, taken(position))])
        #expect(reception.handle(.positionAsked(3, Sample.journal)) == [.answer(3, .position(position))])
    }

    @Test mutating func `answers later when the commit failed, and takes the same bytes then`() {
        let first = Array(lines[..<2])
        #expect(reception.handle(.batch(1, Sample.journal, first)) == [.commit(1, [portion(0..<2, of: lines)])])
        #expect(reception.handle(.commitFailed(1)) == [.answer(1, .later(.notStored))])
        #expect(reception.handle(.batch(2, Sample.journal, first)) == [.commit(2, [portion(0..<2, of: lines)])])
        #expect(reception.handle(.committed(2)) == [.answer(2, taken(Sample.position(lines, at: 2)))])
    }

    @Test mutating func `takes all that waits into the next commit`() {
        let other = Sample.lines(2, of: Sample.otherJournal)
        let third = Sample.lines(1, of: Sample.otherStation)
        #expect(reception.handle(.batch(1, Sample.journal, [lines[0]])) == [.commit(1, [portion(0..<1, of: lines)])])
        #expect(reception.handle(.batch(2, Sample.journal, [lines[1]])).isEmpty)
        #expect(reception.handle(.batch(3, Sample.otherJournal, other)).isEmpty)
        #expect(reception.handle(.batch(4, Sample.otherStation, third)).isEmpty)
        #expect(
            reception.handle(.committed(1)) == [
                .answer(1, taken(Sample.position(lines, at: 1))),
                .commit(
                    2,
                    [
                        portion(1..<2, of: lines), portion(0..<2, of: other, in: Sample.otherJournal),
                        portion(0..<1, of: third, in: Sample.otherStation),
                    ]),
            ])
        #expect(
            reception.handle(.committed(2)) == [
                .answer(2, taken(Sample.position(lines, at: 2))), .answer(3, taken(Sample.position(other, at: 2))),
                .answer(4, taken(Sample.position(third, at: 1))),
            ])
    }

    @Test mutating func `takes two batches of one journal in one commit, one after the other`() {
        _ = reception.handle(.batch(1, Sample.otherJournal, Sample.lines(1, of: Sample.otherJournal)))
        #expect(reception.handle(.batch(2, Sample.journal, Array(lines[..<2]))).isEmpty)
        #expect(reception.handle(.batch(3, Sample.journal, Array(lines[2..<4]))).isEmpty)
        let actions = reception.handle(.committed(1))
        #expect(actions.last == .commit(2, [portion(0..<2, of: lines), portion(2..<4, of: lines)]))
        #expect(
            reception.handle(.committed(2)) == [
                .answer(2, taken(Sample.position(lines, at: 2))), .answer(3, taken(Sample.position(lines, at: 4))),
            ])
    }

    @Test func `skips what is known and stores the rest of a batch`() {
        var reception = holding(3)
        #expect(
            reception.handle(.batch(1, Sample.journal, Array(lines[1..<5])))
                == [.recall(1, Sample.journal, Sequence(1)...Sequence(3))])
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<3])))
                == [.commit(1, [portion(3..<5, of: lines)])])
        #expect(reception.handle(.committed(1)) == [.answer(1, taken(Sample.position(lines, at: 5)))])
    }

    @Test func `answers a repeated batch with where it stands, and stores nothing`() {
        var reception = holding(5)
        #expect(
            reception.handle(.batch(1, Sample.journal, Array(lines[..<3])))
                == [.recall(1, Sample.journal, Sequence(1)...Sequence(3))])
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<3])))
                == [.answer(1, taken(Sample.position(lines, at: 5)))])
    }

    @Test func `tells a repeated batch's sender again what it rejected`() {
        let reason = Reception.Rejection.Reason.version
        var reception = holding(2)
        _ = reception.handle(.batch(1, Sample.journal, Array(lines[..<2])))
        let known = [
            Reception.KnownRecord(digest: lines[0].digest, rejected: nil),
            Reception.KnownRecord(digest: lines[1].digest, rejected: reason),
        ]
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), known)) == [
                .answer(
                    1,
                    .taken(
                        Sample.position(lines, at: 2), rejected: [.init(sequence: Sequence(2), reason: reason)],
                        pace: nil))
            ])
    }

    @Test func `refuses other bytes under a name that is taken`() {
        var reception = holding(3)
        let forged = Sample.chain([Sample.body(1), Sample.body(2, rest: ",\"x\":1"), Sample.body(3)])
        _ = reception.handle(.batch(1, Sample.journal, forged))
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<3])))
                == [.answer(1, .refused(.chain, expected: Sequence(2)))])
    }

    @Test func `refuses a known digest over other bytes`() {
        var reception = holding(3)
        let forged = RecordLine(digest: lines[1].digest, body: Sample.body(2, rest: ",\"x\":1"))
        #expect(
            reception.handle(.batch(1, Sample.journal, [forged]))
                == [.recall(1, Sample.journal, Sequence(1)...Sequence(2))])
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<2])))
                == [.answer(1, .refused(.chain, expected: Sequence(2)))])
    }

    @Test func `reads back again when the journal has gone on in the meantime`() {
        var reception = holding(2)
        _ = reception.handle(.batch(1, Sample.journal, Array(lines[1..<4])))
        #expect(
            reception.handle(.batch(2, Sample.journal, Array(lines[2..<4]))) == [
                .commit(1, [portion(2..<4, of: lines)])
            ])
        #expect(reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<2]))).isEmpty)
        #expect(
            reception.handle(.committed(1)) == [
                .answer(2, taken(Sample.position(lines, at: 4))),
                .recall(1, Sample.journal, Sequence(1)...Sequence(4)),
            ])
        #expect(
            reception.handle(.recalled(1, from: Sequence(1), Sample.known(lines[..<4])))
                == [.answer(1, taken(Sample.position(lines, at: 4)))])
    }

    @Test func `refuses a gap before the batch and says what it expects`() {
        var reception = holding(2)
        #expect(
            reception.handle(.batch(1, Sample.journal, Array(lines[3...])))
                == [.answer(1, .refused(.gap, expected: Sequence(3)))])
    }

    @Test mutating func `keeps what comes before a gap or a broken chain inside the batch`() {
        let gap = [lines[0], lines[1], lines[3]]
        #expect(reception.handle(.batch(1, Sample.journal, gap)) == [.commit(1, [portion(0..<2, of: lines)])])
        #expect(reception.handle(.committed(1)) == [.answer(1, .refused(.gap, expected: Sequence(3)))])
        let broken = [lines[2], RecordLine(digest: lines[3].digest, body: Sample.body(4, rest: ",\"x\":1")), lines[4]]
        #expect(reception.handle(.batch(2, Sample.journal, broken)) == [.commit(2, [portion(2..<3, of: lines)])])
        #expect(reception.handle(.committed(2)) == [.answer(2, .refused(.chain, expected: Sequence(4)))])
    }

    @Test func `refuses a record that continues another chain`() {
        var reception = holding(2)
        let stranger = Sample.chain([Sample.body(3)], after: lines[0].digest)
        #expect(
            reception.handle(.batch(1, Sample.journal, stranger))
                == [.answer(1, .refused(.chain, expected: Sequence(3)))])
    }

    @Test mutating func `rejects single records with a reason, keeps them, and goes on`() {
        let bodies = [
            Sample.body(1), Sample.body(2, version: 2), Sample.body(3, of: Sample.otherStation),
            Sample.body(4, of: Sample.otherJournal), Array("{\"w\":1}".utf8), Sample.body(6),
        ]
        let lines = Sample.chain(bodies)
        let reasons: [Reception.Rejection.Reason?] = [nil, .version, .station, .journal, .head, nil]
        let records = zip(lines, reasons).enumerated().map { index, pair in
            Reception.ReceivedRecord(
                sequence: Sequence(UInt64(index) + 1), type: pair.1 == .head ? "" : "event", line: pair.0,
                rejected: pair.1)
        }
        let position = Sample.position(lines, at: 6)
        #expect(
            reception.handle(.batch(1, Sample.journal, lines))
                == [.commit(1, [.init(journal: Sample.journal, records: records, position: position)])])
        let rejected = records.compactMap { record in
            record.rejected.map { Reception.Rejection(sequence: record.sequence, reason: $0) }
        }
        #expect(rejected.count == 4)
        #expect(reception.handle(.committed(1)) == [.answer(1, .taken(position, rejected: rejected, pace: nil))])
    }

    @Test mutating func `knows a repeated record without a readable head by its place`() {
        let lines = Sample.chain([Array("{\"w\":1}".utf8), Sample.body(2)])
        _ = reception.handle(.batch(1, Sample.journal, lines))
        _ = reception.handle(.committed(1))
        let recall: [Reception.Action] = [.recall(2, Sample.journal, Sequence(1)...Sequence(2))]
        #expect(reception.handle(.batch(2, Sample.journal, lines)) == recall)
        let headless = Sample.chain([Array("{\"w\":1}".utf8)])
        var other = Reception(positions: [Sample.journal: Sample.position(headless, at: 1)])
        #expect(
            other.handle(.batch(2, Sample.journal, headless))
                == [.recall(2, Sample.journal, Sequence(1)...Sequence(1))])
    }

    @Test mutating func `takes a type that it does not know`() {
        let lines = Sample.chain([Sample.body(1, type: "weighing")])
        let record = Sample.received(lines[0], type: "weighing")
        let position = Sample.position(lines, at: 1)
        #expect(
            reception.handle(.batch(1, Sample.journal, lines))
                == [.commit(1, [.init(journal: Sample.journal, records: [record], position: position)])])
    }

    @Test mutating func `keeps journals and stations apart`() {
        _ = reception.handle(.batch(1, Sample.journal, lines))
        _ = reception.handle(.committed(1))
        for name in [Sample.otherJournal, Sample.otherStation] {
            #expect(reception.handle(.positionAsked(2, name)) == [.answer(2, .position(.start))])
        }
        let third = Sample.lines(3, of: Sample.otherStation)
        #expect(
            reception.handle(.batch(3, Sample.otherStation, Array(third[1...])))
                == [.answer(3, .refused(.gap, expected: Sequence(1)))])
    }

    @Test func `goes on after a restart from what the store holds`() {
        var reception = holding(4)
        #expect(
            reception.handle(.positionAsked(1, Sample.journal)) == [
                .answer(1, .position(Sample.position(lines, at: 4)))
            ])
        #expect(
            reception.handle(.batch(2, Sample.journal, Array(lines[4...]))) == [.commit(1, [portion(4..<6, of: lines)])]
        )
    }

    @Test mutating func `answers an empty batch with where it stands`() {
        #expect(reception.handle(.batch(1, Sample.journal, [])) == [.answer(1, taken(.start))])
    }

    @Test mutating func `asks for patience beyond its limit, and slows stations down when busy`() {
        _ = reception.handle(.batch(1, Sample.otherJournal, Sample.lines(1, of: Sample.otherJournal)))
        for place in 0..<Reception.mostWaiting {
            let name = JournalName(station: StationID(UInt32(place) + 100), journal: Sample.journal.journal)
            #expect(reception.handle(.batch(RequestID(UInt64(place) + 10), name, Sample.lines(1, of: name))).isEmpty)
        }
        #expect(reception.handle(.batch(99, Sample.journal, lines)) == [.answer(99, .later(.tooManyBatches))])
        #expect(reception.handle(.committed(1)).count == 2)
        let answers = reception.handle(.committed(2))
        #expect(answers.count == Reception.mostWaiting)
        for case .answer(_, .taken(_, _, let pace)) in answers { #expect(pace == Reception.slowly) }
    }

    @Test func `does not begin more journals than its limit`() {
        let names = (0..<Reception.mostJournals).map {
            JournalName(station: StationID(UInt32($0)), journal: JournalID(high: 9, low: 9))
        }
        var reception = Reception(positions: Dictionary(uniqueKeysWithValues: names.map { ($0, .start) }))
        #expect(reception.handle(.batch(1, Sample.journal, lines)) == [.answer(1, .later(.tooManyJournals))])
    }

    @Test func `answers later when records cannot be read back`() {
        var reception = holding(3)
        _ = reception.handle(.batch(1, Sample.journal, Array(lines[..<3])))
        #expect(reception.handle(.failed(1)) == [.answer(1, .later(.notStored))])
        #expect(reception.handle(.failed(1)).isEmpty)
    }

    @Test mutating func `does not listen to answers that it did not ask for`() {
        #expect(reception.handle(.committed(4)).isEmpty)
        #expect(reception.handle(.commitFailed(4)).isEmpty)
        #expect(reception.handle(.recalled(4, from: Sequence(1), [])).isEmpty)
        #expect(reception.handle(.photoKept(4)).isEmpty)
        #expect(reception.handle(.photoFound(4, .init(kept: nil, record: nil))).isEmpty)
    }
}
