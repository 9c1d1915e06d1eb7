import Exchange
import FoundationEssentials
import Glibc
import Lane
import SimDisk
import Storage
import Testing

@testable import Camera

@Suite("The store of photos")
struct PhotoStoreTests {
    private let bytes: [UInt8] = [1, 2, 3]

    private func store(_ folder: borrowing Folder, mostBytes: Int = 1_000, mostFiles: Int = 10) throws -> PhotoStore {
        var limits = PhotoStore.Limits()
        limits.mostBytes = mostBytes
        limits.mostFiles = mostFiles
        return try PhotoStore(folder: folder.path + "/photos", limits: limits)
    }

    @Test func `a photo is kept whole under its name, with its digest`() throws {
        let folder = try Folder()
        let store = try store(folder)
        let file = try store.keep(bytes, as: Sample.name(1), at: Sample.ms(5))
        #expect(file == PhotoFile(name: Sample.name(1), digest: Digest(of: bytes), bytes: 3, at: Sample.ms(5)))
        #expect(try folder.read("photos/\(Sample.name(1))") == bytes)
        #expect(store.usage == PhotoStore.Usage(files: 1, bytes: 3))
        #expect(store.path(of: Sample.name(1)) == "\(folder.path)/photos/\(Sample.name(1))")
    }

    @Test func `what is left of a disk that is nearly full is the journal's`() throws {
        let disk = SimulatedDisk(seed: 1, capacity: 1_000)
        let store = try PhotoStore(folder: "/photos", on: disk)
        let photo = [UInt8](repeating: 7, count: 450)
        _ = try store.keep(photo, as: Sample.name(1), at: Sample.ms(0))
        _ = try store.keep(photo, as: Sample.name(2), at: Sample.ms(0))
        let words = "the store holds 2 photos of 900 bytes: the disk is nearly full, and what is left is the journal's"
        #expect(throws: SnapshotFailure(.storeFull, words, store: .leftToJournal)) {
            try store.keep([1], as: Sample.name(3), at: Sample.ms(0))
        }
        #expect(store.look() == .leftToJournal && store.usage.files == 2)
        try store.delete(Sample.name(1))
        try syncFolder("/photos", on: disk)
        #expect(store.look() == .hasRoom)
        _ = try store.keep([1], as: Sample.name(3), at: Sample.ms(0))
    }

    @Test func `bytes and files are bounded, and what is deleted makes room`() throws {
        let folder = try Folder()
        let store = try store(folder, mostBytes: 8, mostFiles: 2)
        _ = try store.keep(bytes, as: Sample.name(1), at: Sample.ms(0))
        let words = "the store holds 1 photos of 3 bytes: its limit of 8 bytes is reached"
        #expect(throws: SnapshotFailure(.storeFull, words, store: .holdsMostBytes(8))) {
            try store.keep([UInt8](repeating: 0, count: 6), as: Sample.name(2), at: Sample.ms(0))
        }
        _ = try store.keep([1, 2, 3, 4, 5], as: Sample.name(2), at: Sample.ms(0))
        #expect(store.percentFull == 100)
        #expect(throws: SnapshotFailure.self) { try store.keep([], as: Sample.name(3), at: Sample.ms(0)) }
        try store.delete(Sample.name(1))
        try store.delete(Sample.name(1))
        #expect(store.usage == PhotoStore.Usage(files: 1, bytes: 5))
        _ = try store.keep(bytes, as: Sample.name(3), at: Sample.ms(0))
    }

    @Test
    func `a store that was full is looked at again: it has room for a photo like the one that found none, or not`()
        throws
    {
        let folder = try Folder()
        let store = try store(folder, mostBytes: 8, mostFiles: 2)
        _ = try store.keep(bytes, as: Sample.name(1), at: Sample.ms(0))
        #expect(throws: SnapshotFailure.self) {
            try store.keep([UInt8](repeating: 0, count: 6), as: Sample.name(2), at: Sample.ms(0))
        }
        #expect(store.look() == .holdsMostBytes(8))
        _ = try store.keep([], as: Sample.name(2), at: Sample.ms(0))
        #expect(store.look() == .holdsMostFiles(2))
        try store.delete(Sample.name(1))
        #expect(store.look() == .hasRoom)
        #expect(try folder.namesOfPhotos == ["\(Sample.name(2))"], "it leaves nothing")
        #expect(store.usage == PhotoStore.Usage(files: 1, bytes: 0))
    }

    @Test func `a disk is looked at by writing to it`() throws {
        let folder = try Folder()
        let store = try store(folder)
        try makeFolder("\(folder.path)/photos/unnamed-0-probe-0.jpg.part")
        #expect(store.look() == .failed)
        try FileManager.default.removeItem(atPath: "\(folder.path)/photos/unnamed-0-probe-0.jpg.part")
        #expect(store.look() == .hasRoom)
        // What a crash would leave of it, the next start takes.
        try folder.write("photos/unnamed-0-probe-0.jpg", bytes)
        try self.store(folder).sweepUnfinished()
        #expect(try folder.namesOfPhotos == [])
    }

    @Test(arguments: [(ENOSPC, StoreCondition.diskFull), (EDQUOT, .diskFull), (EIO, .failed), (EROFS, .failed)])
    func `a full disk is told from a failing one`(number: Int32, condition: StoreCondition) {
        #expect(StoreCondition(FileError("write", "/photos/a.jpg", number: number)) == condition)
    }

    @Test func `what a former run kept is counted`() throws {
        let folder = try Folder()
        _ = try store(folder).keep(bytes, as: Sample.name(1), at: Sample.ms(0))
        #expect(try store(folder).usage == PhotoStore.Usage(files: 1, bytes: 3))
    }

    @Test func `a photo that cannot be written is a failure of the disk, and takes no room`() throws {
        let folder = try Folder()
        let store = try store(folder)
        try folder.write("photos/\(Sample.name(1)).part", [])
        let blocked = PhotoFileName(.unnamed(PassageID(1)), camera: "front", number: 1)
        try makeFolder("\(folder.path)/photos/\(blocked).part")
        let failure = #expect(throws: SnapshotFailure.self) { try store.keep(bytes, as: blocked, at: Sample.ms(0)) }
        #expect(failure?.reason == .diskFailed && failure?.store == .failed)
        #expect(failure?.description.hasPrefix("create \(folder.path)/photos/unnamed-1-front-1.jpg.part: ") == true)
        #expect(store.usage == PhotoStore.Usage())
    }

    @Test func `a photo is renamed`() throws {
        let folder = try Folder()
        let store = try store(folder)
        _ = try store.keep(bytes, as: Sample.name(1), at: Sample.ms(0))
        try store.rename(Sample.name(1), to: Sample.name(2))
        #expect(try folder.read("photos/\(Sample.name(2))") == bytes)
        let error = #expect(throws: (any Error).self) { try store.rename(Sample.name(1), to: Sample.name(2)) }
        #expect("\(error.map { "\($0)" } ?? "")".contains("No such file"))
    }

    @Test func `a sweep keeps what the journal knows, and nothing else of ours (I3)`() throws {
        let folder = try Folder()
        let store = try store(folder)
        for name in [Sample.name(1), Sample.name(2), PhotoFileName(.unnamed(PassageID(1)), camera: "front", number: 1)]
        {
            _ = try store.keep(bytes, as: name, at: Sample.ms(0))
        }
        let other = PhotoFileName(.record(JournalID(high: 1, low: 1), Sequence(1)), camera: "front", number: 1)
        _ = try store.keep(bytes, as: other, at: Sample.ms(0))
        try folder.write("photos/\(Sample.name(3)).part", bytes)
        try folder.write("photos/notes.txt", bytes)
        let again = try self.store(folder)
        try again.sweepUnfinished()
        let sweep = try again.sweep(journal: Sample.journal) { sequence, camera, number in
            (sequence, camera, number) == (Sequence(2), "front", 1)
        }
        #expect(sweep == PhotoStore.Sweep(kept: 1, deleted: 1, strange: 2))
        #expect(try folder.namesOfPhotos == ["\(other)", "\(Sample.name(2))", "notes.txt"])
        #expect(again.usage == PhotoStore.Usage(files: 3, bytes: 9))
    }

    @Test func `a sweep leaves what this run has taken meanwhile`() throws {
        let folder = try Folder()
        let store = try store(folder)
        let name = PhotoFileName(.unnamed(PassageID(1)), camera: "front", number: 1)
        _ = try store.keep(bytes, as: name, at: Sample.ms(0))
        try folder.write("photos/\(Sample.name(3)).part", bytes)
        #expect(try store.sweep(journal: Sample.journal) { _, _, _ in false } == PhotoStore.Sweep())
        #expect(try folder.namesOfPhotos == ["\(Sample.name(3)).part", "\(name)"])
    }

    @Test func `a folder that cannot be made is said in one line`() throws {
        let folder = try Folder()
        let error = #expect(throws: (any Error).self) { try PhotoStore(folder: folder.path + "/a/b") }
        #expect(
            "\(error.map { "\($0)" } ?? "")"
                == "make folder \(folder.path)/a/b: No such file or directory; make the folder")
    }

    @Test func `photos of given records are found with the digests of their files`() throws {
        let folder = try Folder()
        let store = try store(folder)
        for number: UInt64 in [1, 2, 3] {
            for camera in ["rear", "front"] {
                let name = PhotoFileName(.record(Sample.journal, Sequence(number)), camera: camera, number: 1)
                _ = try store.keep(bytes, as: name, at: Sample.ms(0))
            }
        }
        try folder.write("photos/note.txt", [])
        let found = try store.photos(of: Sample.journal, [Sequence(1), Sequence(3), Sequence(9)])
        #expect(Set(found.keys) == [Sequence(1), Sequence(3)])
        let photos = try #require(found[Sequence(1)])
        #expect(photos.map(\.camera) == ["front", "rear"] && photos.map(\.number) == [1, 1])
        #expect(photos.allSatisfy { $0.digest == Digest(of: bytes) && $0.bytes == 3 })
        #expect(photos.allSatisfy { $0.written > UTC(milliseconds: 1_700_000_000_000) })
    }
}
