import Testing

@testable import Lane

@Suite struct `A lane whose detector goes away` {
    @Test func `a tag that waits for its vehicle is a vehicle then, and never that of the next one`() {
        var story = Story()
        story.read(1, at: 0)
        story.run(to: 100)
        story.send(.detector(isAbsent: true))
        #expect(story.decisions == [.approved])
        story.read(1, at: 150)
        story.run(to: 1_100)
        story.send(.detector(isAbsent: false))
        story.send(.level(DetectorNumber(0), isOccupied: false))
        story.on(2_000)
        story.off(2_300)
        story.run(to: 40_000)
        #expect(story.summary == ["noTag", "approved 1"])
        #expect(story.closed.last?.reads.first?.repeats == 1)
    }

    @Test func `the vehicle under it has one passage, also when its tag is heard only then`() {
        var story = Story()
        story.on(0)
        story.run(to: 100)
        story.send(.detector(isAbsent: true))
        story.read(1, at: 300)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1"] && story.strays.isEmpty)
    }

    @Test
    func
        `the vehicle under it that is still there when it is back has one passage, with its true end`()
    {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        story.run(to: 100)
        story.send(.detector(isAbsent: true))
        story.run(to: 400)
        story.send(.detector(isAbsent: false))
        story.send(.level(DetectorNumber(0), isOccupied: true))
        story.off(900)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1"] && story.closed[0].end == Story.ms(900))
        #expect(story.lane.state == .normal)
    }

    @Test func `a vehicle heard while it was away, and seen as it is back, has one passage`() {
        var story = Story()
        story.run(to: 100)
        story.send(.detector(isAbsent: true))
        story.read(1, at: 200)
        story.run(to: 300)
        story.send(.detector(isAbsent: false))
        story.send(.level(DetectorNumber(0), isOccupied: false))
        story.on(600)
        story.off(850)
        story.on(2_000)
        story.off(2_250)
        story.run(to: 30_000)
        #expect(Set(story.summary) == ["approved 1", "noTag"] && story.closed.count == 2)
    }

    @Test func `a tag that the vehicle before may have carried is its second tag then`() {
        var story = Story()
        story.read(1, at: 0)
        story.on(200)
        story.run(to: 700)
        story.read(2, .blocked, at: 700)
        story.send(.detector(isAbsent: true))
        story.run(to: 40_000)
        #expect(story.summary == ["approved 1 2"] && story.strays.isEmpty)
    }
}
