import Glibc

/// Room on a disk that is given up in one call when the journal finds no other: a file of zeros.
///
/// It counts on a disk that writes zeros as they are, as ext4 and xfs do; one that packs them keeps no room.
package struct Reserve: Sendable {
    package static let name = "reserve"
    /// How much is written at a time.
    private static let piece = 1_048_576

    private let path: String
    /// How large it is; 0: there is none.
    package let bytes: Int
    private let disk: any Disk

    package init(folder: String, bytes: Int, on disk: any Disk = SystemDisk()) {
        path = "\(folder)/\(Self.name)"
        self.bytes = bytes
        self.disk = disk
    }

    /// Whether it is there, whole.
    package var isThere: Bool { disk.look(at: path).map { $0.size == bytes && !$0.isFolder } ?? false }

    /// Takes the room; all of it or none.
    package func make() throws(FileError) {
        let file = try DurableFile(replacing: path, on: disk)
        let zeros = [UInt8](repeating: 0, count: min(Self.piece, bytes))
        var rest = bytes
        while rest > 0 {
            try file.write(zeros[..<min(zeros.count, rest)])
            rest -= min(zeros.count, rest)
        }
        try file.commit()
    }

    /// Gives the room back; when there is none, nothing happens. A file system may free it only when the name is durably gone.
    package func release() throws(FileError) {
        try delete(path, on: disk)
        try syncFolder(path.folder, on: disk)
    }
}
