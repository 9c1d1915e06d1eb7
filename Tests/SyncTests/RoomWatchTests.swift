import Lane
import Storage
import Sync
import Testing

@Suite struct RoomWatchTests {
    private let now = Instant(nanoseconds: 1_000_000_000)
    /// A card of 16 GB of which so much is free.
    private func room(_ free: Int) -> DiskRoom { DiskRoom(free: free, total: 16_000_000_000) }

    private func filling(_ room: DiskRoom?, noReserve: String? = nil) -> RoomWatch.Action {
        var condition = RoomWatch.Condition()
        (condition.filling, condition.noReserve) = (room, noReserve)
        return .condition(condition)
    }

    @Test func `looks at the start and every minute`() {
        var watch = RoomWatch(reserve: 64)
        #expect(watch.handle(.start, at: now) == [.look, .wake(now + .minutes(1))])
        #expect(watch.handle(.looked(room(10_000_000_000), hasReserve: true), at: now) == [])
        #expect(watch.handle(.wake, at: now + .minutes(1)) == [.look, .wake(now + .minutes(2))])
        #expect(watch.handle(.notLooked, at: now) == [])
    }

    @Test func `makes a reserve where there is room for it twice over, once at a time`() {
        var watch = RoomWatch(reserve: 64)
        #expect(watch.handle(.looked(room(10_000_000_000), hasReserve: false), at: now) == [.makeReserve])
        #expect(watch.handle(.looked(room(10_000_000_000), hasReserve: false), at: now) == [])
        #expect(watch.handle(.made, at: now) == [])
        #expect(watch.handle(.full, at: now) == [.releaseReserve])
    }

    @Test func `says that a disk is filling, and how much is left, until it is not`() {
        var watch = RoomWatch(reserve: 0)
        #expect(watch.handle(.looked(room(2_000_000_000), hasReserve: false), at: now) == [])
        #expect(
            watch.handle(.looked(room(1_999_999_999), hasReserve: false), at: now) == [filling(room(1_999_999_999))])
        #expect(watch.handle(.looked(room(1_999_999_999), hasReserve: false), at: now) == [])
        #expect(watch.handle(.looked(room(9_000_000_000), hasReserve: false), at: now) == [filling(nil)])
        let small = DiskRoom(free: 19, total: 100)
        #expect(watch.handle(.looked(small, hasReserve: false), at: now) == [filling(small)])
    }

    @Test func `gives the reserve up when the journal finds no room, and makes it again when there is`() {
        var watch = RoomWatch(reserve: 64)
        _ = watch.handle(.looked(room(1 << 33), hasReserve: true), at: now)
        #expect(watch.handle(.full, at: now) == [.releaseReserve])
        #expect(watch.handle(.full, at: now) == [], "once")
        let words = "the disk is full and the journal uses its reserve of 64 bytes"
        #expect(watch.handle(.released, at: now) == [filling(nil, noReserve: words)])
        #expect(watch.handle(.full, at: now) == [], "there is none any more")
        #expect(
            watch.handle(.looked(room(127), hasReserve: false), at: now) == [filling(room(127), noReserve: words)])
        #expect(
            watch.handle(.looked(room(1 << 33), hasReserve: false), at: now) == [
                .makeReserve, filling(nil, noReserve: words),
            ])
        #expect(watch.handle(.made, at: now) == [filling(nil)])
    }

    @Test func `says that there is no room for one, or why it could not be made or given up, and tries again`() {
        var watch = RoomWatch(reserve: 64)
        let few = "the disk has 100 bytes left, too few for a reserve of 64"
        #expect(watch.handle(.looked(room(100), hasReserve: false), at: now) == [filling(room(100), noReserve: few)])
        #expect(
            watch.handle(.looked(room(1 << 33), hasReserve: false), at: now) == [
                .makeReserve, filling(nil, noReserve: few),
            ])
        #expect(watch.handle(.notMade(reason: "no"), at: now) == [filling(nil, noReserve: "no")])
        #expect(watch.handle(.looked(room(1 << 33), hasReserve: false), at: now) == [.makeReserve])
        #expect(watch.handle(.made, at: now) == [filling(nil)])
        #expect(watch.handle(.full, at: now) == [.releaseReserve])
        #expect(watch.handle(.notReleased(reason: "stuck"), at: now) == [filling(nil, noReserve: "stuck")])
        #expect(watch.handle(.full, at: now) == [.releaseReserve], "again")
    }

    @Test func `that none is wanted makes none and misses none`() {
        var watch = RoomWatch(reserve: 0)
        #expect(watch.handle(.looked(room(1 << 33), hasReserve: false), at: now) == [])
        #expect(watch.handle(.full, at: now) == [])
    }
}
