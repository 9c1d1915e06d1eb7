import Glibc

/// One step of a change of several files. Steps are carried out in their order; whoever gives the order sees to it that every
/// beginning of it leaves files that are of use.
package enum FileStep: Hashable, Sendable {
    /// A file with this content, whole or not at all, in place of what has the name.
    case write(String, [UInt8])
    /// A second name for a file; nothing may have it.
    case link(String, to: String)
    /// Another name for a file, in place of what has it.
    case rename(String, to: String)
    /// A file that is not there is as good as deleted.
    case delete(String)
    /// A file's bytes survive a power cut.
    case syncFile(String)
    /// So do the names in a folder.
    case syncFolder(String)

    package func carryOut(on disk: any Disk = SystemDisk()) throws(FileError) {
        switch self {
        case .write(let path, let bytes): try DurableFile.replace(path, with: bytes, on: disk)
        case .link(let path, let name):
            guard disk.link(path, to: name) == 0 else { throw FileError("keep a copy of", path) }
        case .rename(let path, let name):
            guard disk.rename(path, to: name) == 0 else { throw FileError("rename", path) }
        case .delete(let path): try Storage.delete(path, on: disk)
        case .syncFile(let path): try Self.sync(path, on: disk)
        case .syncFolder(let path): try Storage.syncFolder(path, on: disk)
        }
    }

    private static func sync(_ path: String, on disk: any Disk) throws(FileError) {
        let descriptor = disk.open(path, O_RDONLY | O_CLOEXEC, mode: 0)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { disk.close(descriptor) }
        guard disk.sync(descriptor) == 0 else { throw FileError("sync", path) }
    }
}

/// How many bytes a disk still takes from a program without privileges.
package func room(onDiskOf folder: String) throws(FileError) -> Int {
    guard let room = SystemDisk().room(of: folder) else { throw FileError("measure the disk of", folder) }
    return room.free
}

/// How many bytes a file has; nil when there is none.
package func size(ofFile path: String, on disk: any Disk = SystemDisk()) throws(FileError) -> Int? {
    guard let facts = disk.look(at: path) else {
        guard errno == ENOENT else { throw FileError("look at", path) }
        return nil
    }
    return facts.size
}
