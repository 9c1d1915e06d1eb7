import Glibc
import TestSupport
import Testing

@testable import Storage

@Suite struct DurableFileTests {
    let folder: TemporaryFolder
    init() throws { folder = try TemporaryFolder() }

    @Test func `a replaced file has the new content and nothing stands beside it`() throws {
        try DurableFile.replace(folder / "a", with: Array("one".utf8))
        try DurableFile.replace(folder / "a", with: Array("two".utf8)[...])
        #expect(bytesOf(folder / "a") == Array("two".utf8))
        #expect(folder.names == ["a"])
    }

    @Test func `one that is let go of leaves the old content`() throws {
        try DurableFile.replace(folder / "a", with: Array("one".utf8))
        do {
            let file = try DurableFile(replacing: folder / "a")
            try file.write(Array("half".utf8))
            #expect(folder.names == ["a", "a.part"])
        }
        #expect(bytesOf(folder / "a") == Array("one".utf8))
        #expect(folder.names == ["a"])
    }

    @Test func `pieces are appended`() throws {
        let file = try DurableFile(replacing: folder / "a")
        for piece in ["one ", "", "two"] { try file.write(Array(piece.utf8)) }
        try file.commit()
        #expect(bytesOf(folder / "a") == Array("one two".utf8))
    }

    @Test func `a folder that is not there is one clear line`() {
        let error = #expect(throws: FileError.self) { try DurableFile.replace(folder / "no/a", with: [1]) }
        #expect(error?.description == "create \(folder / "no/a").part: No such file or directory; make the folder")
    }

    @Test func `files are set aside under the next free name, companions with them`() throws {
        for (number, companions) in [(1, ["-wal"]), (2, [])] {
            for ending in [""] + companions { try DurableFile.replace(folder / "j\(ending)", with: [UInt8(number)]) }
            #expect(try setAside(folder / "j", companions: ["-wal", "-shm"]) == folder / "j.set-aside-\(number)")
        }
        #expect(folder.names == ["j.set-aside-1", "j.set-aside-1-wal", "j.set-aside-2"])
        #expect(bytesOf(folder / "j.set-aside-2") == [2])
    }

    @Test func `what is not there need not be set aside`() throws {
        #expect(try setAside(folder / "nothing") == nil)
    }

    @Test func `a folder is locked once`() throws {
        do {
            let lock = try FolderLock(folder: folder.path)
            let error = #expect(throws: FileError.self) { _ = try FolderLock(folder: folder.path) }
            #expect(error?.number == EWOULDBLOCK)
            _ = lock
        }
        _ = try FolderLock(folder: folder.path)
    }
}
