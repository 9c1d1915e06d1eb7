import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct UploaderTests {
    private let digest = Digest(of: [1])
    private let other = Digest(of: [2])

    private func send(_ from: UInt64, records: Int = Uploader.mostRecords) -> Uploader.Action {
        .send(journalA, from: Sequence(from), mostRecords: records, mostBytes: Uploader.mostBytes)
    }

    private func position(_ n: UInt64) -> Uploader.Event {
        .answer(.position(PositionAnswer(journal: journalA, contiguous: Sequence(n), digest: digest), ours: digest))
    }

    private func batch(
        _ n: UInt64, rejected: [BatchAnswer.Rejection] = [], pace: BatchAnswer.Pace? = nil
    ) -> Uploader.Event {
        let answer = BatchAnswer(
            journal: journalA, contiguous: Sequence(n), digest: digest, rejected: rejected, pace: pace)
        return .answer(.batch(answer, ours: digest))
    }

    private func acknowledged(_ n: UInt64, _ rejected: [BatchAnswer.Rejection] = []) -> Uploader.Action {
        .acknowledged(upTo: Sequence(n), rejected: rejected)
    }

    /// An uploader that has sealed records up to `sealed`, and central has them up to `central`.
    private func started(sealed: UInt64, central: UInt64) -> (Uploader, [Uploader.Action]) {
        var uploader = Uploader(seed: 1)
        let state = JournalState(
            journal: journalA, sealedUpTo: Sequence(sealed), acknowledgedUpTo: Sequence(central))
        #expect(uploader.handle(.start(state), at: second(0)) == [.askPosition(journalA)])
        let actions = uploader.handle(position(central), at: second(0))
        return (uploader, actions)
    }

    @Test func `it asks for the position, sends from there, and goes on as records are sealed`() {
        var (uploader, actions) = started(sealed: 700, central: 0)
        #expect(actions == [send(1)])
        #expect(uploader.backlog == 700)
        #expect(
            uploader.handle(batch(500), at: second(1)) == [.condition(.delivering), acknowledged(500), send(501)])
        #expect(uploader.handle(.sealed(upTo: Sequence(701)), at: second(1)) == [])
        #expect(uploader.handle(batch(700), at: second(2)) == [acknowledged(700), send(701)])
        #expect(uploader.handle(batch(701), at: second(2)) == [acknowledged(701)])
        #expect(uploader.handle(.sealed(upTo: Sequence(702)), at: second(3)) == [send(702)])
        #expect(uploader.backlog == 1)
    }

    @Test(arguments: [
        UploadAnswer.later("central answered 500", notBefore: nil),
        .later("central answered 200 with something that is no answer", notBefore: nil),
        .later("central answered 301; redirects are not followed, check the address of central", notBefore: nil),
        .later("POST https://central.example: connection refused; nothing listens there", notBefore: nil),
    ])
    func `what means nothing acknowledges nothing, waits, and asks for the position again`(_ answer: UploadAnswer) {
        var (uploader, _) = started(sealed: 3, central: 1)
        let actions = uploader.handle(.answer(answer), at: second(1))
        guard case .later(let reason, _) = answer, case .wake(let wake?) = actions.last else {
            Issue.record("no wake")
            return
        }
        #expect(actions == [.condition(.unreachable(reason)), .wake(wake)])
        #expect(second(1) <= wake && wake <= second(1) + BackOff.shortest)
        #expect(uploader.handle(.sealed(upTo: Sequence(4)), at: second(1)) == [])
        #expect(uploader.handle(.wake, at: wake) == [.askPosition(journalA), .wake(nil)])
        #expect(uploader.handle(position(1), at: wake) == [send(2)])
        #expect(uploader.handle(batch(4), at: wake) == [.condition(.delivering), acknowledged(4)])
    }

    @Test func `the pause doubles up to its cap and is drawn after it`() {
        var backOff = BackOff(seed: 7)
        for failure in 0..<40 {
            let cap = min(Interval.seconds(1 << Int64(min(failure, 20))), BackOff.longest)
            let pause = backOff.next()
            #expect(.zero <= pause && pause <= cap)
        }
        // At the cap the draw still goes over all of it: in 200 draws each fifth of it is met.
        let fifths = Set((0..<200).map { _ in backOff.next().nanoseconds * 5 / (BackOff.longest.nanoseconds + 1) })
        #expect(fifths == [0, 1, 2, 3, 4])
        backOff.reset()
        #expect(backOff.next() <= BackOff.shortest)
        #expect(BackOff(seed: 1) == BackOff(seed: 1))
        var (one, two) = (BackOff(seed: 1), BackOff(seed: 2))
        #expect(one.next() != two.next())
    }

    @Test func `central can ask to be left alone, within a bound`() {
        var (uploader, _) = started(sealed: 3, central: 1)
        let actions = uploader.handle(.answer(.later("busy", notBefore: .seconds(40))), at: second(1))
        #expect(actions.last == .wake(second(41)))
        #expect(uploader.handle(.wake, at: second(40)) == [])
        #expect(uploader.handle(.wake, at: second(41)).first == .askPosition(journalA))
        let far = uploader.handle(.answer(.later("busy", notBefore: .days(400))), at: second(50))
        #expect(far.last == .wake(second(50) + Uploader.longestPause))
    }

    @Test func `central can set the pace, within bounds`() {
        var (uploader, _) = started(sealed: 2_000, central: 0)
        let slow = BatchAnswer.Pace(records: 10, pauseMilliseconds: 2_000)
        #expect(
            uploader.handle(batch(500, pace: slow), at: second(1))
                == [.condition(.delivering), acknowledged(500), .wake(second(3))])
        #expect(uploader.handle(.wake, at: second(3)) == [send(501, records: 10), .wake(nil)])
        let wild = BatchAnswer.Pace(records: -5, pauseMilliseconds: -1)
        #expect(uploader.handle(batch(510, pace: wild), at: second(4)) == [acknowledged(510), send(511, records: 1)])
        #expect(uploader.handle(batch(511), at: second(4)) == [acknowledged(511), send(512)])
    }

    @Test func `a gap goes back to what central expects`() {
        var (uploader, _) = started(sealed: 90, central: 80)
        let gap = UploadAnswer.refused(Refusal(.gap, expected: Sequence(51), message: "a sequence is missing"))
        #expect(uploader.handle(.answer(gap), at: second(1)) == [send(51)])
        // What central lost is not acknowledged any more.
        #expect(uploader.handle(batch(60), at: second(1)) == [acknowledged(60), send(61)])
        #expect(uploader.handle(batch(90), at: second(2)) == [.condition(.delivering), acknowledged(90)])
    }

    @Test func `one gap after another is given growing pauses`() {
        var (uploader, _) = started(sealed: 90, central: 80)
        let gap = UploadAnswer.refused(Refusal(.gap, expected: Sequence(51), message: "missing"))
        #expect(uploader.handle(.answer(gap), at: second(1)) == [send(51)])
        #expect(uploader.handle(batch(80), at: second(1)) == [send(81)])
        #expect(uploader.handle(.answer(gap), at: second(1)).first == .condition(.refused("missing")))
    }

    @Test func `a gap that leads nowhere is waited out`() {
        for expected in [81, 85, 500, 0] as [UInt64] {
            var (uploader, _) = started(sealed: 90, central: 80)
            let gap = UploadAnswer.refused(Refusal(.gap, expected: Sequence(expected), message: "missing"))
            let actions = uploader.handle(.answer(gap), at: second(1))
            #expect(actions.first == .condition(.refused("missing")))
            #expect(actions.count == 2)
        }
    }

    @Test func `a central server that went back is served again from its own position`() {
        var uploader = Uploader(seed: 1)
        let state = JournalState(journal: journalA, sealedUpTo: Sequence(90), acknowledgedUpTo: Sequence(80))
        _ = uploader.handle(.start(state), at: second(0))
        #expect(
            uploader.handle(position(20), at: second(0)) == [acknowledged(20), send(21)])
    }

    @Test func `one that went back beyond our retention is told what is gone, and is served from what is here`() {
        var (uploader, _) = started(sealed: 90, central: 80)
        _ = uploader.handle(.answer(.later("gone", notBefore: nil)), at: second(1))
        _ = uploader.handle(.wake, at: second(5))
        let answer = PositionAnswer(journal: journalA, contiguous: Sequence(3), digest: digest)
        let actions = uploader.handle(.answer(.position(answer, ours: nil)), at: second(5))
        #expect(
            actions.prefix(2) == [
                .lose(from: Sequence(4), after: digest),
                .condition(.refused("central went back to record 3, which is past its retention here")),
            ])
        _ = uploader.handle(.wake, at: second(9))
        #expect(uploader.handle(position(3), at: second(9)) == [acknowledged(3), send(4)])
    }

    @Test func `a damaged record is declared lost behind the digest that central has, until it can be sent`() {
        var (uploader, _) = started(sealed: 90, central: 80)
        let damaged = Uploader.Event.answer(.damaged(at: Sequence(81), "record 81 is damaged"))
        #expect(
            uploader.handle(damaged, at: second(1)).prefix(2) == [
                .lose(from: Sequence(81), after: digest), .condition(.cannotRead("record 81 is damaged")),
            ])
        #expect(uploader.handle(.wake, at: second(5)).first == .askPosition(journalA))
        #expect(uploader.handle(position(80), at: second(5)) == [send(81)])
        #expect(uploader.handle(damaged, at: second(6)).first == .lose(from: Sequence(81), after: digest))
    }

    @Test func `a file that cannot be read is given up for a new one`() {
        var (uploader, _) = started(sealed: 90, central: 80)
        #expect(
            uploader.handle(.answer(.damaged(at: nil, "the file is malformed")), at: second(1)).first
                == .beginNewJournal(reason: "the file is malformed"))
    }

    @Test func `a rejected record is set aside and the sequence goes on`() {
        var (uploader, _) = started(sealed: 5, central: 0)
        let rejection = BatchAnswer.Rejection(sequence: Sequence(2), reason: "version")
        #expect(
            uploader.handle(batch(3, rejected: [rejection]), at: second(1))
                == [.condition(.delivering), acknowledged(3, [rejection]), send(4)])
    }

    @Test func `a central server that has more than we, or another digest, means a new journal`() {
        for (contiguous, ours) in [(9, digest), (3, other)] as [(UInt64, Digest)] {
            var uploader = Uploader(seed: 1)
            let state = JournalState(journal: journalA, sealedUpTo: Sequence(5))
            _ = uploader.handle(.start(state), at: second(0))
            let answer = PositionAnswer(journal: journalA, contiguous: Sequence(contiguous), digest: digest)
            let actions = uploader.handle(.answer(.position(answer, ours: ours)), at: second(0))
            guard case .beginNewJournal = actions.first else {
                Issue.record("\(actions)")
                continue
            }
            let journalB = JournalID(high: 5, low: 6)
            #expect(
                uploader.handle(.start(JournalState(journal: journalB)), at: second(1))
                    == [.askPosition(journalB), .wake(nil)])
        }
    }

    @Test func `a broken chain is not believed before the position was compared`() {
        var (uploader, _) = started(sealed: 5, central: 2)
        let chain = UploadAnswer.refused(Refusal(.chain, expected: Sequence(3), message: "does not continue the chain"))
        #expect(
            uploader.handle(.answer(chain), at: second(1)).first == .condition(.refused("does not continue the chain")))
        #expect(uploader.handle(.wake, at: second(2)).first == .askPosition(journalA))
        #expect(uploader.handle(position(2), at: second(2)) == [send(3)])
    }

    @Test func `a batch that is too large is halved until it fits`() {
        var (uploader, _) = started(sealed: 5, central: 0)
        let refusal = UploadAnswer.refused(Refusal(.tooLarge, message: "too many"))
        for records in [250, 125, 62, 31, 15, 7, 3, 1] {
            #expect(uploader.handle(.answer(refusal), at: second(1)) == [send(1, records: records)])
        }
        #expect(uploader.handle(.answer(refusal), at: second(1)).first == .condition(.refused("too many")))
    }

    @Test func `an answer for another journal, or one that takes nothing, acknowledges nothing`() {
        var (uploader, _) = started(sealed: 5, central: 2)
        let answer = BatchAnswer(journal: JournalID(high: 9, low: 9), contiguous: Sequence(5), digest: digest)
        #expect(
            uploader.handle(.answer(.batch(answer, ours: digest)), at: second(1)).first
                == .condition(.unreachable("the answer is for another journal")))
        (uploader, _) = started(sealed: 5, central: 2)
        #expect(
            uploader.handle(batch(2), at: second(1)).first
                == .condition(.refused("central took nothing from record 3 on")))
    }

    @Test func `an answer to a question about a journal that was given up means nothing`() {
        var (uploader, _) = started(sealed: 5, central: 2)
        let journalB = JournalID(high: 5, low: 6)
        #expect(uploader.handle(.start(JournalState(journal: journalB)), at: second(1)) == [])
        #expect(uploader.handle(batch(5), at: second(1)) == [.askPosition(journalB)])
    }
}
