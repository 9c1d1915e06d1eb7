import Testing

@testable import Lane

@Suite struct `The tag of a vehicle that follows closely` {
    @Test func `heard late in a vehicle without one waits for the next vehicle, and is that one's`() {
        var story = Story()
        story.on(0)
        story.read(1, at: 400)
        story.off(800)
        story.run(to: 1_200)
        #expect(story.decisions == [.noTag], "not revised")
        story.on(1_200)
        #expect(story.decisions == [.noTag, .approved])
        story.off(2_000)
        story.run(to: 10_000)
        #expect(story.summary == ["noTag", "approved 1"] && story.closed[0].photosAreDue)
    }

    @Test func `heard late in a vehicle without one is that one's when no other comes`() {
        var story = Story()
        story.on(0)
        story.read(1, at: 400)
        story.off(800)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1"] && story.closed[0].earlier?.outcome == .noTag)
        #expect(story.strays.isEmpty)
    }

    @Test func `both its tags, heard late in a vehicle without one, are its own`() {
        var story = Story()
        story.on(0)
        story.read(1, at: 400)
        story.read(2, at: 450)
        story.off(800)
        story.on(1_200)
        story.off(2_000)
        story.run(to: 10_000)
        #expect(story.summary == ["noTag", "approved 1 2"])
    }

    @Test func `that is held up by a standing one is still its own when it comes`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 2_000)
        story.read(2, at: 9_000)
        story.off(12_000)
        story.on(13_500)
        story.off(14_500)
        story.run(to: 30_000)
        #expect(story.summary == ["approved 1", "approved 2"])
        #expect(story.closed.allSatisfy { !$0.flags.contains(.secondTag) })
    }

    @Test func `behind a standing one is that one's second tag when no other comes`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 2_000)
        story.off(12_000)
        story.run(to: 30_000)
        #expect(story.summary == ["approved 1 2"] && story.strays.isEmpty)
    }

    @Test
    func `behind one that stands longer than a passage may take is still its own when it comes`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 2_000)
        story.read(3, at: 40_000)
        story.off(100_000)
        story.on(101_000)
        story.off(101_500)
        story.on(103_000)
        story.off(103_500)
        story.run(to: 130_000)
        #expect(story.summary == ["approved 1", "approved 2", "approved 3"])
        #expect(story.strays.isEmpty)
    }

    @Test func `is a vehicle's own that stood with it in the zone before it came, and was heard all the while`() {
        var story = Story()
        for at in stride(from: Int64(0), to: 10_000, by: 300) { story.read(1, at: at) }
        story.on(10_500)
        story.off(11_000)
        story.run(to: 30_000)
        #expect(story.summary == ["approved 1"] && story.strays.isEmpty)
    }

    @Test func `heard over and over while it creeps up is its own, however long it takes`() {
        var story = Story()
        story.on(0)
        for at in stride(from: Int64(400), to: 9_000, by: 500) { story.read(1, at: at) }
        story.off(800)
        story.on(9_500)
        story.off(10_500)
        story.run(to: 30_000)
        #expect(story.summary == ["noTag", "approved 1"])
    }

    @Test func `behind one that never leaves waits no longer than five minutes`() {
        var story = Story()
        story.read(1, at: -200, arrives: 0)
        story.on(10)
        story.read(2, at: 20_000)
        story.run(to: 319_999)
        #expect(story.strays.isEmpty)
        story.run(to: 320_000)
        #expect(story.summary == ["approved 1"] && story.strays.count == 1)
        #expect(story.lane.waiting.isEmpty && story.wake == nil)
    }
}
