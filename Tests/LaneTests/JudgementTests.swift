import Lane
import Testing

@Suite struct Judgements {
    static let list = ListVersion(epoch: 1, version: 7)

    @Test(arguments: [
        (ListAnswer.noList, Outcome.unjudged), (.denied(list), .denied), (.absent(list), .notOnList),
        (.issuerNotAccepted(list), .issuerNotAccepted), (.entry(Agreement(.approved), list), .approved),
        (.entry(Agreement(.noticePrepaidLow), list), .noticePrepaidLow),
        (.entry(Agreement(.noticeOverdue), list), .noticeOverdue), (.entry(Agreement(.blocked), list), .blocked),
    ])
    func `each answer of the list has its outcome`(answer: ListAnswer, outcome: Outcome) {
        let judgement = Judgement(of: answer, at: UTC(milliseconds: 0))
        #expect(judgement.outcome == outcome)
        #expect(judgement.list == (answer == .noList ? nil : Self.list))
    }

    @Test func `dates are checked before the status, from the first to before the last moment`() {
        let agreement = Agreement(.blocked, validFrom: UTC(milliseconds: 1_000), validUntil: UTC(milliseconds: 2_000))
        func outcome(_ at: Int64?) -> Outcome {
            Judgement(of: .entry(agreement, Self.list), at: at.map { UTC(milliseconds: $0) }).outcome
        }
        #expect(outcome(999) == .notYetValid)
        #expect(outcome(1_000) == .blocked)
        #expect(outcome(1_999) == .blocked)
        #expect(outcome(2_000) == .expired)
        #expect(outcome(nil) == .blocked, "without a good clock dates are not enforced")
    }

    @Test func `every outcome has the codes of the decision table`() {
        let table: [(Outcome, UInt8?, UInt8?, Bool)] = [
            (.approved, 0, 0x00, false), (.noticePrepaidLow, 0, 0x01, false), (.noticeOverdue, 0, 0x00, false),
            (.blocked, 20, 0x40, true), (.denied, 4, 0x30, true), (.expired, 6, 0x30, true),
            (.notYetValid, 7, 0x30, true),
            (.notOnList, 3, 0x30, true), (.issuerNotAccepted, 3, 0x30, true), (.malformed, 5, 0x30, true),
            (.authenticationFailed, 17, 0x30, true), (.unreadable, nil, nil, true), (.noTag, nil, nil, true),
            (.unjudged, nil, nil, false), (.readerDown, nil, nil, true),
        ]
        #expect(table.map(\.0) == Outcome.allCases)
        for (outcome, op, fin, photo) in table {
            #expect(outcome.resultOp == op && outcome.resultFin == fin && outcome.photoIsDue() == photo, "\(outcome)")
        }
        #expect(Outcome.unjudged.photoIsDue(unjudged: true))
    }
}
