import Glibc

/// A file that appears whole or not at all: written beside its place, synced, renamed over it, and the folder synced.
///
/// One that is let go of without `commit()` leaves no trace. A power cut can leave the unfinished file, under its own name.
package struct DurableFile: ~Copyable {
    /// What stands behind the name of a file that is not finished.
    package static let unfinished = ".part"

    package let path: String
    private let disk: any Disk
    private let descriptor: Int32

    /// Begins a new content for `path`.
    package init(
        replacing path: String, mode: UInt32 = 0o600, on disk: any Disk = SystemDisk()
    ) throws(FileError) {
        let opened = disk.open(path + Self.unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode: mode)
        guard opened >= 0 else { throw FileError("create", path + Self.unfinished) }
        self.path = path
        self.disk = disk
        descriptor = opened
    }

    /// Appends bytes.
    package borrowing func write(_ bytes: some Collection<UInt8>) throws(FileError) {
        let number =
            unsafe bytes.withContiguousStorageIfAvailable {
                unsafe Self.write(UnsafeRawBufferPointer($0), to: descriptor, disk)
            }
            ?? Array(bytes).withUnsafeBytes { unsafe Self.write($0, to: descriptor, disk) }
        guard number == 0 else { throw FileError("write", path + Self.unfinished, number: number) }
    }

    /// Gives the file so many bytes of the disk, without writing them.
    package borrowing func allocate(_ bytes: Int) throws(FileError) {
        guard disk.allocate(descriptor, bytes) == 0 else { throw FileError("make room for", path + Self.unfinished) }
    }

    /// Puts the content in its place, as the last thing; when this returns, it is there after a power cut.
    package borrowing func commit() throws(FileError) {
        guard disk.sync(descriptor) == 0 else { throw FileError("sync", path + Self.unfinished) }
        guard disk.rename(path + Self.unfinished, to: path) == 0 else { throw FileError("rename into place", path) }
        try syncFolder(path.folder, on: disk)
    }

    deinit {
        disk.close(descriptor)
        // After a commit there is none any more.
        _ = disk.unlink(path + Self.unfinished)
    }

    /// Replaces or makes the file with this content.
    package static func replace(
        _ path: String, with bytes: some Collection<UInt8>, mode: UInt32 = 0o600, on disk: any Disk = SystemDisk()
    ) throws(FileError) {
        let file = try DurableFile(replacing: path, mode: mode, on: disk)
        try file.write(bytes)
        try file.commit()
    }

    /// The system's error number; 0 when all is written.
    private static func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, _ disk: any Disk
    ) -> Int32 {
        var rest = unsafe bytes[...]
        while unsafe !rest.isEmpty {
            let count = unsafe disk.write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
            guard count >= 0 || errno == EINTR else { return errno }
            unsafe rest = unsafe rest.dropFirst(max(count, 0))
        }
        return 0
    }
}

/// Makes the names in a folder durable: a rename or a new file is one only then.
package func syncFolder(_ path: String, on disk: any Disk = SystemDisk()) throws(FileError) {
    let descriptor = disk.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, mode: 0)
    guard descriptor >= 0 else { throw FileError("open folder", path) }
    defer { disk.close(descriptor) }
    guard disk.sync(descriptor) == 0 else { throw FileError("sync folder", path) }
}

extension String {
    /// The folder that a path's last part stands in.
    package var folder: String {
        guard let slash = lastIndex(of: "/") else { return "." }
        return slash == startIndex ? "/" : String(self[..<slash])
    }
}
