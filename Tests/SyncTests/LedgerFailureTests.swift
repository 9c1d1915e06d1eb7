import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct LedgerFailureTests {
    private func opened(_ settings: LedgerSettings = LedgerSettings()) -> Ledger {
        var ledger = Ledger(settings: settings)
        _ = ledger.handle(.start, at: second(0))
        _ = ledger.handle(.opened(JournalState(journal: journalA)), at: second(0))
        return ledger
    }

    private let full = JournalFailure("commit to journal.sqlite: database or disk is full; make room on the disk")

    @Test func `a failed commit acknowledges nothing and is tried again with what has come since`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(1))
        _ = ledger.handle(.record(event, stamp(1)), at: second(1))
        #expect(
            ledger.handle(.failed(1, full), at: second(2))
                == [.condition(.notWritable(full.reason)), .wake(second(4))])
        #expect(ledger.handle(.read(row(2)), at: second(3)) == [])
        #expect(
            ledger.handle(.wake, at: second(4))
                == [.commit(2, [.read(row(1)), .read(row(2)), .seal(write(1, event, stamp(1)))])])
        let actions = ledger.handle(.committed(2, CommitResult()), at: second(4))
        #expect(
            actions.prefix(3) == [
                .condition(.writable), .durable([ReadID(1), ReadID(2)]), .sealed(upTo: Sequence(1)),
            ])
    }

    @Test func `an answer to a commit that nobody waits for changes nothing`() {
        var ledger = opened()
        _ = ledger.handle(.read(row(1)), at: second(1))
        #expect(ledger.handle(.committed(7, CommitResult()), at: second(1)) == [])
        #expect(ledger.handle(.failed(7, full), at: second(1)) == [])
    }

    @Test func `beyond the bound vehicles are counted, and the first record after recovery is the gap`() {
        var settings = LedgerSettings()
        settings.mostWaiting = 2
        var ledger = opened(settings)
        _ = ledger.handle(.passageDecided(passage(1, at: 1), stamp(1)), at: second(1))
        _ = ledger.handle(.failed(1, full), at: second(1))
        #expect(
            ledger.handle(.passageDecided(passage(2, at: 2), stamp(2)), at: second(2))
                == [.sequence(PassageID(2), Sequence(2))])
        for n in 3...5 {
            #expect(
                ledger.handle(.passageDecided(passage(UInt64(n), at: Int64(n)), stamp(Int64(n))), at: second(2))
                    == [.notKept(PassageID(UInt64(n)))])
        }
        #expect(
            ledger.handle(.passageDecided(passage(6, lane: 2, at: 6), stamp(6)), at: second(2))
                == [.notKept(PassageID(6))])
        for n in [1, 2, 3] as [UInt64] {
            _ = ledger.handle(.passageClosed(passage(n, at: Int64(n)), photosAwaited: 0, stamp(7)), at: second(2))
        }
        let retry = ledger.handle(.wake, at: second(3))
        #expect(
            retry.first
                == .commit(
                    2,
                    [
                        .seal(write(1, .passage(passage(1, at: 1), photos: []), stamp(7))),
                        .seal(write(2, .passage(passage(2, at: 2), photos: []), stamp(7))),
                    ]))
        let after = ledger.handle(.committed(2, CommitResult()), at: second(8))
        let gaps = [
            Gap(lane: LaneNumber(1), from: second(3), to: second(5), count: 3),
            Gap(lane: LaneNumber(2), from: second(6), to: second(6), count: 1),
        ]
        #expect(
            after.contains(
                .commit(3, [.seal(write(3, .gap(gaps[0]), stamp(7))), .seal(write(4, .gap(gaps[1]), stamp(7)))])))
        _ = ledger.handle(.committed(3, CommitResult()), at: second(8))
        #expect(
            ledger.handle(.passageDecided(passage(7, at: 9), stamp(9)), at: second(9)).first
                == .sequence(PassageID(7), Sequence(5)))
    }

    @Test func `without a journal everything waits for its name`() {
        var ledger = Ledger()
        _ = ledger.handle(.start, at: second(0))
        let cause = JournalFailure("open /state/journal.sqlite: unable to open database file (SQLite 14)")
        #expect(
            ledger.handle(.openFailed(cause), at: second(0))
                == [.condition(.notWritable(cause.reason)), .wake(second(2))])
        #expect(ledger.handle(.read(row(1)), at: second(1)) == [])
        #expect(ledger.handle(.passageDecided(passage(1), stamp(1)), at: second(1)) == [])
        #expect(ledger.handle(.wake, at: second(2)) == [.open(settingAside: false)])
        let state = JournalState(journal: journalA, sealedUpTo: Sequence(40), nextRead: ReadID(90))
        #expect(
            ledger.handle(.opened(state), at: second(3)) == [
                .sequence(PassageID(1), Sequence(41)), .condition(.writable),
                .commit(
                    1,
                    [
                        .read(row(1)),
                        .keep(write(41, .passage(passage(1), photos: []), stamp(1), complete: false)),
                    ]),
            ])
        #expect(ledger.nextReadID() == ReadID(90))
    }

    @Test func `damage found by a commit begins a new journal with everything that is not sealed`() {
        var ledger = opened()
        _ = ledger.handle(.record(event, stamp(1)), at: second(1))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(1))
        _ = ledger.handle(.passageDecided(passage(1), stamp(2)), at: second(2))
        let damage = JournalFailure("database disk image is malformed", isDamage: true)
        #expect(
            ledger.handle(.failed(2, damage), at: second(2)).prefix(2)
                == [.condition(.notWritable(damage.reason)), .open(settingAside: true)])
        let actions = ledger.handle(.opened(JournalState(journal: JournalID(high: 3, low: 4))), at: second(3))
        #expect(actions.first == .sequence(PassageID(1), Sequence(1)))
        #expect(
            actions.contains(
                .commit(3, [.keep(write(1, .passage(passage(1), photos: []), stamp(2), complete: false))])))
    }

    @Test func `a new journal is begun when the commit under way has returned`() {
        var ledger = opened()
        _ = ledger.handle(.record(event, stamp(1)), at: second(1))
        #expect(ledger.handle(.beginNewJournal, at: second(1)) == [])
        #expect(
            ledger.handle(.committed(1, CommitResult()), at: second(1))
                == [.sealed(upTo: Sequence(1)), .open(settingAside: true)])
    }

    @Test func `what central said of the old journal is not written into the new one`() {
        var ledger = opened()
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(0))
        _ = ledger.handle(.acknowledged(upTo: Sequence(1), rejected: []), at: second(1))
        #expect(ledger.handle(.beginNewJournal, at: second(1)).contains(.open(settingAside: true)))
        _ = ledger.handle(.opened(JournalState(journal: JournalID(high: 3, low: 4))), at: second(1))
        #expect(ledger.handle(.wake, at: second(20)).filter { if case .commit = $0 { true } else { false } } == [])
    }

    @Test func `an acknowledgement waits for company, a photo's does not`() {
        var ledger = opened()
        let wait = second(1) + Ledger.noteWait
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        _ = ledger.handle(.committed(1, CommitResult()), at: second(0))
        let noteWake = ledger.handle(.acknowledged(upTo: Sequence(1), rejected: []), at: second(1))
        #expect(noteWake == [.wake(wait)])
        #expect(ledger.handle(.acknowledged(upTo: Sequence(2), rejected: []), at: second(2)) == [])
        #expect(
            ledger.handle(.wake, at: wait).first
                == .commit(2, [.acknowledged(upTo: Sequence(2), rejected: [], at: stamp(2).utc)]))
        _ = ledger.handle(.committed(2, CommitResult()), at: wait)
        let name = PhotoName(sequence: Sequence(1), camera: "front", number: 1)
        #expect(ledger.handle(.photoSent(name), at: second(10)).first == .commit(3, [.photoSent(name)]))
        #expect(ledger.handle(.committed(3, CommitResult()), at: second(10)).first == .deletePhotos([name]))
    }

    @Test func `what is past its retention goes in bounded steps, and only by a good clock`() {
        for clock in [ClockQuality.good, .unknown] {
            var ledger = opened()
            _ = ledger.handle(.record(event, stamp(0, clock: clock)), at: second(0))
            _ = ledger.handle(.committed(1, CommitResult()), at: second(0))
            _ = ledger.handle(.acknowledged(upTo: Sequence(1), rejected: []), at: second(1))
            _ = ledger.handle(.wake, at: second(6))
            _ = ledger.handle(.committed(2, CommitResult()), at: second(6))
            _ = ledger.handle(.wake, at: second(61))
            let actions = ledger.handle(.wake, at: second(66))
            guard clock == .good else {
                #expect(actions == [.wake(second(61) + .hours(1))])
                continue
            }
            let before = UTC(milliseconds: stamp(61).utc.milliseconds - Interval.days(90).milliseconds)
            let expire = JournalWrite.expire(acknowledgedBefore: before, most: Ledger.deletedAtOnce)
            #expect(actions.first == .commit(3, [expire]))
            // As many as asked for: there may be more.
            let result = CommitResult(deleted: Ledger.deletedAtOnce)
            #expect(ledger.handle(.committed(3, result), at: second(66)) == [.wake(second(67))])
        }
    }

    @Test func `a checkpoint comes in a quiet moment, or when the log has grown too long`() {
        var ledger = opened()
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        let busy = ledger.handle(.committed(1, CommitResult(logPages: Ledger.checkpointPages)), at: second(0))
        #expect(!busy.contains(.checkpoint))
        let quiet = ledger.handle(.committed(2, CommitResult(logPages: Ledger.checkpointPages)), at: second(0))
        #expect(quiet == [.sealed(upTo: Sequence(2)), .checkpoint])
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        _ = ledger.handle(.record(event, stamp(0)), at: second(0))
        let long = ledger.handle(.committed(3, CommitResult(logPages: Ledger.mostLogPages)), at: second(0))
        #expect(long.contains(.checkpoint))
    }
}
