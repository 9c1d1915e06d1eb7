import Exchange
import Lane
import Testing

@testable import Sync

@Suite struct SalvageDeliveryTests {
    private let digest = Digest(of: [1])
    private let old = SalvagedJournal(
        file: "/state/journal.sqlite.salvaged-1", journal: journalA, sealedUpTo: Sequence(30), records: 20, lost: [],
        lostRecords: 0)

    private func position(_ n: UInt64, ours: Digest?) -> SalvageDelivery.Event {
        .answer(.position(PositionAnswer(journal: journalA, contiguous: Sequence(n), digest: digest), ours: ours))
    }

    /// One that has salvaged and asks central.
    private func delivering() -> SalvageDelivery {
        var delivery = SalvageDelivery(seed: 1, delivers: true)
        #expect(delivery.handle(.start, at: second(0)) == [.disk(.goOn)])
        #expect(delivery.handle(.disk(.working), at: second(0)) == [.disk(.goOn)])
        #expect(
            delivery.handle(.disk(.salvaged(old)), at: second(0))
                == [.salvaged(old), .central(old, .askPosition(journalA))])
        return delivery
    }

    @Test func `what was salvaged is sent from where central stands, and gets its last name when all is there`() {
        var delivery = delivering()
        #expect(
            delivery.handle(position(10, ours: digest), at: second(1)).contains(
                .central(
                    old,
                    .send(
                        journalA, from: Sequence(11), mostRecords: Uploader.mostRecords,
                        mostBytes: Uploader.mostBytes))))
        let answer = BatchAnswer(journal: journalA, contiguous: Sequence(30), digest: digest)
        #expect(
            delivery.handle(.answer(.batch(answer, ours: digest)), at: second(2)).last == .photo(old, after: nil))
        #expect(
            delivery.handle(.photo(.none), at: second(2)).suffix(2) == [.delivered(old), .disk(.deliver(old))])
        #expect(delivery.handle(.disk(.working), at: second(2)) == [.disk(.goOn)])
        #expect(delivery.handle(.disk(.nothing), at: second(2)) == [])
        #expect(delivery.handle(.start, at: second(3)) == [.disk(.goOn)])
    }

    @Test func `where central has more than could be salvaged, nothing of it is missing there`() {
        var delivery = delivering()
        #expect(delivery.handle(position(40, ours: nil), at: second(1)).contains(.photo(old, after: nil)))
    }

    @Test func `photos go after their passages, under their old names, and one that is refused holds up none`() {
        func name(_ sequence: UInt64) -> PhotoName {
            PhotoName(sequence: Sequence(sequence), camera: "front", number: 1)
        }
        var delivery = delivering()
        _ = delivery.handle(position(30, ours: digest), at: second(1))
        #expect(
            delivery.handle(.photo(.sent(name(12))), at: second(2)) == [
                .disk(.photoSent(old, name(12))), .photoCondition(.delivering), .photo(old, after: name(12)),
            ])
        #expect(delivery.handle(.disk(.photoSettled), at: second(2)) == [])
        let away = delivery.handle(.photo(.later("no route", notBefore: nil)), at: second(3))
        #expect(away.first == .photoCondition(.unreachable("no route")) && away.count == 2)
        #expect(delivery.handle(.wake, at: second(600)).first == .photo(old, after: name(12)))
        #expect(
            delivery.handle(.photo(.refused(name(13), reason: "its file is gone")), at: second(601)).prefix(2) == [
                .photoRefused(name(13), reason: "its file is gone"),
                .disk(.photoRefused(old, name(13), reason: "its file is gone")),
            ])
        #expect(delivery.handle(.photo(.none), at: second(602)).last == .disk(.deliver(old)))
    }

    @Test func `where central has another history, it is left, and the next one has its turn`() {
        var delivery = delivering()
        let actions = delivery.handle(position(10, ours: Digest(of: [2])), at: second(1))
        #expect(
            actions.prefix(2) == [
                .givenUp(old, reason: "central has another record 10 than we"), .disk(.leave(old)),
            ])
        #expect(delivery.handle(.disk(.working), at: second(1)) == [.disk(.goOn)])
    }

    @Test func `what central has behind the last record that could be read is declared there`() {
        var delivery = delivering()
        #expect(
            delivery.handle(position(20, ours: nil), at: second(1)).first
                == .disk(.lose(old, from: Sequence(21), after: digest)))
        let lost = LostRecords(Sequence(21), to: Sequence(22), digest: digest, reason: .damaged)
        #expect(delivery.handle(.disk(.lost([lost])), at: second(1)) == [.lost([lost])])
    }

    @Test func `a disk that fails is asked again after a pause, and without a central server nothing is asked`() {
        var delivery = SalvageDelivery(seed: 1, delivers: false)
        _ = delivery.handle(.start, at: second(0))
        let later = second(0) + SalvageDelivery.retryAfter
        #expect(
            delivery.handle(.disk(.failed("no room")), at: second(0)) == [.failed("no room"), .wake(later)])
        #expect(delivery.handle(.wake, at: second(5)) == [])
        #expect(delivery.handle(.wake, at: later) == [.disk(.goOn)])
        #expect(delivery.handle(.disk(.salvaged(old)), at: later) == [.salvaged(old)])
    }
}
