import Lane
import Testing

@testable import Station

@Suite struct `A lane's statistics` {
    private static let tag = TestList.tag("1000")

    private func passage(_ outcome: Outcome, at start: Instant) -> Passage {
        let isTagged = outcome == .approved
        return Passage(
            id: PassageID(1), lane: LaneNumber(1), start: start,
            decision: .init(outcome, tag: isTagged ? Self.tag : nil, list: nil, at: start))
    }

    private func at(hour: Int64, _ minute: Int64 = 0) -> Instant {
        Instant(nanoseconds: 0) + .hours(hour) + .minutes(minute)
    }

    @Test func `count vehicles by what they came to`() {
        var statistics = LaneStatistics()
        for outcome in [Outcome.approved, .noTag, .noTag, .unreadable, .readerDown] {
            statistics.add(passage(outcome, at: at(hour: 1)))
        }
        #expect(statistics.vehicles == 5 && statistics.noTag == 2 && statistics.unreadable == 1)
        #expect(statistics.rateOfLastHundred == .init(vehicles: 5, read: 1))
        #expect(statistics.rateOfLastHundred.perTenThousand == 2_000)
        #expect(statistics.lastVehicle == at(hour: 1) && statistics.lastRead == nil)
    }

    @Test func `have no rate without vehicles`() {
        #expect(LaneStatistics().rateOfLastHundred.perTenThousand == nil)
        #expect(LaneStatistics().rateOfDay(at: at(hour: 30)).perTenThousand == nil)
    }

    @Test func `rate the last hundred vehicles, whatever came before`() {
        var statistics = LaneStatistics()
        for _ in 0..<250 { statistics.add(passage(.noTag, at: at(hour: 1))) }
        for _ in 0..<60 { statistics.add(passage(.approved, at: at(hour: 1))) }
        #expect(statistics.rateOfLastHundred == .init(vehicles: 100, read: 60))
        for _ in 0..<100 { statistics.add(passage(.noTag, at: at(hour: 1))) }
        #expect(statistics.rateOfLastHundred == .init(vehicles: 100, read: 0))
    }

    @Test func `rate a day by its hours: the one that runs and the 23 before`() {
        var statistics = LaneStatistics()
        for hour in 0..<Int64(48) { statistics.add(passage(hour < 24 ? .noTag : .approved, at: at(hour: hour, 30))) }
        #expect(statistics.rateOfDay(at: at(hour: 47, 59)) == .init(vehicles: 24, read: 24))
        #expect(statistics.rateOfDay(at: at(hour: 48)) == .init(vehicles: 23, read: 23))
        #expect(statistics.rateOfDay(at: at(hour: 70)) == .init(vehicles: 1, read: 1))
        #expect(statistics.rateOfDay(at: at(hour: 71)) == .init())
    }
}
