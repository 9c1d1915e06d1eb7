import Glibc

/// Gives a file another name, in place of what has that name; when this returns, it has it after a power cut.
package func move(_ path: String, to name: String, on disk: any Disk = SystemDisk()) throws(FileError) {
    guard disk.rename(path, to: name) == 0 else { throw FileError("rename", path) }
    try syncFolder(name.folder, on: disk)
}

/// Gives a file a second name, in place of what has that name. Nothing happens when there is no such file.
package func keepCopy(
    of path: String, as name: String, on disk: any Disk = SystemDisk()
) throws(FileError) {
    guard try size(ofFile: path, on: disk) != nil else { return }
    let beside = name + DurableFile.unfinished
    guard disk.unlink(beside) == 0 || errno == ENOENT else { throw FileError("delete", beside) }
    guard disk.link(path, to: beside) == 0 else { throw FileError("keep a copy of", path) }
    try move(beside, to: name, on: disk)
}

/// Deletes a file; one that is not there is as good as deleted.
package func delete(_ path: String, on disk: any Disk = SystemDisk()) throws(FileError) {
    guard disk.unlink(path) == 0 || errno == ENOENT else { throw FileError("delete", path) }
}
