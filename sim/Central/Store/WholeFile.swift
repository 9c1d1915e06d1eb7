import Glibc
import Storage

/// Reading a file that fits in memory.
package enum WholeFile {
    /// The file's bytes; `EFBIG` when it has more than `most`.
    package static func read(_ path: String, atMost most: Int) throws(FileError) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 || errno == EINTR else { throw FileError("read", path) }
            if count == 0 { return bytes }
            bytes += piece.prefix(max(count, 0))
            guard bytes.count <= most else { throw FileError("read", path, number: EFBIG) }
        }
    }

    /// What tells one content of a path from the next without reading it; nil when there is no file.
    package static func stamp(of path: String) -> FileStamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        return FileStamp(
            node: status.st_ino, size: Int64(status.st_size), seconds: Int64(status.st_mtim.tv_sec),
            nanoseconds: Int64(status.st_mtim.tv_nsec))
    }
}

/// A file is replaced by renaming another over it: its node, size or time of change is a new one then.
package struct FileStamp: Hashable, Sendable {
    let node: UInt
    let size: Int64
    let seconds: Int64
    let nanoseconds: Int64
}
