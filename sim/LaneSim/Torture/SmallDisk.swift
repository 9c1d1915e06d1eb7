import FoundationEssentials
import Glibc
import Lane
import Storage

/// A small file system of its own for the station's state folder, that fills and is freed again; a folder where nobody may mount one.
struct SmallDisk: ~Copyable {
    /// Room for the journal, photos and a list, with the 64 MiB that lists leave to the journal.
    private static let size = "96m"
    private static let patience = Interval.seconds(15)

    let folder: String
    private let log: String
    private let fillerPath: String
    /// Takes the room away; nil: there is room.
    private var filler: GrowingFile? = nil
    /// It is a file system: nil where there is no right to mount one.
    let isMounted: Bool

    /// Makes it, or goes on with the one that is there.
    ///
    /// - Parameter log: what `mount` says goes there.
    init(_ folder: String, log: String) throws {
        try makeFolder(folder)
        if !Self.isMounted(folder) {
            try Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(Self.size),mode=0700", "tmpfs", folder], log: log)
        }
        let filler = "\(folder)/filler"
        // A run that was killed may have left it full.
        try Self.delete(filler)
        isMounted = Self.isMounted(folder)
        fillerPath = filler
        self.folder = folder
        self.log = log
    }

    /// Takes all room that there is.
    mutating func fill() throws {
        guard isMounted, filler == nil else { return }
        var file = try GrowingFile(fillerPath, keeping: 0)
        for piece in [1 << 20, 4_096] {
            let bytes = [UInt8](repeating: 0, count: piece)
            do throws(FileError) {
                while true { try file.append(bytes) }
            } catch {
                guard error.number == ENOSPC else { throw error }
            }
        }
        filler = consume file
    }

    /// Gives the room back.
    mutating func release() throws {
        filler = nil
        try Self.delete(fillerPath)
    }

    private static func delete(_ path: String) throws(FileError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw FileError("delete", path) }
    }

    /// The file system goes, what lies in it stays under the same name.
    consuming func keep() throws {
        guard isMounted else { return }
        let copy = "\(folder).kept"
        try FileManager.default.copyItem(atPath: folder, toPath: copy)
        try Self.run("/bin/umount", [folder], log: log)
        guard !Self.isMounted(folder) else {
            throw FileError("unmount", "\(folder) (a copy is \(copy))", number: EBUSY)
        }
        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: copy, toPath: folder)
    }

    private static func run(_ program: String, _ arguments: [String], log: String) throws {
        let child = try ChildProcess(program, arguments, log: log)
        _ = try child.output(within: patience)
        _ = try child.stop()
    }

    /// Whether another file system begins at this folder.
    private static func isMounted(_ folder: String) -> Bool {
        var here = stat()
        var above = stat()
        guard unsafe stat(folder, &here) == 0, unsafe stat(folder + "/..", &above) == 0 else { return false }
        return here.st_dev != above.st_dev
    }
}
