import Exchange
import Lane
import Storage
import Sync
import Testing

@testable import Station

@Suite struct `A disk without room` {
    private let card = 16_000_000_000

    @Test func `is told as it fills; the journal's reserve is given up when it finds none, and made again`() throws {
        var world = StationWorld()
        world.start(list: try TestList.approving())
        world.send(.room(.looked(DiskRoom(free: card / 2, total: card), hasReserve: true)))
        #expect(world.alarms == [])
        world.send(.room(.looked(DiskRoom(free: 1_500_000_000, total: card), hasReserve: true)))
        #expect(world.alarms == ["diskFilling"])
        let number = try #require(world.commits.last, "the alarm's record is being written")
        let full = JournalFailure("write the journal: database or disk is full", isFull: true)
        #expect(world.send(.ledger(.failed(number, full))).contains("release the reserve"))
        world.send(.room(.released))
        #expect(Set(world.alarms) == ["diskFilling", "reserveGone", "journalNotWritable"])
        world.run(Ledger.retryAfter)
        world.commitAll()
        #expect(Set(world.alarms) == ["diskFilling", "reserveGone"])
        #expect(world.records(of: .reserveGone) == [true])
        let freed = world.send(.room(.looked(DiskRoom(free: card / 2, total: card), hasReserve: false)))
        #expect(freed.contains("make the reserve"))
        world.send(.room(.made))
        #expect(world.alarms == [])
    }
}
