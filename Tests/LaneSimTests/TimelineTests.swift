import Lane
import Testing

@testable import LaneSim

@Suite struct TimelineTests {
    @Test func `a vehicle is heard before it comes, and leaves when its length has passed`() throws {
        let timeline = Timeline(
            try scenario("[vehicle a]\nat = 1 s\nlane = 2\nlength = 5 m\nspeed = 36 km/h\ntag = T\n"))
        #expect(
            timeline.steps.map(\.at) == [.milliseconds(750), .seconds(1), .milliseconds(1_500)])
        #expect(
            timeline.steps.map(\.step) == [
                .tag("T", reader: "west", port: 3), .detector("lane2.loop", isOccupied: true, vehicle: 0),
                .detector("lane2.loop", isOccupied: false, vehicle: 0),
            ])
    }

    @Test func `two tags are heard one after the other, each as often as the scenario says`() throws {
        let timeline = Timeline(
            try scenario(
                "[vehicle a]\nat = 1 s\ntag = A\nsecond = B\nreads = 2\nreadEvery = 100 ms\nheard = 200 ms\n"))
        let tags = timeline.steps.compactMap { step -> String? in
            guard case .tag(let text, _, _) = step.step else { return nil }
            return "\(text) \(step.at.milliseconds)"
        }
        #expect(tags == ["A 1200", "B 1201", "A 1300", "B 1301"])
    }

    @Test func `what happens in the same moment happens as it is written`() throws {
        let timeline = Timeline(
            try scenario("[vehicle a]\nat = 1 s\n[vehicle b]\nat = 1 s\nlane = 2\n[vehicle c]\nat = 0 s\n"))
        let arrivals = timeline.steps.compactMap { step -> Int? in
            guard case .detector(_, isOccupied: true, let vehicle) = step.step else { return nil }
            return vehicle
        }
        #expect(arrivals == [0, 1, 2])
        #expect(zip(timeline.steps, timeline.steps.dropFirst()).allSatisfy { $0.at <= $1.at })
    }
}
