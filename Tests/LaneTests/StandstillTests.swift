import Testing

@testable import Lane

@Suite struct `A lane whose station stood still` {
    /// Three vehicles, of which the second has a trailer.
    private let edges: [(at: Int64, isOccupied: Bool)] = [
        (700, true), (1_000, false), (1_500, true), (1_900, false), (1_960, true), (2_300, false), (3_100, true),
        (3_400, false),
    ]

    /// The first one's tag is heard before it comes.
    private func heard() -> Story {
        var story = Story()
        story.read(1, at: 100)
        return story
    }

    @Test func `makes of its vehicles what it would have made of them in time`() {
        var inTime = heard()
        for edge in edges { edge.isOccupied ? inTime.on(edge.at) : inTime.off(edge.at) }
        inTime.run(to: 20_000)
        #expect(inTime.summary == ["approved 1", "noTag", "noTag"])
        var late = heard()
        late.now = Story.ms(3_500)
        for edge in edges {
            late.send(.edge(Edge(detector: DetectorNumber(0), isOccupied: edge.isOccupied, at: Story.ms(edge.at))))
        }
        late.run(to: 20_000)
        #expect(late.closed == inTime.closed && late.strays.isEmpty)
    }

    @Test func `takes an edge no earlier than what it has done already`() {
        var story = heard()
        story.run(to: 5_000)
        story.send(.reader(isDown: false))
        story.send(.edge(Edge(detector: DetectorNumber(0), isOccupied: true, at: Story.ms(700))))
        story.run(to: 40_000)
        #expect(story.summary == ["noTag"] && story.strays.count == 1 && story.closed[0].decision.at == Story.ms(5_000))
    }
}
