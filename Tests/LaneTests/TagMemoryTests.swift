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
        story.memory.decide(Story.tag(1), at: Story.ms(-400))
        story.on(0)
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["noTag 1"] && story.closed[0].flags.contains(.decidedElsewhere))
    }

    @Test func `decided in another lane while a vehicle here waits for decideAt, it decides nothing here`() {
        var story = Story()
        story.on(0)
        story.read(1, .blocked, at: 10)
        story.memory.decide(Story.tag(1), at: Story.ms(12))
        story.off(300)
        story.run(to: 3_000)
        #expect(story.summary == ["noTag 1"] && story.closed[0].flags.contains(.decidedElsewhere))
    }

    @Test func `a decision by a read that waited does not hide those before it`() {
        var memory = TagMemory()
        memory.decide(Story.tag(1), at: Story.ms(9_000))
        memory.decide(Story.tag(2), at: Story.ms(5_000))
        #expect(memory.contains(Story.tag(1), since: Story.ms(6_000)))
        #expect(!memory.contains(Story.tag(2), since: Story.ms(6_000)))
    }
}

@Suite struct `The memory of tags` {
    private func tag(_ n: Int) -> TagNumber { GantryTraffic.tag(n) }

    @Test func `holds the tags that were heard last, and forgets the longest unheard`() {
        var memory = TagMemory()
        for n in 0..<TagMemory.most { memory.decide(tag(n), at: Story.ms(Int64(n))) }
        memory.decide(tag(0), at: Story.ms(10_000))
        for n in 0..<10 { memory.decide(tag(TagMemory.most + n), at: Story.ms(20_000)) }
        #expect(memory.contains(tag(0), since: Story.ms(10_000)))
        for n in 1...10 { #expect(!memory.contains(tag(n), since: Story.ms(0))) }
        for n in 11..<TagMemory.most { #expect(memory.contains(tag(n), since: Story.ms(0)), "\(n)") }
    }

    @Test func `says the same as a plain list of decisions, by chance`() {
        var random = Seeded(state: 5)
        var memory = TagMemory()
        var plain: [Int: Int64] = [:]
        for step in 0..<50_000 as Range<Int64> {
            let n = Int.random(in: 0..<1_500, using: &random)
            if Bool.random(using: &random) {
                memory.decide(tag(n), at: Story.ms(step))
                plain[n] = step
            } else {
                let since = step - Int64.random(in: 0..<2_000, using: &random)
                #expect(memory.contains(tag(n), since: Story.ms(since)) == plain[n].map { $0 >= since } ?? false)
            }
        }
    }

    @Test func `begins a new story of a tag that was not heard for a while`() {
        var memory = TagMemory()
        func hear(_ lane: UInt8, _ at: Int64) {
            memory.hear(
                tag(1), in: LaneNumber(lane), at: Story.ms(at), now: Story.ms(at), episode: .seconds(5),
                tellsRepeats: true)
        }
        hear(1, 0)
        hear(2, 100)
        #expect(memory.claim(to: tag(1), in: LaneNumber(2), at: Story.ms(200))?.claim == .lesser)
        hear(2, 6_000)
        #expect(memory.claim(to: tag(1), in: LaneNumber(2), at: Story.ms(6_000))?.claim == .sole(hearings: 1))
        #expect(memory.claim(to: tag(1), in: LaneNumber(1), at: Story.ms(6_000))?.claim == .lesser)
    }
}
