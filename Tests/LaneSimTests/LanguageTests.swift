import Exchange
import FoundationEssentials
import Lane
import Lights
import Station
import Testing

@testable import LaneSim

/// What a scenario file comes to.
@Suite struct LanguageTests {
    private func load(_ text: String) throws -> Scenario {
        let files = try LanguageFiles()
        try files.write(text, to: "a.lane")
        let (scenario, errors) = files.load("a.lane")
        return try #require(scenario, "\(errors)")
    }

    @Test func `the least scenario has every default`() throws {
        let scenario = try load(LanguageFiles.good)
        #expect(scenario.name == "a")
        #expect(scenario.seed == 1)
        #expect(scenario.startsAt.text == "2026-01-05T06:00:00.000Z")
        #expect(scenario.limit == .seconds(1) + .minutes(30))
        #expect(scenario.lists.map(\.entries) == [scenario.agreements])
        let vehicle = try #require(scenario.vehicles.first)
        #expect(vehicle.shape == .car)
        #expect(vehicle.drive.speed == .kilometresPerHour(60))
        #expect(vehicle.tags == [TagSpec(text: "1000000011")])
        #expect(vehicle.place.description.hasSuffix("/a.lane:5:1"))
    }

    @Test func `a vehicle is like another but for what it says`() throws {
        let scenario = try load(
            LanguageFiles.good + """
                speed = 90 km/h
                kind = bus
                outcome = approved
                [vehicle second]
                like = first
                at = 9 s
                speed = 30 km/h
                second = "X-1"
                light = yellow
                photos = all
                """)
        let second = scenario.vehicles[1]
        #expect(second.name == "second")
        #expect(second.shape == .bus)
        #expect(second.drive.speed == .kilometresPerHour(30))
        #expect(second.tags.map(\.text) == ["1000000011", "X-1"])
        #expect(second.expected.outcome == .approved)
        #expect(second.expected.light == .top)
        #expect(second.expected.photos == ["front1", "rear1"])
        #expect(second.expected.places["light"]?.position.line == 16)
        #expect(second.expected.places["outcome"]?.position.line == 11)
    }

    @Test func `what a scenario says counts before what it includes, and both before the site`() throws {
        let files = try LanguageFiles()
        try files.write(
            "[scenario]\nsite = one-lane.conf\n[lights]\nprofile = dark\n[vehicle a]\nat = 1 s\nspeed = 30 km/h\n",
            to: "common.lane")
        try files.write(
            "[scenario]\ninclude = common.lane\n[lights]\nprofile = bergen\n[vehicle a]\nat = 2 s\n", to: "a.lane")
        let (loaded, errors) = files.load("a.lane")
        let scenario = try #require(loaded, "\(errors)")
        #expect(scenario.site.configuration.lights.profile == .bergen)
        #expect(scenario.vehicles.map(\.at) == [.seconds(2)])
        #expect(scenario.vehicles.map(\.drive.speed) == [.kilometresPerHour(30)])
    }

    @Test func `the site's text is a file that gives the same configuration`() throws {
        let scenario = try load(
            LanguageFiles.good + "[lane 1]\ngapHold = 300 ms\n[detector loop1b]\nlane = 1\ninput = x\nposition = 3 m\n")
        let again = try StationConfiguration(Array(scenario.site.text.utf8), file: "again.conf")
        #expect(again == scenario.site.configuration)
        #expect(again.detectors.map(\.name) == ["loop1", "loop1b"])
        #expect(again.lanes[0].gapHold == .milliseconds(300))
    }

    @Test func `lists follow each other, each with its own agreements`() throws {
        let scenario = try load(
            LanguageFiles.good + """
                [agreement ole]
                number = 10 0000002 2
                [list second]
                at = 20 s
                without = ole
                changed = anna blocked
                [list third]
                at = 10 s
                agreements = ole
                damage = signature
                staleAfter = 1 h
                """)
        #expect(scenario.lists.map(\.at) == [.zero, .seconds(10), .seconds(20)])
        #expect(scenario.lists.map { $0.entries.map(\.name) } == [["anna", "ole"], ["ole"], ["anna"]])
        #expect(scenario.lists[2].entries[0].standing == .blocked)
        #expect(scenario.lists[1].damage == .signature)
        #expect(scenario.lists[1].staleAfter == .hours(1))
    }

    @Test func `without a first list only those that are named are published`() throws {
        let text = LanguageFiles.good.replacing("[agreement", with: "firstList = no\n[agreement")
        #expect(try load(text).lists.isEmpty)
    }

    @Test func `a vehicle is described whole`() throws {
        let scenario = try load(
            LanguageFiles.good.replacing("one-lane", with: "two-lanes") + """
                heard = -300 ms
                reads = 3
                damaged = yes
                mounting = wrong
                halts = 3 m for 20 s, 5 m for 1 s
                straddles = 2
                changesLane = 2 at -3 m
                kind = rig
                [kind rig]
                parts = 0 m to 7 m, 8.5 m to 18.75 m
                speed = 40 km/h
                """)
        let vehicle = try #require(scenario.vehicles.first)
        #expect(vehicle.shape.parts.map(\.lowerBound.millimetres) == [0, 8_500])
        #expect(vehicle.shape.length.millimetres == 18_750)
        #expect(vehicle.drive.speed == .kilometresPerHour(40))
        #expect(vehicle.drive.halts.map(\.lasts) == [.seconds(20), .seconds(1)])
        #expect(vehicle.drive.straddles == LaneNumber(2))
        #expect(vehicle.drive.changesLane?.at.millimetres == -3_000)
        #expect(vehicle.tags[0].mounting == .wrong)
        #expect(vehicle.tags[0].script?.reads == 3)
        #expect(vehicle.tags[0].script?.isDamaged == true)
    }

    @Test func `faults, traffic, antenna and bounds are what the file says`() throws {
        let scenario = try load(
            LanguageFiles.good + """
                [fault bounce]
                at = 2 s
                for = 1 s
                what = detectorBounces
                which = loop1
                count = 4
                every = 5 ms
                [fault back]
                at = 3 s
                what = clockSteps
                by = -2 h
                [traffic rush]
                until = 10 min
                tagged = 70.5 %
                [antenna]
                leak = 0.02 %
                [expect all]
                what = vehiclesSeen
                least = 99.9 %
                [expect few]
                what = strayReads
                most = 3
                """)
        #expect(scenario.faults[0].deed == .detectorBounces("loop1", times: 4, every: .milliseconds(5)))
        #expect(scenario.faults[1].deed == .clockSteps(by: .hours(-2)))
        #expect(scenario.traffic[0].tagged.partsPerMillion == 705_000)
        #expect(scenario.traffic[0].name == "rush")
        #expect(scenario.antenna.leak == 200)
        #expect(scenario.expectations.map(\.bounds) == [999_000...1_000_000, 0...3])
        #expect(scenario.expectations.map(\.isRate) == [true, false])
    }

    @Test func `every scenario and every site of the repository is good`() throws {
        let top = "\(LanguageFiles.root)/sim/scenarios"
        var count = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: top) {
            if name.hasSuffix(".conf") {
                #expect(throws: Never.self) { try StationConfiguration.load("\(top)/\(name)").get() }
            }
            guard name.hasSuffix(".lane"), name.contains("/") || name == "first.lane" else { continue }
            count += 1
            let scenario = try Scenario.load("\(top)/\(name)")
            #expect(!scenario.shows.isEmpty && !scenario.source.isEmpty, "\(name)")
        }
        #expect(count > 0)
    }

    @Test func `SCENARIOS.md has every section and key as files are read by them`() throws {
        let page = try #require(FileManager.default.contents(atPath: "\(LanguageFiles.root)/sim/SCENARIOS.md"))
        let text = String(decoding: page, as: UTF8.self)
        let parts = text.split(separator: "<!-- lanesim check --language -->\n", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        #expect(parts[1] == LanguageReference.markdown, "lanesim check --language prints what belongs there")
        let first = try #require(
            FileManager.default.contents(atPath: "\(LanguageFiles.root)/sim/scenarios/first.lane"))
        #expect(text.contains("```\n" + String(decoding: first, as: UTF8.self) + "```\n"))
    }

    @Test func `all fault words make a deed when what they need is said`() {
        for word in FaultWord.allCases {
            var section = FaultSection(name: "a")
            (section.what, section.which, section.by) = (word, "station", .seconds(1))
            (section.count, section.every) = (1, .seconds(1))
            #expect(section.deed != nil, "\(word)")
        }
    }
}
