import Exchange
import Lane
import Testing

@testable import Sync

/// Central servers that are wrong for ever, and records that cannot be read: seldom asked, one steady condition, one file at most.
@Suite struct UploaderStubbornTests {
    private let digest = Digest(of: [1])

    private func state(_ journal: JournalID, sealed: UInt64 = 5) -> JournalState {
        JournalState(journal: journal, sealedUpTo: Sequence(sealed))
    }

    private func position(_ n: UInt64, of journal: JournalID = journalA) -> UploadAnswer {
        .position(PositionAnswer(journal: journal, contiguous: Sequence(n), digest: digest), ours: digest)
    }

    private func batch(_ n: UInt64, of journal: JournalID = journalA) -> UploadAnswer {
        .batch(BatchAnswer(journal: journal, contiguous: Sequence(n), digest: digest), ours: digest)
    }

    /// What came of an hour with a central server that always answers so.
    private struct Hour {
        var questions = 0
        var conditions: [DeliveryCondition] = []
        var newJournals = 0
        var moments: [Instant] = []
    }

    /// Every question is answered at once; a new journal is open at once.
    private func hour(
        _ uploader: inout Uploader, from start: Instant = second(0), position: (JournalID) -> UploadAnswer,
        batch: (JournalID) -> UploadAnswer
    ) -> Hour {
        var hour = Hour()
        var now = start
        var events: [Uploader.Event] = [.start(state(journalA))]
        var wake: Instant?
        while now < start + .hours(1), hour.questions < 5_000 {
            guard !events.isEmpty else {
                guard let due = wake else { break }
                now = max(now, due)
                wake = nil
                events = [.wake]
                continue
            }
            for action in uploader.handle(events.removeFirst(), at: now) {
                switch action {
                case .askPosition(let journal):
                    hour.questions += 1
                    hour.moments.append(now)
                    events.append(.answer(position(journal)))
                case .send(let journal, _, _, _):
                    hour.questions += 1
                    events.append(.answer(batch(journal)))
                case .beginNewJournal:
                    hour.newJournals += 1
                    events.append(.start(state(JournalID(high: 9, low: UInt64(hour.newJournals)))))
                case .condition(let condition): hour.conditions.append(condition)
                case .wake(let moment): wake = moment
                case .acknowledged, .lose: break
                }
            }
        }
        return hour
    }

    @Test func `central that knows its position and takes no batch is asked ever more seldom, and the alarm is steady`()
    {
        let answers: [(UploadAnswer, DeliveryCondition)] = [
            (.refused(Refusal(.malformed, message: "no")), .refused("no")),
            (batch(0), .refused("central took nothing from record 1 on")),
            (.later("central answered 500", notBefore: nil), .unreachable("central answered 500")),
            (.unreadable("record 1 is damaged"), .cannotRead("record 1 is damaged")),
        ]
        for (answer, condition) in answers {
            var uploader = Uploader(seed: 3)
            let hour = hour(&uploader, position: { position(0, of: $0) }, batch: { _ in answer })
            #expect(hour.conditions == [condition])
            // Some ten until the cap of 5 min is reached, then one in 2.5 min on average; two questions each.
            #expect((20...120).contains(hour.questions), "\(hour.questions) for \(condition)")
            #expect(hour.newJournals == 0)
        }
    }

    @Test func `central that claims a thousand million records makes one new journal, not twenty a second`() {
        var uploader = Uploader(seed: 3)
        let hour = hour(
            &uploader, position: { position(1_000_000_000, of: $0) }, batch: { batch(1_000_000_000, of: $0) })
        #expect(hour.newJournals == 1)
        #expect((20...120).contains(hour.questions))
        #expect(
            hour.conditions == [
                .refused(
                    "central has 1000000000 records, we have 5, though this journal was begun anew and it has taken "
                        + "nothing of it; its operator has to look")
            ])
    }

    @Test func `central that takes a batch and then claims the world gets few new journals, ever more seldom`() {
        var uploader = Uploader(seed: 3)
        var positions = 0
        let hour = hour(
            &uploader,
            position: { journal in
                positions += 1
                return position(positions % 2 == 1 ? 0 : 1_000_000_000, of: journal)
            },
            batch: { batch(positions % 4 == 1 ? 3 : 1_000_000_000, of: $0) })
        #expect((1...3).contains(hour.newJournals), "\(hour.newJournals)")
    }

    @Test func `a new journal that did not come about is asked for again, after the pause`() {
        var uploader = Uploader(seed: 3)
        _ = uploader.handle(.start(state(journalA)), at: second(0))
        #expect(
            uploader.handle(.answer(position(9)), at: second(0)).first
                == .beginNewJournal(reason: "central has 9 records, we have 5"))
        // The disk did not let the file be moved: the same journal was opened once more.
        _ = uploader.handle(.start(state(journalA)), at: second(1))
        let objection = "central has 9 records, we have 5, and a new journal was begun only lately; "
        #expect(
            uploader.handle(.answer(position(9)), at: second(1)).first
                == .condition(.refused(objection + "its operator has to look")))
        let later = second(0) + JournalSuccession.shortest
        _ = uploader.handle(.wake, at: later)
        #expect(
            uploader.handle(.answer(position(9)), at: later).first
                == .beginNewJournal(reason: "central has 9 records, we have 5"))
    }

    @Test func `what central took while its answer was lost is progress`() {
        var uploader = Uploader(seed: 3)
        _ = uploader.handle(.start(state(journalA, sealed: 900)), at: second(0))
        _ = uploader.handle(.answer(position(0)), at: second(0))
        _ = uploader.handle(.answer(.later("no answer", notBefore: nil)), at: second(1))
        _ = uploader.handle(.wake, at: second(5))
        #expect(uploader.handle(.answer(position(500)), at: second(5)).first == .condition(.delivering))
    }
}
