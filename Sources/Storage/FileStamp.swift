import Glibc

/// What tells one content of a path from the next without reading it.
///
/// A file is replaced by renaming another over it: its node, size or time of change is a new one then.
package struct FileStamp: Hashable, Sendable {
    private let node: UInt
    /// In bytes.
    package let size: Int64
    private let seconds: Int64
    private let nanoseconds: Int64

    /// Names the content for whoever fetches it, as in an entity tag: its size and when it was written.
    package var tag: String {
        String(size, radix: 16) + "-" + String(seconds, radix: 16) + "." + String(nanoseconds, radix: 16)
    }

    /// Looks at the path; nil when there is no file.
    package init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        node = status.st_ino
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
    }
}
