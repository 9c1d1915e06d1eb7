import Glibc

/// A file that is read piece by piece.
package struct SourceFile: ~Copyable {
    package let path: String
    /// In bytes, when it was opened.
    package let size: Int
    /// When its bytes were last written, in milliseconds of civil time since 1970.
    package let modified: Int64
    private let disk: any Disk
    private let descriptor: Int32

    /// Opens the file; nil when there is none of that name. `EISDIR` when it is a folder.
    package init?(_ path: String, on disk: any Disk = SystemDisk()) throws(FileError) {
        let opened = disk.open(path, O_RDONLY | O_CLOEXEC, mode: 0)
        guard opened >= 0 else {
            // ENOTDIR: a part of the path is a file, so there is nothing below it.
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileError("open", path)
        }
        guard let facts = disk.look(at: opened) else {
            let error = FileError("look at", path)
            disk.close(opened)
            throw error
        }
        guard !facts.isFolder else {
            disk.close(opened)
            throw FileError("open", path, number: EISDIR)
        }
        self.path = path
        size = facts.size
        modified = facts.modified
        self.disk = disk
        descriptor = opened
    }

    deinit { disk.close(descriptor) }

    /// The next bytes, at the most so many; none at the end.
    package borrowing func read(most: Int) throws(FileError) -> [UInt8] {
        var failed = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
            var got = 0
            repeat {
                got = unsafe disk.read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
            } while got < 0 && errno == EINTR
            failed = got < 0
            count = max(got, 0)
        }
        guard !failed else { throw FileError("read", path) }
        return bytes
    }

    /// All bytes from here on; `EFBIG` when there are more than so many.
    package borrowing func readAll(most: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = try read(most: Self.pieceBytes)
            if piece.isEmpty { return bytes }
            bytes += piece
            guard bytes.count <= most else { throw FileError("read", path, number: EFBIG) }
        }
    }

    /// How much `readAll` reads at a time.
    private static let pieceBytes = 65_536

    /// Goes back to the first byte.
    package borrowing func rewind() throws(FileError) {
        guard disk.rewind(descriptor) == 0 else { throw FileError("go back in", path) }
    }
}
