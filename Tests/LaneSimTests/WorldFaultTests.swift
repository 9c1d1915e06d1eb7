import Exchange
import Lane
import Testing

@testable import LaneSim

@Suite struct WorldFaultTests {
    typealias Car = WorldSample.Car

    private func run(_ faults: [Fault], _ cars: [Car], seed: UInt64 = 1, limit: Interval = .hours(2)) throws
        -> Observation
    {
        let scenario = try WorldSample.scenario {
            $0.faults = faults
            $0.limit = limit
        }
        return try World.run(scenario, WorldSample.plan(cars), seed: seed)
    }

    /// Cars at these seconds, each with an agreement of its own.
    private func cars(at seconds: Int64...) -> [Car] {
        zip(seconds, WorldSample.cars).map { Car(at: .seconds($0), tag: $1) }
    }

    @Test(arguments: 1...12)
    func `a station killed while a car is in the lane goes on with its journal, and nothing is lost`(seed: Int) throws {
        let kill = WorldSample.fault(.killed(.station), at: .milliseconds(5_100 + Int64(7 * seed)), lasts: .seconds(3))
        let seen = try run([kill], cars(at: 5, 30), seed: UInt64(seed))
        #expect(seen.troubles == [])
        #expect(seen.isDelivered)
        #expect(seen.outcomes.last == "approved")
        #expect(seen.records.count { $0.fields.event == "start" } == 2)
        #expect(Set(seen.records.map(\.fields.journal)).count == 1)
        let down = try #require(seen.downtimes.first)
        #expect(down.to.map { $0 > kill.at + .seconds(3) && $0 < .seconds(25) } == true)
    }

    @Test func `a station that is stopped in order leaves a stop record and starts again`() throws {
        let seen = try run(
            [WorldSample.fault(.stopped(.station), at: .seconds(10), lasts: .seconds(5))],
            cars(at: 5, 40))
        #expect(seen.outcomes == ["approved", "approved"])
        #expect(
            seen.records.compactMap(\.fields.event).filter { $0 == "stop" || $0 == "start" } == [
                "start", "stop", "start",
            ])
        #expect(seen.isDelivered && seen.troubles == [])
    }

    @Test func `the central server away for a day: lights go on, and then everything is delivered`() throws {
        let cars = (1...30).map { Car(at: .minutes(Int64(40 * $0)), tag: $0 % 2 == 0 ? WorldSample.cars[$0] : nil) }
        let seen = try run(
            [WorldSample.fault(.centralAway, at: .zero, lasts: .days(1))], cars, limit: .hours(26))
        #expect(seen.troubles == [])
        #expect(seen.lamps.count { $0.aspect == .green } == 15)
        #expect(seen.isDelivered && seen.photosAtCentral.count == 30 && seen.photosLeft == 0)
        #expect(seen.restedAt.map { $0 > .days(1) } == true)
        #expect(seen.alarms("centralUnreachable").map(\.set).contains(true))
    }

    @Test func `cars under an unplugged reader are readerDown and photographed, and approved when it is back`() throws {
        let seen = try run(
            [WorldSample.fault(.readerUnplugged("reader1"), at: .seconds(2), lasts: .seconds(10))],
            cars(at: 1, 6, 30))
        #expect(seen.outcomes == ["approved", "readerDown", "approved"])
        #expect(seen.captures.count == 2)
        #expect(seen.alarms("readerDown").map(\.set) == [true, false])
    }

    @Test func `a clock that steps leaves a record of it, and orders nothing`() throws {
        let seen = try run(
            [WorldSample.fault(.clockSteps(by: .zero - .days(365 * 56)), at: .seconds(3))],
            cars(at: 1, 30))
        #expect(seen.records.filter { $0.fields.event == "clockStep" }.count == 1)
        #expect(seen.passages.compactMap { $0.start?.utc.prefix(4) } == ["2026", "1970"])
        #expect(seen.isDelivered)
    }

    @Test func `a disk that is full for a while delays records and no light`() throws {
        let seen = try run(
            [WorldSample.fault(.diskFull, at: .seconds(2), lasts: .seconds(20))],
            cars(at: 5, 60))
        #expect(seen.lamps.count { $0.aspect == .green } == 2)
        #expect(seen.isDelivered && seen.troubles == [])
        #expect(seen.alarms("journalNotWritable").map(\.set) == [true, false])
    }

    @Test func `noise, babble, cut and damaged frames cost at most the reads of their time`() throws {
        let faults = [
            WorldSample.fault(.readerNoise("reader1", bytes: 300), at: .seconds(2)),
            WorldSample.fault(.framesDamaged("reader1", count: 3), at: .seconds(5)),
            WorldSample.fault(.framesCut("reader1", count: 2), at: .seconds(10)),
            WorldSample.fault(.readerReboots("reader1"), at: .seconds(20)),
            WorldSample.fault(.readerBabbles("reader1"), at: .seconds(60), lasts: .seconds(20)),
        ]
        let seen = try run(faults, cars(at: 1, 30, 120))
        #expect(seen.outcomes == ["approved", "approved", "approved"])
        #expect(seen.isDelivered && seen.troubles == [])
    }

    @Test func `a bouncing detector counts a car once, and lines that were away count the next`() throws {
        let seen = try run(
            [
                WorldSample.fault(
                    .detectorBounces("loop1", times: 4, every: .milliseconds(2)), at: .zero, lasts: .seconds(3)),
                WorldSample.fault(.linesAway, at: .seconds(10), lasts: .seconds(5)),
            ], cars(at: 1, 30))
        #expect(seen.outcomes == ["approved", "approved"])
        #expect(seen.alarms("linesDown").map(\.set) == [true, false])
    }

    @Test func `a silent camera is a missing photo and an alarm`() throws {
        let seen = try run(
            [WorldSample.fault(.cameraSilent("front1"), at: .zero)], [Car(at: .seconds(1), tag: nil)])
        #expect(seen.passages.first?.photos?.map(\.missing) == ["cameraSilent", nil])
        #expect(seen.photosAtCentral.count == 1 && seen.isDelivered)
    }
}
