import Lane
import Testing

@testable import LaneSim

@Suite struct `What antennas hear` {
    private func plan(
        _ tags: [TagSpec], passages: Int = 1, seed: UInt64 = 1, _ change: (inout Vehicle) -> Void = { _ in },
        field: (inout AntennaField) -> Void = { _ in }
    ) throws -> RoadPlan {
        let vehicles = (0..<passages).map { count in
            RoadSamples.car("car\(count)", at: 1_000 + Int64(count) * 20_000) { vehicle in
                vehicle.tags = tags
                change(&vehicle)
            }
        }
        var scenario = try RoadSamples.scenario(vehicles)
        field(&scenario.antenna)
        return try RoadPlan(scenario: scenario, seed: seed)
    }

    /// Of so many passages, in how many the first tag was heard.
    private func heard(_ mounting: TagSpec.Mounting, _ speed: Int64, passages: Int = 2_000) throws -> Int {
        let plan = try plan(
            [RoadSamples.tag(mounting)], passages: passages, { $0.drive.speed = .kilometresPerHour(speed) })
        return plan.vehicles.count { $0.tags[0].heard > 0 }
    }

    @Test
    func
        `a tag is heard while it is in the zone, first at a phase that the seed gives, and not more often than reports go`()
        throws
    {
        // Its tag is 1.5 m behind its front: in the zone from 550 to 1250 ms.
        var firsts: Set<Interval> = []
        for seed in 1...50 as ClosedRange<UInt64> {
            let plan = try plan([RoadSamples.tag()], seed: seed, field: { $0.good = 1_000_000 })
            let times = plan.events.filter { if case .tag = $0.happening { true } else { false } }.map(\.at)
            #expect(times.count == 12 && plan.vehicles[0].tags[0].heard == 12)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 == .milliseconds(60) })
            #expect((Interval.milliseconds(550)...(.milliseconds(570))).contains(times[0]))
            firsts.insert(times[0])
        }
        #expect(firsts.count == 50)
    }

    @Test func `the physics of the road and the closed form of the fleet agree`() throws {
        let passages = 4_000
        for (mounting, speed) in [(TagSpec.Mounting.wrong, 60), (.loose, 160)] as [(TagSpec.Mounting, Int64)] {
            let onTheRoad = try heard(mounting, speed, passages: passages)
            let field = AntennaField()
            let chance = ReadChance(partsPerMillion: field.heard(mounting))
            var draws = Chance(seed: 11, of: "fleet")
            let closed = (0..<passages).count { _ in
                let attempts = ReadChance.attempts(
                    zone: Metres(millimetres: 7_000), speed: .kilometresPerHour(speed), every: field.every,
                    phase: Interval(nanoseconds: draws.any(of: 0...19_999_999)))
                return chance.first(of: attempts, &draws.generator) != nil
            }
            #expect(abs(onTheRoad - closed) < passages / 30)
        }
    }

    @Test func `a sound tag is read at 160 km per hour, a wrongly mounted one seldom, foil and dead never`() throws {
        #expect(try heard(.good, 160) >= 1_996)
        #expect((650...890).contains(try heard(.wrong, 160)))
        #expect(try heard(.wrong, 50) > 1_450)
        #expect(try heard(.foil, 50, passages: 100) == 0)
        #expect(try heard(.dead, 50, passages: 100) == 0)
    }

    @Test func `behind a metallised windscreen what is heard is damaged`() throws {
        let plan = try plan([RoadSamples.tag(.metalWindscreen)], passages: 300)
        #expect(plan.vehicles.allSatisfy { $0.tags[0].heard == 0 })
        #expect(plan.vehicles.count { $0.tags[0].damaged > 0 } > 200)
        #expect(!plan.reads.isEmpty && plan.reads.allSatisfy { $0.hasSuffix("!") })
    }

    @Test func `a part of what one antenna hears is heard beside it, and not two lanes away`() throws {
        let plan = try plan([RoadSamples.tag()], passages: 1_000, field: { $0.leak = 100_000 })
        let leaked = plan.vehicles.map { $0.tags[0].leaked }.reduce(0, +)
        // 35 attempts, of which one in ten leaks, and a pause of two attempts after each.
        #expect((2_600...3_300).contains(leaked))
        #expect(plan.reads.count { $0.hasPrefix("r2") } == leaked && !plan.reads.contains { $0.hasPrefix("r3") })
        #expect(try self.plan([RoadSamples.tag()], passages: 50).reads.allSatisfy { $0.hasPrefix("r1") })
    }

    @Test func `one that straddles is heard by both, one that changes lanes by one after the other`() throws {
        let both = try plan([RoadSamples.tag()], passages: 20, { $0.drive.straddles = LaneNumber(2) })
        #expect(both.reads.contains { $0.hasPrefix("r1") } && both.reads.contains { $0.hasPrefix("r2") })
        let change = try plan(
            [RoadSamples.tag()], { $0.drive.changesLane = (LaneNumber(2), Metres(millimetres: -2_000)) })
        // The tag is at −2 m after 950 ms.
        for read in change.reads {
            let time = Int(read.dropFirst(3)) ?? 0
            #expect(read.hasPrefix(time < 950 ? "r1" : "r2"))
        }
        #expect(change.reads.contains { $0.hasPrefix("r1") } && change.reads.contains { $0.hasPrefix("r2") })
    }

    @Test func `a scripted tag answers when it is told, from its vehicle's moment`() throws {
        var tag = RoadSamples.tag()
        tag.script = TagSpec.Script(first: .milliseconds(-300))
        tag.script?.reads = 3
        #expect(try plan([tag]).reads == ["r1 700", "r1 760", "r1 820"])
        tag.script?.isDamaged = true
        let damaged = try plan([tag], { $0.drive.straddles = LaneNumber(2) })
        #expect(damaged.reads.prefix(2) == ["r1 700!", "r2 700!"] && damaged.vehicles[0].tags[0].damaged == 6)
    }

    @Test func `a car that is parked in the zone for an hour is not reported sixteen times a second`() throws {
        let parked = Drive.Halt(at: Metres(millimetres: 1_000), lasts: .hours(1))
        let plan = try plan([RoadSamples.tag()], { $0.drive.halts = [parked] })
        #expect((3_300...3_620).contains(plan.reads.count))
    }

    @Test func `a vehicle more changes nothing of what the others' tags answer`() throws {
        let one = RoadSamples.car { $0.tags = [RoadSamples.tag(.loose)] }
        let more = RoadSamples.car("ola", at: 60_000) { $0.tags = [RoadSamples.tag(.loose, "1000000052")] }
        let reads = try RoadSamples.plan([one]).reads
        let both = try RoadSamples.plan([more, one]).reads
        #expect(!reads.isEmpty && Array(both.prefix(reads.count)) == reads)
    }
}
