import Exchange
import Lane
import Testing

@testable import LaneSim

@Suite struct WorldTests {
    typealias Car = WorldSample.Car

    @Test func `a car with an agreement is approved, sees green, and its record is at the central server`() throws {
        let plan = WorldSample.plan([Car(at: .seconds(1), tag: WorldSample.tag)])
        let seen = try World.run(try WorldSample.scenario(), plan, seed: 1)
        #expect(seen.troubles == [])
        #expect(seen.outcomes == ["approved"])
        #expect(seen.lamps.map(\.aspect) == [.green, .dark])
        #expect(seen.lamps.first.map { $0.at < .seconds(1) + .milliseconds(100) } == true)
        #expect(seen.isDelivered && !seen.records.isEmpty)
        #expect(seen.captures.isEmpty && seen.photosAtCentral.isEmpty)
        #expect(seen.restedAt != nil && seen.photosLeft == 0)
        #expect(seen.records.first { $0.fields.type == "passage" }?.at == .seconds(1))
    }

    @Test func `a car without a tag is photographed before and behind, and both photos go to the central server`()
        throws
    {
        let plan = WorldSample.plan([Car(at: .seconds(1), tag: nil)])
        let seen = try World.run(try WorldSample.scenario(), plan, seed: 1)
        #expect(seen.outcomes == ["noTag"])
        #expect(seen.captures.map(\.camera) == ["front1", "rear1"])
        #expect(seen.photosAtCentral == seen.passages.first?.photos?.compactMap(\.digest))
        #expect(seen.photosAtCentral.count == 2 && seen.photosLeft == 0)
        #expect(seen.isDelivered)
    }

    @Test func `a blocked tag, an unknown one and a damaged one come to what they are`() throws {
        let plan = WorldSample.plan([
            Car(at: .seconds(1), tag: WorldSample.blocked), Car(at: .seconds(5), tag: "KING3306"),
            Car(at: .seconds(9), tag: WorldSample.tag, isDamaged: true),
        ])
        let seen = try World.run(try WorldSample.scenario(), plan, seed: 1)
        #expect(seen.outcomes == ["blocked", "notOnList", "unreadable"])
        #expect(seen.isDelivered)
    }

    @Test func `the same seed gives the same run, byte for byte, and another seed other journals`() throws {
        let cars = (1...20).map { (number: Int) -> Car in
            let tag: String? = number % 3 == 0 ? nil : WorldSample.cars[number]
            let lane = number % 2 == 0 ? WorldSample.lane1 : WorldSample.lane2
            return Car(at: .milliseconds(Int64(700 * number)), tag: tag, lane: lane)
        }
        let scenario = try WorldSample.scenario()
        let digests = try [4, 4, 5].map { RunDigest.of(try World.run(scenario, WorldSample.plan(cars), seed: $0)) }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
    }

    @Test func `a list that is published while a car stands over the loop judges the next car`() throws {
        let scenario = try WorldSample.scenario {
            let entries = ["KING3306", "KING3307"].map { WorldSample.agreement($0) }
            $0.lists.append(PublishedList(at: .seconds(10), entries: entries))
        }
        // The first car stands there from before the list until it is long in force.
        let plan = WorldSample.plan([
            Car(at: .seconds(8), tag: "KING3306", over: .seconds(12)), Car(at: .seconds(30), tag: "KING3307"),
        ])
        let seen = try World.run(scenario, plan, seed: 1)
        #expect(seen.outcomes == ["notOnList", "approved"])
        let lists = seen.passages.compactMap(\.decision?.list?.version)
        #expect(lists.count == 2 && lists[0] + 1 == lists[1])
    }

    @Test(arguments: [PublishedList.Damage.content, .signature, .truncated])
    func `a damaged list is refused, and the one in force stays`(_ damage: PublishedList.Damage) throws {
        let scenario = try WorldSample.scenario {
            var bad = PublishedList(at: .seconds(1), entries: [])
            bad.damage = damage
            $0.lists.append(bad)
        }
        let plan = WorldSample.plan([Car(at: .seconds(20), tag: WorldSample.tag)])
        let seen = try World.run(scenario, plan, seed: 1)
        #expect(seen.outcomes == ["approved"])
        #expect(seen.alarms("listRefused").first?.set == true)
    }

    @Test func `a run that does not come to rest says so at its limit`() throws {
        let scenario = try WorldSample.scenario {
            $0.limit = .minutes(2)
            $0.faults = [WorldSample.fault(.centralAway, at: .zero)]
        }
        let plan = WorldSample.plan([Car(at: .seconds(1), tag: nil)])
        let seen = try World.run(scenario, plan, seed: 1)
        #expect(seen.restedAt == nil)
        #expect(seen.atCentral.count < seen.records.count)
        let records = "\(seen.records.count - seen.atCentral.count) of \(seen.records.count) records"
        #expect(
            Verdict.run(scenario, plan, seen).result.troubles == [
                "not everything was done within 2 min, the scenario's limit: \(records) are not at the central server"
            ])
    }
}
