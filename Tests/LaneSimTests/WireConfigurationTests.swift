import Lane
import Station
import Testing

@testable import LaneSim

@Suite struct WireConfigurationTests {
    @Test func `a key is changed, added or taken out, and all else stays`() throws {
        var file = try WireConfiguration(WireSample.text)
        file.set("station", "", "id", "8")
        file.set("station", "", "stateFolder", "/tmp/x")
        file.set("station", "", "group", nil)
        file.set("reader", "east", "port", "/tmp/x/east")
        file.set("journal", "", "sealAfter", "60 s")
        #expect(
            file.text.hasPrefix(
                "[station]\nid = 8\nstateFolder = /tmp/x\n\n[lines]\ndriver = simulated\n")
        )
        #expect(file.text.contains("[reader east]\nport = /tmp/x/east\nantennas = 3:1\n"))
        #expect(file.text.hasSuffix("[journal]\nsealAfter = 60 s\n"))
        #expect(file.names(of: "detector") == ["loop", "beam"])
    }

    @Test func `untouched it is the same configuration`() throws {
        let same = try StationConfiguration(Array(try WireConfiguration(WireSample.text).text.utf8), file: "x")
        #expect(same == (try WireSample.scenario()).site.configuration)
    }
}

@Suite struct WireObstaclesTests {
    private func obstacles(_ change: (inout Scenario) -> Void) throws -> [String] {
        var scenario = try WireSample.scenario()
        change(&scenario)
        return scenario.wireObstacles(RoadPlan())
    }

    private func agreement(_ tag: TagNumber?) throws -> AgreementSpec {
        AgreementSpec(name: "a", tag: try #require(tag), text: "")
    }

    @Test func `what real processes can do is no obstacle`() throws {
        let printed = try agreement(TagNumber(printed: "1000000011"))
        let pan = try agreement(TagNumber(pan: "4539148803436467"))
        let scenario = try WireSample.scenario([
            (.zero, nil, .killed(.station)), (.zero, nil, .centralBusy), (.zero, nil, .readerReboots("east")),
            (.zero, nil, .linesAway), (.zero, nil, .cameraSilent("rear")),
        ])
        #expect(scenario.wireObstacles(RoadPlan()) == [])
        #expect(try obstacles { $0.lists = [PublishedList(at: .zero, entries: [printed, pan])] } == [])
    }

    @Test func `what they cannot do is said, with its place`() throws {
        let cannot: [Fault.Deed] = [
            .clockSteps(by: .hours(1)), .clockNotGood, .diskFull, .diskSlow(by: .seconds(1)),
            .networkSlow(by: .seconds(1)),
        ]
        for deed in cannot {
            let scenario = try WireSample.scenario([(.zero, nil, deed)])
            let obstacles = scenario.wireObstacles(RoadPlan())
            #expect(
                obstacles.count == 1 && obstacles[0].hasPrefix("test.lane:3:1: fault f: this computer's")
                    || obstacles[0].hasPrefix("test.lane:3:1: fault f: the network"))
        }
    }

    @Test func `lists that no central server gives out, and files of agreements cannot say, are obstacles`() throws {
        var dated = try agreement(TagNumber(printed: "1000000011"))
        dated.until = UTC(milliseconds: 0)
        let plain = try agreement(TagNumber(printed: "1000000011"))
        let serial = try agreement(TagNumber(.agencySerial, value: 1, digits: 3))
        dated.text = "1000000011"
        var road = RoadPlan()
        road.vehicles = [
            RoadVehicle(
                number: 0, name: "a", lane: LaneNumber(1), at: .zero, leaves: .zero, speed: .kilometresPerHour(50),
                length: Metres(millimetres: 4_500))
        ]
        var scenario = try WireSample.scenario()
        scenario.lists = [PublishedList(at: .zero, entries: [dated])]
        #expect(scenario.wireObstacles(road) == [], "nobody drives with it")
        road.vehicles[0].tags = [RoadTag(text: "1000000011", mounting: .good)]
        #expect(scenario.wireObstacles(road).count == 1)
        for entries in [[serial], [plain, plain]] {
            #expect(try obstacles { $0.lists = [PublishedList(at: .zero, entries: entries)] }.count == 1)
        }
        for damage in PublishedList.Damage.allCases where damage != .none {
            var list = PublishedList(at: .zero, entries: [])
            list.damage = damage
            #expect(try obstacles { $0.lists = [list] }.count == 1)
        }
    }

    @Test func `a day is too long to wait for`() throws {
        var plan = RoadPlan()
        plan.ends = .hours(24)
        #expect(
            try WireSample.scenario().wireObstacles(plan) == ["test.lane: takes 86400 s in real time, more than 600 s"])
    }
}
