import Exchange
import Lane
import Testing

@testable import Station

@Suite struct `A reader whose last read waits for its commit` {
    /// A tagged vehicle has passed in lane 1, and its read is not committed yet.
    private func world() throws -> StationWorld {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.edge(true)
        world.read()
        world.run(.milliseconds(300))
        world.edge(false)
        return world
    }

    /// What the next vehicle comes to, in which nothing is read.
    private func next(_ world: inout StationWorld, lane: LaneNumber = StationWorld.lane1) -> Outcome? {
        world.run(.milliseconds(250))
        let before = world.all.count
        world.edge(true, lane: lane)
        world.run(.milliseconds(150))
        world.edge(false, lane: lane)
        world.run(.milliseconds(250))
        let decided = world.all[before...].compactMap { action -> Outcome? in
            if case .watch(let notice) = action, notice.moment == .decided { notice.outcome } else { nil }
        }
        return decided.first
    }

    @Test func `cannot tell what comes next: the vehicle is readerDown, in the reader's own lanes`() throws {
        var world = try world()
        world.run(.milliseconds(690))
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [false, false])
        world.run(.milliseconds(20))
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [true, false])
        #expect(next(&world) == .readerDown && next(&world, lane: StationWorld.lane2) == .noTag)
        #expect(world.alarms == ["ackSlow reader1"])
        #expect(
            world.machine.report(at: world.now).readers[0].state == "reading, held up: its last read is not committed")
    }

    @Test func `is well again when it has been told`() throws {
        var world = try world()
        world.run(.seconds(1))
        #expect(next(&world) == .readerDown)
        #expect(world.commit().contains("write 0"))
        world.commitAll()
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [false, false])
        #expect(next(&world) == .noTag)
        #expect(world.machine.report(at: world.now).readers[0].state == "reading")
        #expect(
            world.log.map(\.event).filter { $0.hasPrefix("reader.") && $0 != "reader.state" }
                == ["reader.heldUp", "reader.told"])
    }

    @Test func `is held up at once when the journal cannot be written, and by no time of its own`() throws {
        var world = try world()
        world.failCommit()
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [true, false])
        #expect(next(&world) == .readerDown)
        #expect(next(&world, lane: StationWorld.lane2) == .noTag, "nothing of that reader waits")
        #expect(world.alarms == ["journalNotWritable"])
        // A read that comes while the journal cannot be written holds its reader up too.
        world.run(.milliseconds(250))
        world.edge(true, lane: StationWorld.lane2)
        // Another tag: one that was decided in lane 1 is not decided again in lane 2.
        world.read("7392", lane: StationWorld.lane2)
        world.edge(false, lane: StationWorld.lane2)
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [true, true])
        #expect(next(&world, lane: StationWorld.lane2) == .readerDown)
        // The ledger tries again two seconds after the failure.
        world.run(.seconds(1))
        world.commitAll()
        #expect(world.machine.desk.readers.map(\.isHeldUp) == [false, false])
        #expect(next(&world) == .noTag && next(&world, lane: StationWorld.lane2) == .noTag)
    }
}
