import Exchange
import Lane
import Testing

@testable import LaneSim
@testable import Sync

/// I2 and I8: what a station cannot deliver any more is declared, and all the rest is delivered.
@Suite struct DeclaredGapTests {
    private func range(_ first: UInt64, _ last: UInt64, _ reason: LostRecords.Reason) -> String {
        "\(LostRecords(Sequence(first), to: Sequence(last), digest: nil, reason: reason))"
    }

    @Test func `damaged records in the middle are declared, and everything else is delivered (I2, I8)`() throws {
        var delivery = try GapDelivery(sealed: 100)
        try delivery.damage("UPDATE record SET body = CAST('{}' AS BLOB) WHERE sequence IN (12, 13)")
        // A digest proves the record after it: without it that one is not to be told from a forged one.
        try delivery.damage("UPDATE record SET digest = zeroblob(32) WHERE sequence = 15")
        try delivery.damage("UPDATE record SET digest = zeroblob(3) WHERE sequence = 17")
        try delivery.damage("DELETE FROM record WHERE sequence BETWEEN 20 AND 22")
        try delivery.run()
        #expect(
            delivery.lost.map(\.description) == [
                range(12, 13, .damaged), range(15, 18, .damaged), range(20, 23, .damaged),
            ])
        let received = delivery.received()
        #expect(received.sequences == (1...100).filter { ![12, 13, 15, 16, 17, 18, 20, 21, 22, 23].contains($0) })
        #expect(received.isChained)
        #expect(delivery.conditions.last == .delivering)
    }

    @Test func `the first and the last record can be lost like any`() throws {
        var delivery = try GapDelivery(sealed: 9)
        try delivery.damage("UPDATE record SET body = CAST('{}' AS BLOB) WHERE sequence IN (1, 9)")
        try delivery.run()
        #expect(delivery.received() == ((2...8).map { $0 }, true))
        #expect(delivery.lost.map(\.description) == [range(1, 1, .damaged), range(9, 9, .damaged)])
        // The journal goes on, in this run and in the next.
        let next = RecordWrite(sequence: Sequence(10), draft: .event(.stop), stamp: GapDelivery.stamp, isComplete: true)
        _ = try delivery.journal.commit([.seal(next)])
        try delivery.run()
        #expect(delivery.received() == ((2...8).map { $0 } + [10], true))
    }

    @Test func `damage that is longer than one gap is declared by several`() throws {
        let count = UInt64(Journal.mostLooked) * 2 + 100
        var delivery = try GapDelivery(sealed: count)
        try delivery.damage(
            "UPDATE record SET body = CAST('{}' AS BLOB), digest = zeroblob(32) WHERE sequence > 3 AND sequence < \(count)"
        )
        try delivery.run()
        #expect(delivery.received() == ([1, 2, 3], true))
        #expect(delivery.lost.map(\.count) == [1_024, 1_024, 97])
    }

    @Test func `a central server that went back beyond retention is told what is gone, and has the rest (I8)`() throws {
        var delivery = try GapDelivery(sealed: 50)
        try delivery.run()
        try delivery.damage("DELETE FROM record WHERE sequence <= 30")
        #expect(delivery.central.goBack(delivery.name, to: 10) == 40)
        try delivery.run()
        // Record 31 is here, and what would prove it is not.
        #expect(delivery.lost.map(\.description) == [range(11, 31, .expired)])
        #expect(delivery.received() == ((1...10).map { $0 } + (32...50).map { $0 }, true))
        // It forgets once more, and the same bytes come again.
        #expect(delivery.central.goBack(delivery.name, to: 10) == 20)
        try delivery.run()
        #expect(delivery.lost.count == 1)
        #expect(delivery.received() == ((1...10).map { $0 } + (32...50).map { $0 }, true))
    }

    @Test func `one that knows nothing at all any more gets what is here`() throws {
        var delivery = try GapDelivery(sealed: 20)
        try delivery.run()
        try delivery.damage("DELETE FROM record WHERE sequence < 20")
        #expect(delivery.central.goBack(delivery.name, to: 0) == 20)
        try delivery.run()
        #expect(delivery.received() == ([], true))
        #expect(delivery.lost.map(\.description) == [range(1, 20, .expired)])
        let next = RecordWrite(sequence: Sequence(21), draft: .event(.stop), stamp: GapDelivery.stamp, isComplete: true)
        _ = try delivery.journal.commit([.seal(next)])
        try delivery.run()
        #expect(delivery.received() == ([21], true))
    }
}
