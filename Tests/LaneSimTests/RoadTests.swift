import Lane
import Testing

@testable import LaneSim

@Suite struct `What happens on the road` {
    private func halt(_ at: Int64, _ lasts: Interval) -> Drive.Halt {
        Drive.Halt(at: Metres(millimetres: at), lasts: lasts)
    }

    private func words(_ vehicles: [Vehicle]) throws -> [String] { try RoadSamples.plan(vehicles).edges() }

    /// What is wrong with these vehicles.
    private func complaint(_ vehicles: [Vehicle]) throws -> String {
        let scenario = try RoadSamples.scenario(vehicles)
        do throws(RoadError) {
            _ = try RoadPlan(scenario: scenario, seed: 1)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `a car is over each detector of its lane for its length`() throws {
        let plan = try RoadSamples.plan([RoadSamples.car()])
        #expect(
            plan.edges() == ["1000 loop1 on kari", "1400 exit1 on kari", "1450 loop1 off kari", "1850 exit1 off kari"])
        #expect(plan.vehicles[0].at == .milliseconds(1_000) && plan.vehicles[0].leaves == .milliseconds(1_450))
        #expect(plan.ends == .milliseconds(1_850))
    }

    @Test func `the gap before a trailer is seen`() throws {
        let car = RoadSamples.car { vehicle in
            vehicle.drive.lane = LaneNumber(2)
            let metres: (Int64) -> Metres = { Metres(millimetres: $0) }
            vehicle.shape = VehicleShape(
                parts: [metres(0)...metres(4_000), metres(5_200)...metres(9_000)], tagBehindFront: metres(1_500))
        }
        let seen = ["1000 loop2 on kari", "1400 loop2 off kari", "1520 loop2 on kari", "1900 loop2 off kari"]
        #expect(try words([car]) == seen)
    }

    @Test func `the wrong way its front comes to the last detector first`() throws {
        let car = RoadSamples.car { $0.drive.isWrongWay = true }
        let plan = try RoadSamples.plan([car])
        #expect(
            plan.edges() == ["600 exit1 on kari", "1000 loop1 on kari", "1050 exit1 off kari", "1450 loop1 off kari"])
        #expect(plan.vehicles[0].isWrongWay && plan.vehicles[0].at == .milliseconds(1_000))
        let course = plan.vehicles[0].course
        #expect(course.front(at: .milliseconds(1_100)) == Metres(millimetres: -1_000))
        #expect(course.rear(at: .milliseconds(1_100)) == Metres(millimetres: 3_500))
    }

    @Test func `one that straddles is over the detectors of both lanes`() throws {
        let plan = try RoadSamples.plan([RoadSamples.car { $0.drive.straddles = LaneNumber(2) }])
        #expect(plan.edges().filter { $0.hasPrefix("1000") } == ["1000 loop1 on kari", "1000 loop2 on kari"])
        #expect(plan.vehicles[0].lane == LaneNumber(1) && plan.vehicles[0].alsoIn == LaneNumber(2))
    }

    @Test func `one that changes lanes between two detectors is seen by the first of one lane only`() throws {
        let car = RoadSamples.car { $0.drive.changesLane = (LaneNumber(2), Metres(millimetres: 2_000)) }
        #expect(try words([car]) == ["1000 loop1 on kari", "1450 loop1 off kari"])
        let early = RoadSamples.car { $0.drive.changesLane = (LaneNumber(2), Metres(millimetres: -2_000)) }
        let plan = try RoadSamples.plan([early])
        #expect(plan.edges() == ["1000 loop2 on kari", "1450 loop2 off kari"])
        #expect(plan.vehicles[0].lane == LaneNumber(2) && plan.vehicles[0].alsoIn == LaneNumber(1))
    }

    @Test func `one that halts stands on the detector that long, and one that is parked before it comes later`() throws
    {
        let car = RoadSamples.car {
            $0.drive.lane = LaneNumber(2)
            $0.drive.halts = [halt(1_000, .seconds(5)), halt(-3_000, .minutes(10))]
        }
        #expect(try words([car]) == ["1000 loop2 on kari", "6450 loop2 off kari"])
    }

    @Test func `one in the lane beside one that straddles holds the detector with it`() throws {
        let one = RoadSamples.car("one") { $0.drive.straddles = LaneNumber(2) }
        let other = RoadSamples.car("other", at: 1_300) { $0.drive.lane = LaneNumber(2) }
        let seen = try words([one, other]).filter { $0.contains("loop2") }
        #expect(seen == ["1000 loop2 on one", "1750 loop2 off other"])
    }

    @Test func `two in one place are an error that names both`() throws {
        let said = try complaint([RoadSamples.car("one"), RoadSamples.car("two", at: 1_200)])
        #expect(said.hasPrefix("road.lane:7:1: vehicle two drives through vehicle one in lane 1"))
        // It keeps clear at the detector, and would be through the one before it at the end of the zone.
        let fast = RoadSamples.car("fast", at: 1_460) { $0.drive.speed = .kilometresPerHour(120) }
        #expect(try complaint([RoadSamples.car("slow"), fast]).contains("vehicle fast drives through vehicle slow"))
    }

    @Test func `one meets another that stands in its lane, or comes towards it`() throws {
        let parked = RoadSamples.car("parked") { $0.drive.halts = [halt(500, .minutes(1))] }
        #expect(try complaint([parked, RoadSamples.car("next", at: 9_000)]).contains("vehicle next drives through"))
        #expect(try complaint([parked, RoadSamples.car("next", at: 62_000)]).isEmpty)
        let towards = RoadSamples.car("towards", at: 2_000) { $0.drive.isWrongWay = true }
        #expect(
            try complaint([RoadSamples.car("one"), towards]).contains("vehicle towards drives through vehicle one"))
    }

    @Test func `one overtakes another by another lane, and queues up behind one that halts`() throws {
        let slow = RoadSamples.car("slow") { $0.drive.speed = .kilometresPerHour(10) }
        let fast = RoadSamples.car("fast", at: 1_700) { $0.drive.lane = LaneNumber(2) }
        #expect(try complaint([slow, fast]).isEmpty)
        let first = RoadSamples.car("first") { $0.drive.halts = [halt(3_000, .seconds(5))] }
        let second = RoadSamples.car("second", at: 2_000) { $0.drive.halts = [halt(-2_500, .seconds(5))] }
        #expect(try complaint([first, second]) != "")
        let later = RoadSamples.car("later", at: 7_200) { $0.drive.halts = [halt(-2_500, .seconds(5))] }
        #expect(try complaint([first, later]).isEmpty)
    }

    @Test func `a lane that the station does not have is an error`() throws {
        let said = try complaint([RoadSamples.car { $0.drive.lane = LaneNumber(9) }])
        #expect(
            said == "road.lane:7:1: vehicle kari drives in lane 9, which the station does not have; "
                + "add the lane, or name another")
    }

    @Test func `vehicles are in the order of their moments, events too`() throws {
        let plan = try RoadSamples.plan([RoadSamples.car("late", at: 9_000), RoadSamples.car("early")])
        #expect(plan.vehicles.map(\.name) == ["early", "late"] && plan.vehicles.map(\.number) == [0, 1])
        #expect(plan.vehicles.map(\.scripted) == [1, 0])
        #expect(plan.events.map(\.at) == plan.events.map(\.at).sorted())
    }

    @Test func `a lane without detectors sees a vehicle at the start of its zone`() throws {
        let plan = try RoadSamples.plan([RoadSamples.car { $0.drive.lane = LaneNumber(3) }])
        #expect(plan.events.isEmpty && plan.vehicles[0].at == .milliseconds(1_000))
        #expect(plan.vehicles[0].course.moment(at: Metres(millimetres: -6_000)) == .milliseconds(1_000))
    }
}
