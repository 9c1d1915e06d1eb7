import SimDisk
import Storage
import TestSupport
import Testing

@Suite struct ReserveTests {
    @Test func `takes its room and gives it back, whatever was there before`() throws {
        let disk = SimulatedDisk(seed: 1, capacity: 10_000_000)
        try makeFolder("/state", on: disk)
        let reserve = Reserve(folder: "/state", bytes: 3_000_000, on: disk)
        #expect(!reserve.isThere)
        try reserve.release()
        for _ in 0..<2 {
            try reserve.make()
            #expect(reserve.isThere)
            #expect(disk.room(of: "/state") == DiskRoom(free: 7_000_000, total: 10_000_000))
        }
        #expect(!Reserve(folder: "/state", bytes: 3_000_001, on: disk).isThere, "another size is none")
        try reserve.release()
        #expect(!reserve.isThere && disk.room(of: "/state")?.free == 10_000_000)
    }

    @Test func `that finds no room leaves nothing behind`() throws {
        let disk = SimulatedDisk(seed: 1, capacity: 2_000_000)
        try makeFolder("/state", on: disk)
        let reserve = Reserve(folder: "/state", bytes: 3_000_000, on: disk)
        let error = #expect(throws: FileError.self) { try reserve.make() }
        #expect(error?.isForWantOfRoom == true && !reserve.isThere && disk.names(in: "/state") == [])
    }

    @Test func `is written in full on the system's disk`() throws {
        let folder = try TemporaryFolder()
        try Reserve(folder: folder.path, bytes: 1_500_000).make()
        #expect(bytesOf(folder / Reserve.name)?.count == 1_500_000)
        let room = try #require(SystemDisk().room(of: folder.path))
        #expect(room.free > 0 && room.total >= room.free)
    }
}
