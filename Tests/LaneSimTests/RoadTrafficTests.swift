import Lane
import Station
import TagReader
import Testing

@testable import LaneSim

@Suite struct `Traffic of a scenario` {
    private func plan(seed: UInt64 = 1, _ change: @escaping (inout Traffic) -> Void) throws -> RoadPlan {
        try RoadSamples.plan([], [RoadSamples.traffic("morning", change)], seed: seed)
    }

    /// Of a million vehicles.
    private func share(_ plan: RoadPlan, _ is: (RoadVehicle) -> Bool) -> Int {
        plan.vehicles.count(where: `is`) * 1_000_000 / max(1, plan.vehicles.count)
    }

    @Test func `as many come as are asked for, by chance and not by the clock`() throws {
        let counts = try (1...20 as ClosedRange<UInt64>).map { seed in
            try plan(seed: seed) { $0.until = .hours(2) }.vehicles.count
        }
        // 1200 each with a standard deviation of 35, the mean of twenty within 24.
        #expect((1_170...1_230).contains(counts.reduce(0, +) / 20))
        #expect(Set(counts).count > 10 && counts.allSatisfy { (1_040...1_360).contains($0) })
    }

    @Test func `the curve gives each hour its own, from midnight`() throws {
        // The scenario begins at six in the morning.
        let plan = try plan {
            $0.curve = Array(repeating: 0, count: 7) + [1_200] + Array(repeating: 60, count: 16)
            $0.until = .hours(3)
        }
        let hours = (0..<3).map { hour in
            plan.vehicles.count { $0.at >= .hours(hour) && $0.at < .hours(hour + 1) }
        }
        #expect(hours[0] == 0 && (1_080...1_320).contains(hours[1]) && (35...90).contains(hours[2]))
    }

    @Test func `platoons follow at the headway and at one speed, and come to the same number`() throws {
        let plan = try plan {
            $0.arrivals = .platoons
            $0.until = .hours(4)
        }
        #expect((2_150...2_650).contains(plan.vehicles.count))
        let close = zip(plan.vehicles, plan.vehicles.dropFirst()).filter {
            $1.at - $0.leaves < .milliseconds(501) && $0.speed == $1.speed
        }
        // Of a platoon of 4.5 on average all but the first.
        #expect(close.count > plan.vehicles.count * 6 / 10)
    }

    @Test func `nobody is in another's place, and everybody keeps the headway, whatever the seed`() throws {
        let parked = RoadSamples.car("parked", at: 20_000) {
            $0.drive.halts = [Drive.Halt(at: Metres(millimetres: 1_000), lasts: .seconds(15))]
        }
        let across = RoadSamples.car("across", at: 70_000) {
            $0.drive.changesLane = (LaneNumber(2), Metres(millimetres: -3_000))
        }
        let streams = [(1, "a"), (2, "b"), (1, "c")].map { lane, name in
            RoadSamples.traffic(name) {
                $0.lane = LaneNumber(UInt8(lane))
                $0.perHour = 2_400
                $0.spread = 40
                $0.until = .minutes(3)
                $0.straddling = .percent(5)
                $0.arrivals = name == "b" ? .platoons : .poisson
            }
        }
        let stretch = Metres(millimetres: -6_000)...Metres(millimetres: 4_000)
        for seed in 1...100 as ClosedRange<UInt64> {
            let plan = try RoadSamples.plan([parked, across], streams, seed: seed)
            #expect(plan.vehicles.count > 150)
            for (place, vehicle) in plan.vehicles.enumerated() {
                for next in plan.vehicles[(place + 1)...].prefix(12) {
                    let clear = Interval(nanoseconds: 499_999_990)
                    let met = Collision.between(vehicle.course, next.course, in: stretch, clear: clear)
                    #expect(met == nil, "seed \(seed): \(vehicle.name) and \(next.name)")
                }
            }
        }
    }

    @Test func `a lane that is full lets no more through than fit`() throws {
        let plan = try plan {
            $0.perHour = 30_000
            $0.until = .minutes(10)
        }
        // At 80 km/h a car takes 0.2 s and its headway 0.5 s.
        #expect((600...860).contains(plan.vehicles.count))
        #expect(plan.vehicles.allSatisfy { $0.at < .minutes(10) })
    }

    @Test func `tags, lorries, motorcycles and trailers have their shares`() throws {
        let plan = try plan {
            $0.perHour = 2_000
            $0.until = .hours(10)
            $0.secondTag = .percent(5)
            $0.straddling = .percent(4)
        }
        #expect((700_000...720_000).contains(share(plan) { $0.tags.contains { $0.mounting == .good } }))
        #expect(
            (7_500...12_500).contains(
                share(plan) { $0.tags.contains { [.dead, .metalWindscreen].contains($0.mounting) } }))
        #expect(
            (110_000...130_000).contains(
                share(plan) {
                    $0.length > Metres(millimetres: 10_500)
                        || $0.course.shape.tagBehindFront == Metres(millimetres: 700)
                }))
        #expect((7_500...12_500).contains(share(plan) { $0.length == Metres(millimetres: 2_200) }))
        #expect((31_000...40_000).contains(share(plan) { $0.tags.count == 2 }))
        #expect((35_000...45_000).contains(share(plan) { $0.alsoIn != nil }))
        #expect((65_000...75_000).contains(share(plan) { $0.course.shape.parts.count == 2 }))
    }

    @Test func `no tag is in two vehicles, and the agreements name those that are on the list`() throws {
        let own = RoadSamples.car { $0.tags = [RoadSamples.tag(.good, "7000000003")] }
        let traffic = RoadSamples.traffic { $0.refused = .percent(40) }
        let plan = try RoadSamples.plan([own], [traffic])
        let texts = plan.vehicles.flatMap { $0.tags.map(\.text) }
        #expect(Set(texts).count == texts.count && texts.count > 300)
        let listed = Set(plan.agreements.map(\.text))
        let blocked = plan.agreements.count { $0.standing == .blocked }
        let tagged = plan.vehicles.count { $0.scripted == nil && $0.tags.contains { $0.mounting == .good } }
        #expect((tagged * 15 / 100...tagged * 25 / 100).contains(blocked))
        #expect((tagged * 15 / 100...tagged * 25 / 100).contains(texts.count { !listed.contains($0) }))
        #expect(plan.agreements.allSatisfy { $0.tag.clear == $0.text } && listed.isSubset(of: texts))
    }

    @Test func `tags are written as the site's readers give them, and a site with few of them says so`() throws {
        func tags(_ rule: String) throws -> Result<[AgreementSpec], RoadError> {
            var scenario = try RoadSamples.scenario([], [RoadSamples.traffic { $0.perHour = 900 }])
            scenario.site = try RoadSamples.site(rule)
            do throws(RoadError) {
                return .success(try RoadPlan(scenario: scenario, seed: 1).agreements)
            } catch {
                return .failure(error)
            }
        }
        let agency = try tags("tagText = agencySerial 6 KING\n").get()
        #expect(agency.first?.text.hasPrefix("KING0000") == true && agency.first?.tag.system == .agencySerial)
        #expect(try tags("tagText = ata\n").get().first?.tag.system == .ata)
        let few = try tags("tagText = agencySerial 2 KING\n")
        guard case .failure(let error) = few else {
            return #expect(Bool(false), "100 tags are enough for 600 vehicles")
        }
        #expect(error.cause == .tagsUsedUp(most: 100) && "\(error)".contains("room for 100 different tags"))
    }

    @Test func `too much of it is an error and no full memory`() throws {
        let scenario = try RoadSamples.scenario([], [RoadSamples.traffic()])
        func cause(vehicles: Int, events: Int) -> RoadError.Cause? {
            do throws(RoadError) {
                _ = try RoadPlan(scenario: scenario, seed: 1, mostVehicles: vehicles, mostEvents: events)
                return nil
            } catch {
                return error.cause
            }
        }
        #expect(cause(vehicles: 500, events: 100_000) == .tooManyVehicles(most: 500))
        #expect(cause(vehicles: 100_000, events: 2_000) == .tooManyEvents(most: 2_000))
        #expect(cause(vehicles: 1_000, events: 20_000) == nil)
    }

    @Test func `the same seed gives the same road, byte by byte, and another gives another`() throws {
        let make: (UInt64) throws -> String = { seed in
            try plan(seed: seed) {
                $0.until = .minutes(20)
                $0.straddling = .percent(2)
                $0.secondTag = .percent(5)
            }.digest
        }
        let first = try make(1)
        #expect(try make(1) == first)
        #expect(try make(2) != first)
        // The same on any machine, in debug and release: whoever changes physics or draws changes this on purpose.
        #expect(first == "715fdff1adca6ef04754a9b6130b733addcb988983ff4e75afff8d10d9385703")
    }
}
