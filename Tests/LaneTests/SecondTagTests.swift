import Testing

@testable import Lane

/// A car of 4.5 m at 75 km/h is over the detector for 216 ms.
@Suite struct `A second tag that is heard behind the detector` {
    private static func story(tagsAt second: Int64, occupied: Int64 = 216, next: Int64) -> Story {
        var story = Story()
        story.read(1, at: 4_750)
        story.on(5_000)
        story.read(2, at: 5_000 + second)
        story.off(5_000 + occupied)
        story.on(5_000 + next)
        story.off(5_000 + next + 216)
        story.run(to: 20_000)
        return story
    }

    @Test func `approves no vehicle without a tag that comes more than a second later`() {
        let story = Self.story(tagsAt: 100, next: 1_400)
        #expect(story.summary == ["approved 1 2", "noTag"] && story.strays.isEmpty)
        #expect(story.closed[0].flags.contains(.secondTag) && story.closed[1].photosAreDue)
        #expect(story.triggers == [0, 1])
    }

    @Test func `is not the next vehicle's behind a lorry, at whatever speed that keeps`() {
        let story = Self.story(tagsAt: 100, occupied: 792, next: 1_400)
        #expect(story.summary == ["approved 1 2", "noTag"] && story.closed[1].photosAreDue)
    }

    @Test func `may be the tag of the next vehicle that is half a second behind, and is that one's`() {
        let story = Self.story(tagsAt: 250, next: 500)
        #expect(story.summary == ["approved 1", "approved 2"])
    }

    @Test func `late in a vehicle without one is its own, when the next comes more than a second later`() {
        var story = Story()
        story.on(5_000)
        story.read(1, at: 5_100)
        story.off(5_216)
        story.on(6_400)
        story.off(6_616)
        story.run(to: 20_000)
        #expect(story.summary == ["approved 1", "noTag"] && story.closed[0].earlier?.outcome == .noTag)
    }
}
