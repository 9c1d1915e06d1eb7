import Glibc

/// A file that grows at its end, also from one run of the program to the next: what was written stays there if the rest never comes.
package struct GrowingFile: ~Copyable {
    package let path: String
    /// In bytes.
    package private(set) var size: Int
    private let disk: any Disk
    private let descriptor: Int32

    /// Opens the file, or makes it, and cuts off what stands behind so many bytes; `EINVAL` when it has fewer.
    package init(
        _ path: String, keeping bytes: Int, mode: UInt32 = 0o600, on disk: any Disk = SystemDisk()
    ) throws(FileError) {
        let opened = disk.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode: mode)
        guard opened >= 0 else { throw FileError("open", path) }
        let isLongEnough = disk.look(at: opened).map { $0.size >= bytes } ?? false
        guard isLongEnough, disk.truncate(opened, to: bytes) == 0 else {
            let error = FileError("go on with", path, number: isLongEnough ? errno : EINVAL)
            disk.close(opened)
            throw error
        }
        self.path = path
        size = bytes
        self.disk = disk
        descriptor = opened
    }

    deinit { disk.close(descriptor) }

    /// Writes at the end.
    package mutating func append(_ bytes: [UInt8]) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe disk.write(descriptor, $0, at: size) }
            guard count >= 0 || errno == EINTR else { throw FileError("write", path) }
            rest = rest.dropFirst(max(count, 0))
            size += max(count, 0)
        }
    }

    /// When this returns, what was written is there after a power cut.
    package borrowing func sync() throws(FileError) {
        guard disk.syncData(descriptor) == 0 else { throw FileError("sync", path) }
        try syncFolder(path.folder, on: disk)
    }
}
