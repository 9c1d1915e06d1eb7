import Lane
import Peripherals
import Testing

@testable import LaneSim

@Suite struct DevicePlanTests {
    private func steps(
        _ road: RoadPlan, _ faults: [(Interval, Interval?, Fault.Deed)] = []
    ) throws -> [(at: Int64, step: DevicePlan.Step)] {
        DevicePlan(try WireSample.scenario(faults), road).steps.map { ($0.at.milliseconds, $0.step) }
    }

    /// `100+ 300-`: when the loop's line goes up and down.
    private func loop(_ road: RoadPlan, _ faults: [(Interval, Interval?, Fault.Deed)]) throws -> String {
        try steps(road, faults).compactMap { at, step in
            if case .level("lane1.loop", let isHigh) = step { "\(at)\(isHigh ? "+" : "-")" } else { nil }
        }.joined(separator: " ")
    }

    @Test func `an inverted line is high when nobody is there, and low under a vehicle`() throws {
        let plan = DevicePlan(try WireSample.scenario(), WireSample.road(100, 300, detector: 1))
        #expect(plan.levels == ["lane1.loop": false, "lane1.beam": true])
        #expect(plan.steps.map(\.step) == [.level("lane1.beam", isHigh: false), .level("lane1.beam", isHigh: true)])
    }

    @Test func `a tag answers at its reader's port, as its text or as one that no rule accepts`() throws {
        var road = RoadPlan()
        for (at, isDamaged) in [(50, false), (70, true)] {
            road.events.append(
                RoadEvent(
                    at: .milliseconds(Int64(at)), vehicle: 0,
                    .tag(reader: 0, port: 3, text: "1000000011", isDamaged: isDamaged)))
        }
        let steps = try steps(road)
        #expect(steps.map(\.at) == [50, 70])
        #expect(
            steps.map(\.step) == [
                .tag("1000000011", reader: "east", port: 3), .tag("*000000011", reader: "east", port: 3),
            ])
    }

    @Test func `a stuck detector stays as it is, and shows the truth again at the end`() throws {
        let road = WireSample.road(100, 300, 500, 700)
        let stuck = Fault.Deed.detectorStuck("loop", isOccupied: true)
        #expect(try loop(road, [(.milliseconds(200), .milliseconds(400), stuck)]) == "100+ 200+ 600+ 700-")
        #expect(try loop(road, [(.milliseconds(200), nil, stuck)]) == "100+ 200+")
        #expect(
            try loop(road, [(.milliseconds(200), nil, .detectorStuck("beam", isOccupied: true))])
                == "100+ 300- 500+ 700-")
    }

    @Test func `a bouncing detector says each edge so often, and ends as it should`() throws {
        let bounce = Fault.Deed.detectorBounces("loop", times: 3, every: .milliseconds(5))
        #expect(
            try loop(WireSample.road(100, 300), [(.zero, .milliseconds(200), bounce)])
                == "100+ 105- 110+ 300-")
    }

    @Test func `two vehicles over one detector are one to it`() throws {
        var road = WireSample.road(100, 300)
        road.events.insert(contentsOf: WireSample.road(200, 400).events, at: 1)
        #expect(try loop(road, []) == "100+ 200+ 300+ 400-")
    }

    @Test func `a device's fault ends where it ends, or never`() throws {
        let none = RoadPlan()
        let (at, lasts) = (Interval.seconds(1), Interval.seconds(2))
        let unplugged = try steps(none, [(at, lasts, .readerUnplugged("east"))])
        #expect(unplugged.map(\.at) == [1_000, 3_000])
        #expect(unplugged.map(\.step) == [.reader("east", .unplug), .reader("east", .plug)])
        #expect(try steps(none, [(at, nil, .readerUnplugged("east"))]).count == 1)
        let slow = try steps(none, [(at, lasts, .cameraSlow("rear", by: .seconds(1)))])
        #expect(slow.map(\.step) == [.camera("rear", .slow(.seconds(1))), .camera("rear", .picture)])
        let babble = try steps(none, [(at, lasts, .readerBabbles("east"))])
        #expect(babble.map(\.step) == [.reader("east", .disturb(.babble(lasts)))])
        #expect(try steps(none, [(at, lasts, .killed(.station)), (at, lasts, .centralAway)]).isEmpty)
    }

    @Test func `in one moment a fault comes before the vehicle`() throws {
        let steps = try steps(WireSample.road(1_000, 1_200), [(.seconds(1), .seconds(1), .linesAway)])
        #expect(
            steps.map(\.step) == [
                .lines(areThere: false), .level("lane1.loop", isHigh: true), .level("lane1.loop", isHigh: false),
                .lines(areThere: true),
            ])
    }
}
