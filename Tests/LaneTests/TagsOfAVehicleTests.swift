import Testing

@testable import Lane

@Suite struct `A vehicle that stands` {
    @Test func `keeps its tag to itself for as long as it is heard, and a while after`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        for second in 1...9 { story.read(1, at: Int64(second) * 1_000) }
        story.off(9_000)
        story.read(1, at: 11_500)
        story.on(12_000)
        story.off(12_250)
        story.run(to: 30_000)
        #expect(story.closed.map(\.decision.outcome) == [.approved, .noTag])
    }

    @Test func `keeps it also when its passage was closed before it left`() {
        var story = Story()
        story.read(1, at: -100, arrives: 0)
        story.on(10)
        story.read(1, at: 32_900)
        story.off(33_000)
        story.on(34_000)
        story.off(34_250)
        story.run(to: 60_000)
        #expect(story.closed.map(\.decision.outcome) == [.approved, .noTag])
    }
}

@Suite struct `Two tags in one vehicle, the denied one first` {
    @Test func `the approved one decides when it is heard by decideAt, before or after the leading edge`() {
        for (first, second) in [(Int64(-60), Int64(-20)), (10, 50)] {
            var story = Story()
            if first < 0 { story.read(1, .blocked, at: first, arrives: 0) }
            if second < 0 { story.read(2, at: second, arrives: 0) }
            story.on(0)
            if first > 0 { story.read(1, .blocked, at: first) }
            if second > 0 { story.read(2, at: second) }
            story.off(300)
            story.run(to: 10_000)
            #expect(story.decisions == [.approved], "reads at \(first) and \(second) ms")
            #expect(story.closed[0].flags.isSuperset(of: [.secondTag, .deniedBeside]) && story.closed[0].photosAreDue)
        }
    }
}
