import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct LedgerTests {
    /// A ledger whose journal is open and empty.
    private func opened(_ settings: LedgerSettings = LedgerSettings()) -> Ledger {
        var ledger = Ledger(settings: settings)
        #expect(ledger.handle(.start, at: second(0)) == [.open(settingAside: false)])
        let actions = ledger.handle(.opened(JournalState(journal: journalA)), at: second(0))
        #expect(actions == [.condition(.writable)])
        return ledger
    }

    @Test func `a lone read is committed at once and acknowledged when that has returned`() {
        var ledger = opened()
        #expect(ledger.nextReadID() == ReadID(1))
        #expect(ledger.handle(.read(row(1)), at: second(1)) == [.commit(1, [.read(row(1))])])
        let actions = ledger.handle(.committed(1, CommitResult()), at: second(1))
        #expect(actions == [.durable([ReadID(1)]), .wake(second(0) + Ledger.readsSettle)])
    }

    @Test func `reads that came before the journal was open get numbers that it has not used`() {
        var ledger = Ledger()
        _ = ledger.handle(.start, at: second(0))
        let early = ledger.nextReadID()
        #expect(early == ReadID(1))
        _ = ledger.handle(.read(row(1)), at: second(1))
        let decided = passage(9, reads: [early])
        _ = ledger.handle(.passageDecided(decided, stamp(1)), at: second(1))
        let state = JournalState(journal: journalA, nextRead: ReadID(500))
        let commits = ledger.handle(.opened(state), at: second(2)).compactMap { action -> [JournalWrite]? in
            if case .commit(_, let writes) = action { writes } else { nil }
        }
        let written = write(
            1, .passage(passage(9, reads: [ReadID(500)]), photos: []), stamp(1), complete: false, reads: [500])
        let renumbered = ReadNumbering(end: 2, shift: 499).renumbered(row(1))
        #expect(renumbered.id == ReadID(500))
        #expect(commits == [[.read(renumbered), .keep(written)]])
        // The lanes and the readers know it by the number that it was given.
        #expect(ledger.handle(.committed(1, CommitResult()), at: second(3)).contains(.durable([early])))
        #expect(ledger.nextReadID() == ReadID(501))
    }

    @Test func `a new journal is told first how far the readers were, until it has it`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        #expect(ledger.handle(.beginNewJournal, at: second(2)).first == .open(settingAside: true))
        let told = JournalWrite.position(row(1).position, of: "north", ReadID(1))
        let fresh = JournalState(journal: JournalID(high: 3, low: 4))
        // The read that no record has taken up goes to the new journal, too.
        #expect(ledger.handle(.opened(fresh), at: second(2)).contains(.commit(2, [told, .read(row(1))])))
        let failure = JournalFailure("the disk is full")
        _ = ledger.handle(.failed(2, failure), at: second(3))
        let again = ledger.handle(.wake, at: second(3) + Ledger.retryAfter)
        #expect(again.contains(.commit(3, [told, .read(row(1))])))
        _ = ledger.handle(.committed(3, CommitResult()), at: second(6))
        #expect(ledger.handle(.read(row(2)), at: second(7)) == [.commit(4, [.read(row(2))])])
    }

    @Test func `one commit is under way at a time and the next takes all that waits`() {
        var ledger = opened()
        #expect(ledger.handle(.read(row(1)), at: second(1)) == [.commit(1, [.read(row(1))])])
        #expect(ledger.handle(.record(event, stamp(1)), at: second(1)) == [])
        for id in 2...64 { #expect(ledger.handle(.read(row(UInt64(id))), at: second(1)) == []) }
        let actions = ledger.handle(.committed(1, CommitResult()), at: second(1))
        let writes = (2...64).map { JournalWrite.read(row(UInt64($0))) } + [.seal(write(1, event, stamp(1)))]
        #expect(actions.prefix(2) == [.durable([ReadID(1)]), .commit(2, writes)])
        #expect(
            ledger.handle(.committed(2, CommitResult()), at: second(1)).prefix(2)
                == [.durable((2...64).map { ReadID($0) }), .sealed(upTo: Sequence(1))])
    }

    @Test func `a passage has its sequence from its decision, and is kept, then sealed`() {
        var ledger = opened()
        let decided = passage(9)
        #expect(
            ledger.handle(.passageDecided(decided, stamp(1)), at: second(1)) == [
                .sequence(PassageID(9), Sequence(1)),
                .commit(1, [.keep(write(1, .passage(decided, photos: []), stamp(1), complete: false))]),
            ])
        #expect(ledger.handle(.committed(1, CommitResult()), at: second(2)) == [])
        var gone = decided
        gone.end = second(3)
        #expect(
            ledger.handle(.passageClosed(gone, photosAwaited: 0, stamp(3)), at: second(3)) == [
                .commit(2, [.seal(write(1, .passage(gone, photos: []), stamp(3)))])
            ])
        #expect(ledger.handle(.committed(2, CommitResult()), at: second(3)) == [.sealed(upTo: Sequence(1))])
        #expect(ledger.waiting == 0)
    }

    @Test func `what is decided and closed before the commit begins is written once`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(1))
        _ = ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1))
        _ = ledger.handle(.passageClosed(passage(1), photosAwaited: 0, stamp(2)), at: second(2))
        let actions = ledger.handle(.committed(1, CommitResult()), at: second(2))
        #expect(actions.contains(.commit(2, [.seal(write(1, .passage(passage(1), photos: []), stamp(2)))])))
    }

    @Test func `a passage whose photo is awaited holds back those after it`() {
        var ledger = opened()
        _ = ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        #expect(
            ledger.handle(.passageClosed(passage(1), photosAwaited: 1, stamp(2)), at: second(2)) == [
                .commit(2, [.keep(write(1, .passage(passage(1), photos: []), stamp(2), complete: false))]),
                .wake(second(122)),
            ])
        _ = ledger.handle(.committed(2, CommitResult()), at: second(2))
        #expect(
            ledger.handle(.record(event, stamp(3)), at: second(3)) == [.commit(3, [.keep(write(2, event, stamp(3)))])])
        #expect(ledger.handle(.committed(3, CommitResult()), at: second(3)) == [])

        let results = [photo(stored("front"))]
        let actions = ledger.handle(.photosSettled(PassageID(1), results, stamp(4)), at: second(4))
        #expect(
            actions == [
                .commit(
                    4,
                    [
                        .seal(write(1, .passage(passage(1), photos: results), stamp(4))),
                        .seal(write(2, event, stamp(3))),
                    ]),
                .wake(nil),
            ])
        #expect(ledger.handle(.committed(4, CommitResult()), at: second(4)) == [.sealed(upTo: Sequence(2))])
    }

    @Test func `sealAfter seals without the photo, flagged, and the late photo is still sent`() {
        var ledger = opened()
        _ = ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        _ = ledger.handle(.passageClosed(passage(1), photosAwaited: 1, stamp(2)), at: second(2))
        _ = ledger.handle(.committed(2, CommitResult()), at: second(2))
        #expect(ledger.handle(.wake, at: second(121)) == [.wake(second(122))])
        var early = passage(1)
        early.flags = .sealedEarly
        #expect(
            ledger.handle(.wake, at: second(122))
                == [.commit(3, [.seal(write(1, .passage(early, photos: []), stamp(2)))])])
        #expect(ledger.handle(.committed(3, CommitResult()), at: second(122)) == [.sealed(upTo: Sequence(1))])

        let results = [photo(stored("late"))]
        _ = ledger.handle(.photosSettled(PassageID(1), results, stamp(130)), at: second(130))
        #expect(
            ledger.handle(.wake, at: second(135))
                == [.commit(4, [.photos(Sequence(1), LaneNumber(1), results)])])
    }

    @Test func `a vehicle that stands for long is sealed when it has gone, with all its photos (I3)`() {
        var ledger = opened()
        _ = ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        #expect(ledger.handle(.wake, at: second(300)) == [])
        let results = [photo(stored("front"))]
        _ = ledger.handle(.photosSettled(PassageID(1), results, stamp(300)), at: second(300))
        _ = ledger.handle(.committed(2, CommitResult()), at: second(300))
        #expect(
            ledger.handle(.passageClosed(passage(1), photosAwaited: 0, stamp(301)), at: second(301))
                == [.commit(3, [.seal(write(1, .passage(passage(1), photos: results), stamp(301)))])])
    }

    @Test func `a revision and a photo's result both stay until sealing`() {
        var ledger = opened()
        _ = ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1))
        _ = ledger.handle(.photosSettled(PassageID(1), [photo(stored("a"))], stamp(2)), at: second(2))
        _ = ledger.handle(.photosSettled(PassageID(1), [photo(.discarded)], stamp(2)), at: second(2))
        var revised = passage(1)
        revised.flags = .revised
        _ = ledger.handle(.passageRevised(revised, stamp(3)), at: second(3))
        _ = ledger.handle(.passageClosed(revised, photosAwaited: 0, stamp(4)), at: second(4))
        let actions = ledger.handle(.committed(1, CommitResult()), at: second(4))
        #expect(
            actions.contains(
                .commit(2, [.seal(write(1, .passage(revised, photos: [photo(.discarded)]), stamp(4)))])))
    }

    // MARK: Reads and the records that they are in

    @Test func `a record takes up its reads and their repeats, and no other`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1, at: 1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        _ = ledger.handle(.read(row(2, at: 2)), at: second(2))
        _ = ledger.handle(.committed(2, CommitResult()), at: second(2))
        _ = ledger.handle(.read(row(3, at: 2, .tag(tagNumber(8)))), at: second(2))
        _ = ledger.handle(.committed(3, CommitResult()), at: second(2))
        var decided = passage(1, at: 1, reads: [ReadID(1)])
        decided.reads[0].repeats = 1
        decided.reads[0].last = second(2)
        let actions = ledger.handle(.passageDecided(decided, stamp(2)), at: second(2))
        let kept = write(1, .passage(decided, photos: []), stamp(2), complete: false, reads: [1, 2])
        #expect(actions.contains(.commit(4, [.keep(kept)])))
        // Written once: the next copy of the record does not take them up again.
        _ = ledger.handle(.committed(4, CommitResult()), at: second(2))
        let closing = ledger.handle(.passageClosed(decided, photosAwaited: 0, stamp(3)), at: second(3))
        #expect(closing.first == .commit(5, [.seal(write(1, .passage(decided, photos: []), stamp(3)))]))
    }

    @Test func `the tag of a passage, heard in the next lane, is not taken up: that lane makes a record of it`() {
        var settings = LedgerSettings()
        settings.laneOfAntenna = [
            AntennaNumber(1): LaneNumber(1), AntennaNumber(2): LaneNumber(1), AntennaNumber(3): LaneNumber(2),
        ]
        var ledger = opened(settings)
        for id in UInt64(1)...3 {
            _ = ledger.handle(.read(row(id, at: 1, antenna: UInt8(id))), at: second(1))
            _ = ledger.handle(.committed(Int(id), CommitResult()), at: second(1))
        }
        let decided = passage(1, at: 1, reads: [ReadID(1)])
        let actions = ledger.handle(.passageDecided(decided, stamp(2)), at: second(2))
        let kept = write(1, .passage(decided, photos: []), stamp(2), complete: false, reads: [1, 2])
        #expect(actions.contains(.commit(4, [.keep(kept)])))
    }

    @Test func `a read that is taken up while its commit is under way is deleted by the next`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(0))
        let decided = passage(1, reads: [ReadID(1)])
        _ = ledger.handle(.passageDecided(decided, stamp(0)), at: second(0))
        let actions = ledger.handle(.committed(1, CommitResult()), at: second(0))
        let kept = write(1, .passage(decided, photos: []), stamp(0), complete: false, reads: [1])
        #expect(actions.contains(.commit(2, [.keep(kept)])))
        #expect(ledger.readsAlone == [])
    }

    @Test func `a read that no record takes up becomes a record of its own`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(0))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(0))
        let due = second(0) + Ledger.readsSettle
        let read = ReplayedRead(
            id: ReadID(1), reader: "north", antenna: AntennaNumber(1), content: .tag(tag), moment: .at(second(0)),
            reason: .withoutRecord)
        let stamp = Stamp(at: second(0), utc: stamp(0).utc, clock: .unknown)
        #expect(
            ledger.handle(.wake, at: due)
                == [.commit(2, [.seal(write(1, .replayedRead(read), stamp, reads: [1]))])])
    }

    @Test func `a replayed read, its record and its reader's position are one commit`() {
        var ledger = opened()
        let read = ReplayedRead(
            id: ReadID(1), reader: "north", antenna: nil, content: .unreadable, moment: .between(nil, second(1)),
            reason: .beforeSynchronised)
        let position = ReaderPosition(digit: 6, frame: [0x23])
        let record = RecordWrite(
            sequence: Sequence(1), draft: .replayedRead(read), stamp: stamp(1), isComplete: true, position: position)
        #expect(
            ledger.handle(.replayedRead(read, position, stamp(1)), at: second(1)) == [.commit(1, [.seal(record)])])
        #expect(
            ledger.handle(.committed(1, CommitResult()), at: second(1))
                == [.durable([ReadID(1)]), .sealed(upTo: Sequence(1))])
    }
}
