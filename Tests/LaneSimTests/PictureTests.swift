import Lane
import Testing

@testable import LaneSim

@Suite struct `A picture of a run` {
    /// A run whose station did nothing at all: what is drawn of it is the road.
    private func run(
        _ vehicles: [Vehicle], failing: [String: String] = [:], faults: [Fault] = []
    ) throws -> Run {
        var scenario = try RoadSamples.scenario(vehicles)
        scenario.shows = "a < b & c > d"
        scenario.faults = faults
        let plan = try RoadPlan(scenario: scenario, seed: 1)
        var result = RunResult(name: "picture", path: "picture.lane", seed: 1)
        result.shows = scenario.shows
        for vehicle in plan.vehicles {
            guard let what = failing[vehicle.name] else { continue }
            var failure = ExpectationFailure(
                RoadSamples.place(line: 9), "vehicle \(vehicle.name)", what, expected: "approved", came: "noTag")
            failure.vehicle = vehicle.number
            result.failures.append(failure)
        }
        return Run(scenario: scenario, plan: plan, observation: Observation(), result: result)
    }

    /// A car every so many seconds.
    private func cars(_ count: Int, every seconds: Int64) -> [Vehicle] {
        (0..<count).map { number in
            RoadSamples.car("car\(number)", at: Int64(number) * seconds * 1_000) { vehicle in
                vehicle.tags = [RoadSamples.tag(.good, "1000000011")]
                vehicle.plate = "EK12345"
            }
        }
    }

    /// The numbers of all attributes that place or size something.
    private func coordinates(_ svg: String) -> [Substring] {
        let names = [
            " x=\"", " y=\"", " x1=\"", " y1=\"", " x2=\"", " y2=\"", " cx=\"", " cy=\"", " r=\"", " points=\"",
        ]
        return names.flatMap { name in
            svg.split(separator: name, omittingEmptySubsequences: false).dropFirst().map { $0.prefix { $0 != "\"" } }
        }
    }

    @Test func `shows the vehicle that an expectation failed for, its number and its words`() throws {
        let svg = try Picture.svg(of: run(cars(2, every: 4), failing: ["car1": "outcome"]))
        #expect(svg.contains("vehicle car1: outcome: expected approved, came noTag"))
        #expect(svg.contains("class=\"vehicle failed\"><title>car1: 36 km/h</title>"))
        #expect(svg.contains("class=\"vehicle\"><title>car0: 36 km/h</title>"))
        #expect(svg.contains("class=\"badgeText\">1</text>") && !svg.contains("passed:"))
        #expect(svg.contains("car0: tag read at"))
    }

    @Test func `has whole pixels only, letters of 11 pixels and more, and is the same each time`() throws {
        let run = try run(cars(3, every: 4), failing: ["car1": "light"])
        let svg = Picture.svg(of: run)
        #expect(svg == Picture.svg(of: run))
        let places = coordinates(svg)
        #expect(places.count > 100 && places.allSatisfy { $0.allSatisfy { "-0123456789, ".contains($0) } })
        let sizes = svg.split(separator: "font-size: ").dropFirst().compactMap { Int($0.prefix { $0.isNumber }) }
        #expect(sizes.count > 3 && sizes.allSatisfy { $0 >= 11 })
    }

    @Test func `has neither a tag's number nor a plate in it`() throws {
        let svg = try Picture.svg(of: run(cars(3, every: 4), failing: ["car1": "light"]))
        #expect(!svg.contains("1000000011") && !svg.contains("EK12345"))
    }

    @Test func `is well formed whatever the texts say`() throws {
        let svg = try Picture.svg(of: run(cars(2, every: 4)))
        #expect(svg.contains("a &lt; b &amp; c &gt; d") && !svg.contains("a < b"))
        for element in ["text", "title", "g", "svg", "clipPath", "style", "defs", "pattern"] {
            let opened = svg.split(separator: "<\(element)", omittingEmptySubsequences: false).dropFirst().count {
                $0.first == ">" || $0.first == " "
            }
            let closed = svg.split(separator: "</\(element)>", omittingEmptySubsequences: false).count - 1
            #expect(opened == closed && opened > 0, "\(element)")
        }
    }

    @Test func `of a long run shows what lies around failures, together where they are near, and says so`() throws {
        let long = try run(cars(40, every: 10), failing: ["car3": "light", "car4": "light", "car30": "outcome"])
        let (windows, note) = PictureWindow.windows(of: long)
        #expect(windows.map(\.from) == [.seconds(28), .seconds(298)])
        #expect(windows[0].until == .milliseconds(44_450))
        #expect(note == "The run takes 6 min 32 s: shown is what lies around its failures.")
        let svg = Picture.svg(of: long)
        #expect(svg.contains(note) && svg.contains("car30: 36") && !svg.contains("car20: 36"))
    }

    @Test func `of a long run without failures shows the beginning, of one with many the first places`() throws {
        let good = try PictureWindow.windows(of: run(cars(40, every: 10)))
        #expect(good.windows == [PictureWindow(from: .seconds(-2), until: .seconds(28))])
        #expect(good.note.hasSuffix("its first vehicles are shown."))
        let names = (0..<40).map { "car\($0)" }
        let bad = try PictureWindow.windows(
            of: run(cars(40, every: 20), failing: .init(uniqueKeysWithValues: names.map { ($0, "light") })))
        #expect(bad.windows.count == PictureWindow.most && bad.note.contains("the first 6 of 40 places"))
    }

    @Test func `hatches a fault over the lanes of its device, and one of all over all`() throws {
        func spans(_ deed: Fault.Deed) throws -> Int {
            let fault = Fault(
                name: "f", place: RoadSamples.place(line: 1), at: .seconds(1), lasts: .seconds(1), deed: deed)
            let beside = RoadSamples.car("beside") { $0.drive.lane = LaneNumber(2) }
            let svg = try Picture.svg(of: run([RoadSamples.car(), beside], faults: [fault]))
            return svg.split(separator: "class=\"fault\"><title>").count - 1
        }
        #expect(try spans(.readerWithoutPower("r1")) == 1)
        #expect(try spans(.readerWithoutPower("r3")) == 0)
        #expect(try spans(.diskFull) == 1)
    }

    @Test func `draws both ways of a vehicle that straddles, and one after the other of one that changes lanes`() throws
    {
        func bodies(_ change: @escaping (inout Vehicle) -> Void) throws -> Int {
            let svg = try Picture.svg(of: run([RoadSamples.car("kari", change)]))
            return svg.split(separator: "<title>kari: 36 km/h").count - 1
        }
        #expect(try bodies { $0.drive.lane = LaneNumber(2) } == 1)
        #expect(try bodies { $0.drive.straddles = LaneNumber(2) } == 2)
        #expect(try bodies { $0.drive.changesLane = (LaneNumber(2), Metres(millimetres: -1_000)) } == 2)
    }

    @Test func `of the station shows passages, lights, photos and what was wrong, by the example in docs`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        guard case .ran(let run) = RunEngine.virtual.run("/\(root)/docs/picture.lane", seed: nil) else {
            Issue.record("docs/picture.lane does not run")
            return
        }
        let svg = Picture.svg(of: run)
        #expect(svg.contains(" approved</text>") && svg.contains("class=\"lamp green\""))
        #expect(svg.contains("class=\"passage kind\"") && svg.contains("class=\"passage wrongPassage\""))
        #expect(svg.contains("class=\"photo kept\"") && svg.contains("class=\"photo missing\"><title>rear2: missing"))
        #expect(svg.contains("class=\"fault\"><title>camera silent</title>"))
        #expect(run.scenario.agreements.allSatisfy { !svg.contains($0.text) })
    }
}
