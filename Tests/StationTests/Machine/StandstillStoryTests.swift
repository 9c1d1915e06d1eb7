import Exchange
import Lane
import Testing

@testable import Station

@Suite struct `A station that stood still` {
    /// A vehicle came and went while it stood, and its tag waits in the reader's line.
    private func world() throws -> StationWorld {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.run(.seconds(5))
        let before = world.now
        world.standStill(.seconds(2))
        for (at, isHigh) in [(Interval.milliseconds(300), true), (.milliseconds(600), false)] {
            world.send(.lines(.edge(input: 0, isHigh: isHigh, at: before + at)))
        }
        return world
    }

    @Test func `gives the tags that waited to no vehicle: they are journalled by themselves`() throws {
        var world = try world()
        world.read()
        world.commitAll()
        world.run(.seconds(5))
        world.commitAll()
        #expect(world.passages.map(\.decision.outcome) == [.readerDown])
        #expect(world.passages.first?.reads.isEmpty == true)
        let replayed = world.drafts.compactMap { if case .replayedRead(let read) = $0 { read.reason } else { nil } }
        #expect(replayed == [.beforeSynchronised])
        #expect(world.log.contains { $0.event == "station.stoodStill" && $0.fields.contains { $0.value == "2000" } })
    }

    @Test func `works as before when its readers have paused`() throws {
        var world = try world()
        world.run(.seconds(5))
        world.pass()
        world.pass(nil)
        world.commitAll()
        #expect(world.passages.map(\.decision.outcome) == [.readerDown, .approved, .noTag])
    }
}
