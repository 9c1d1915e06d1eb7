import Testing

@testable import Lane

@Suite struct `A tag decides one vehicle` {
    @Test func `heard again behind its vehicle it does not approve the next one, which has none`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        story.off(260)
        story.read(1, at: 1_400)
        story.on(1_500)
        story.off(1_750)
        story.run(to: 10_000)
        #expect(story.summary == ["approved 1", "noTag 1"])
        #expect(story.closed[1].flags.contains(.decidedElsewhere) && story.closed[1].photosAreDue)
    }

    @Test func `decided in another lane while its read waits here, it decides nothing here`() {
        var story = Story()
        story.read(1, at: -500, arrives: -450)
        story.decided.insert(Story.tag(1), at: Story.ms(-400), forgetBefore: Story.ms(-5_000))
        story.on(0)
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["noTag 1"] && story.closed[0].flags.contains(.decidedElsewhere))
    }

    @Test func `decided in another lane while a vehicle here waits for decideAt, it decides nothing here`() {
        var story = Story()
        story.on(0)
        story.read(1, .blocked, at: 10)
        story.decided.insert(Story.tag(1), at: Story.ms(12), forgetBefore: Story.ms(-5_000))
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["noTag 1"] && story.closed[0].flags.contains(.decidedElsewhere))
    }

    @Test func `a decision by a read that waited does not hide those before it`() {
        var decided = DecidedTags()
        decided.insert(Story.tag(1), at: Story.ms(9_000), forgetBefore: Story.ms(4_000))
        decided.insert(Story.tag(2), at: Story.ms(5_000), forgetBefore: Story.ms(4_000))
        #expect(decided.contains(Story.tag(1), since: Story.ms(6_000)))
        #expect(!decided.contains(Story.tag(2), since: Story.ms(6_000)))
    }
}
