import Testing

@testable import Lane

@Suite struct `A lane with a doubtful detector` {
    @Test func `occupied at the start works by reads meanwhile`() {
        var story = Story(clear: false)
        story.send(.level(DetectorNumber(0), isOccupied: true))
        story.read(1, at: 1_000)
        story.read(2, .notOnList, at: 3_000)
        story.off(5_000)
        story.run(to: 60_000)
        #expect(story.summary == ["approved 1", "notOnList 2"] && story.strays.isEmpty)
        #expect(story.closed.allSatisfy { $0.flags.contains(.withoutDetector) })
    }

    @Test func `an edge off that is dated before its edge on ends no passage before its start`() {
        var story = Story()
        story.on(1_000)
        story.send(.edge(Edge(detector: DetectorNumber(0), isOccupied: false, at: Story.ms(0))))
        story.run(to: 60_000)
        #expect(story.closed.count == 1 && story.closed[0].end == Story.ms(1_000))
    }

    @Test func `occupied at the start opens nothing until it has let go`() {
        var story = Story(clear: false)
        story.send(.level(DetectorNumber(0), isOccupied: true))
        story.off(5_000)
        story.run(to: 8_000)
        #expect(story.closed.isEmpty && story.states == [.occupiedAtStart, .normal])
        story.on(9_000)
        story.off(9_300)
        story.run(to: 12_000)
        #expect(story.summary == ["noTag"])
    }

    @Test func `stuck when tags come and go under it, then works by reads, and its release opens nothing`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        for n in 2...6 { story.read(n, at: Int64(n) * 20_000) }
        story.run(to: 300_011)
        #expect(story.states == [.detectorStuck])
        let before = story.closed.count
        story.read(7, at: 310_000)
        #expect(story.decisions.count == before + 1)
        story.off(320_000)
        story.run(to: 360_000)
        #expect(story.states == [.detectorStuck, .normal])
        #expect(story.summary.last == "approved 7" && story.closed.last?.flags.contains(.withoutDetector) == true)
    }

    @Test func `a queue is not a stuck detector`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        // The car behind stands in the zone too; the reader tells both again every two minutes.
        for minute in 0..<10 {
            story.read(1, at: Int64(minute) * 60_000 + 20_000)
            story.read(2, at: Int64(minute) * 60_000 + 21_000)
        }
        #expect(story.states.isEmpty)
        #expect(story.closed.count == 1 && story.closed[0].flags.contains(.tooLong))
    }

    @Test func `a lane without a detector opens a passage by each tag`() {
        var story = Story(LaneSettings(lane: LaneNumber(1), geometry: Story.geometry(detectors: [])), clear: false)
        story.read(1, at: 0)
        story.read(1, at: 100)
        story.read(2, .notOnList, at: 200)
        story.heard(.unreadable, at: 300)
        story.run(to: 30_000)
        #expect(story.summary == ["approved 1", "notOnList 2", "unreadable"])
        #expect(story.lane.state == .withoutDetector)
    }

    @Test func `a detector line that goes away and comes back`() {
        var story = Story()
        story.on(0)
        story.run(to: 100)
        story.send(.detector(isAbsent: true))
        story.read(1, at: 6_000)
        story.send(.detector(isAbsent: false))
        story.send(.level(DetectorNumber(0), isOccupied: false))
        story.run(to: 40_000)
        #expect(story.summary == ["noTag", "approved 1"] && story.states == [.withoutDetector, .normal])
    }

    @Test func `passageMax closes a passage with the vehicle still there, once`() {
        var story = Story()
        story.on(0)
        story.run(to: 30_000)
        #expect(story.closed.count == 1 && story.closed[0].end == nil && story.closed[0].flags.contains(.tooLong))
        story.off(100_000)
        story.run(to: 110_000)
        #expect(story.closed.count == 1)
    }
}
