import Glibc

/// Makes a folder and those above it, where they are missing; when this returns, their names survive a power cut.
package func makeFolder(
    _ path: String, mode: UInt32 = 0o700, on disk: any Disk = SystemDisk()
) throws(FileError) {
    if let facts = disk.look(at: path) {
        guard facts.isFolder else { throw FileError("use", path, number: ENOTDIR) }
        // Whoever made it may not have come to syncing its name.
        do throws(FileError) {
            return try syncFolder(path.folder, on: disk)
        } catch {
            // Somebody else's folder, one that nobody can have changed, or one that is not on a disk.
            guard [EACCES, EPERM, EROFS, EINVAL].contains(error.number) else { throw error }
            return
        }
    }
    let above = path.folder
    if !above.isEmpty, above != path { try makeFolder(above, mode: mode, on: disk) }
    guard disk.makeFolder(path, mode: mode) == 0 || errno == EEXIST else { throw FileError("make the folder", path) }
    try syncFolder(above, on: disk)
}
