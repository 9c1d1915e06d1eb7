import Lane
import Testing

@testable import Station

@Suite struct `The wake table` {
    private func moment(_ seconds: Int64) -> Instant { Instant(nanoseconds: seconds * 1_000_000_000) }

    @Test func `tells the earliest moment, and a later request replaces the one before`() {
        var table = WakeTable(parts: 3)
        #expect(table.next == nil)
        table[2] = moment(5)
        table[0] = moment(7)
        #expect(table.next == moment(5))
        table[2] = moment(9)
        #expect(table.next == moment(7))
        table[0] = nil
        #expect(table.next == moment(9))
    }

    @Test func `gives a moment out once, when it has come`() {
        var table = WakeTable(parts: 2)
        table[1] = moment(5)
        let early = table.takeDue(1, at: moment(4))
        let due = table.takeDue(1, at: moment(5))
        let again = table.takeDue(1, at: moment(6))
        let other = table.takeDue(0, at: moment(6))
        #expect([early, due, again, other] == [false, true, false, false])
        #expect(table.next == nil)
    }
}

@Suite struct `The parts' places` {
    @Test func `are one for each part, without a gap, and lead back to it`() {
        let places = PartPlaces(readers: 3, lanes: 2)
        #expect(places.count == 3 + 2 * 2 + Part.Own.allCases.count)
        for place in 0..<places.count { #expect(places.place(of: places.part(at: place)) == place) }
        #expect(places.part(at: 0) == .readers(0))
        #expect(places.part(at: 3) == .lane(LaneNumber(1)))
        #expect(places.part(at: 6) == .head(LaneNumber(2)))
        #expect(places.part(at: places.count - 1) == .own(.room))
    }
}
