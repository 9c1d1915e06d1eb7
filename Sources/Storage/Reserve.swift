/// Room on a disk that is given up in one call when the journal finds no other: a file that has its blocks and no content.
package struct Reserve: Sendable {
    package static let name = "reserve"
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

    /// Takes the room; all of it or none. Nothing is written but the file's name and size, so that no commit waits behind it for long.
    package func make() throws(FileError) {
        let file = try DurableFile(replacing: path, on: disk)
        try file.allocate(bytes)
        try file.commit()
    }

    /// Gives the room back; when there is none, nothing happens. A file system may free it only when the name is durably gone.
    package func release() throws(FileError) {
        try delete(path, on: disk)
        try syncFolder(path.folder, on: disk)
    }
}
