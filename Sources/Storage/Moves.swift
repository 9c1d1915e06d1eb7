import Glibc

/// Gives a file another name, in place of what has that name; when this returns, it has it after a power cut.
package func move(_ path: String, to name: String) throws(FileError) {
    guard unsafe rename(path, name) == 0 else { throw FileError("rename", path) }
    try syncFolder(name.folder)
}

/// Gives a file a second name, in place of what has that name. Nothing happens when there is no such file.
package func keepCopy(of path: String, as name: String) throws(FileError) {
    guard unsafe access(path, F_OK) == 0 else { return }
    let beside = name + DurableFile.unfinished
    guard unsafe unlink(beside) == 0 || errno == ENOENT else { throw FileError("delete", beside) }
    guard unsafe link(path, beside) == 0 else { throw FileError("keep a copy of", path) }
    try move(beside, to: name)
}

/// Deletes a file; one that is not there is as good as deleted.
package func delete(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw FileError("delete", path) }
}
