/// The calls on a disk that the program makes: the system's, or those of a simulated disk that fails and forgets.
///
/// Each answers as the system's call does: -1 with `errno` when it fails. Agreement lists are mapped, and so always the system's.
package protocol Disk: Sendable {
    /// The name of SQLite's file system for databases on this disk; nil: SQLite's own.
    var databases: String? { get }

    /// `open` with these flags; the mode is that of a file that is made.
    func open(_ path: String, _ flags: Int32, mode: UInt32) -> Int32
    func close(_ descriptor: Int32)
    /// `read`: from where the last one ended.
    func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int
    /// `write`: where the last one ended.
    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int
    /// `pwrite`.
    func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int
    /// `lseek` to the first byte.
    func rewind(_ descriptor: Int32) -> Int32
    /// `ftruncate`.
    func truncate(_ descriptor: Int32, to size: Int) -> Int32
    /// `posix_fallocate` from the first byte on: the file is at least so large, and the disk has the room; -1 with `errno` when it fails.
    func allocate(_ descriptor: Int32, _ bytes: Int) -> Int32
    /// `fsync`, of a file or a folder.
    func sync(_ descriptor: Int32) -> Int32
    /// `fdatasync`: content and size.
    func syncData(_ descriptor: Int32) -> Int32
    /// `flock` for one alone, without waiting.
    func lock(_ descriptor: Int32) -> Int32

    /// `fstat`; nil when it fails.
    func look(at descriptor: Int32) -> FileFacts?
    /// `stat`, or `lstat` of a link itself; nil when it fails.
    func look(at path: String, followsLinks: Bool) -> FileFacts?
    /// `statvfs` of the disk that a folder is on; nil when it fails.
    func room(of folder: String) -> DiskRoom?
    func rename(_ path: String, to name: String) -> Int32
    func link(_ path: String, to name: String) -> Int32
    func unlink(_ path: String) -> Int32
    func makeFolder(_ path: String, mode: UInt32) -> Int32
    /// Gives each name in a folder, in no order; -1 when the folder cannot be opened.
    func forEachName(in folder: String, _ body: (String) throws -> Void) rethrows -> Int32
}

extension Disk {
    /// `stat`; nil when it fails.
    package func look(at path: String) -> FileFacts? { look(at: path, followsLinks: true) }
}

/// What a disk says of a file.
package struct FileFacts: Hashable, Sendable {
    /// In bytes.
    package let size: Int
    package let isFolder: Bool
    /// When its bytes were last written, in milliseconds of civil time since 1970.
    package let modified: Int64

    package init(size: Int, isFolder: Bool, modified: Int64) {
        self.size = size
        self.isFolder = isFolder
        self.modified = modified
    }
}
