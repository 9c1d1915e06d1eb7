import Lane
import Testing

@testable import LaneSim

@Suite struct `The way of a vehicle` {
    private func way(_ kilometresPerHour: Int64, halts: [Drive.Halt] = []) -> Trajectory {
        Trajectory(
            speed: .kilometresPerHour(kilometresPerHour), through: .zero, at: .milliseconds(1_000), halts: halts)
    }

    private func millimetres(_ n: Int64) -> Metres { Metres(millimetres: n) }

    private func halt(_ at: Int64, _ seconds: Int64) -> Drive.Halt {
        Drive.Halt(at: millimetres(at), lasts: .seconds(seconds))
    }

    @Test func `is exact at constant speed, before and behind the detector`() {
        let way = way(36)
        #expect(way.moment(at: .zero) == .milliseconds(1_000))
        #expect(way.moment(at: millimetres(-6_000)) == .milliseconds(400))
        #expect(way.moment(at: millimetres(4_500)) == .milliseconds(1_450))
        #expect(way.position(at: .milliseconds(1_450)) == millimetres(4_500))
        #expect(way.position(at: .milliseconds(0)) == millimetres(-10_000))
    }

    @Test func `a moment's position is that position, at any speed, and an hour away as well`() {
        for speed in [1, 7, 50, 83, 160, 299] as [Int64] {
            let way = way(speed, halts: [halt(-3_001, 2), halt(777, 3_600)])
            for position in [-200_000, -3_002, -3_001, -3_000, -1, 0, 1, 776, 777, 778, 9_999, 99_999_999] as [Int64] {
                #expect(way.position(at: way.moment(at: millimetres(position))) == millimetres(position))
            }
        }
    }

    @Test func `halts where it is told, before the detector and behind it, and is at the detector at its moment`() {
        let way = way(36, halts: [halt(2_000, 3), halt(-1_000, 5)])
        #expect(way.moment(at: .zero) == .milliseconds(1_000))
        #expect(way.moment(at: millimetres(-1_000)) == .milliseconds(-4_100))
        #expect(way.departure(from: millimetres(-1_000)) == .milliseconds(900))
        #expect(way.position(at: .milliseconds(0)) == millimetres(-1_000))
        #expect(way.moment(at: millimetres(2_000)) == .milliseconds(1_200))
        #expect(way.position(at: .milliseconds(4_199)) == millimetres(2_000))
        #expect(way.moment(at: millimetres(2_010)) == .milliseconds(4_201))
        #expect(way.halts == [millimetres(-1_000), millimetres(2_000)])
    }

    @Test func `halts at one position follow each other, and one at the detector begins at its moment`() {
        let way = way(36, halts: [halt(0, 2), halt(0, 3)])
        #expect(way.moment(at: .zero) == .milliseconds(1_000))
        #expect(way.departure(from: .zero) == .milliseconds(6_000))
        #expect(way.moment(at: millimetres(10)) == .milliseconds(6_001))
    }
}
