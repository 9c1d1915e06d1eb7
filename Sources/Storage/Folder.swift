import Glibc

/// Makes a folder and those above it, where they are missing; when this returns, their names survive a power cut.
package func makeFolder(_ path: String, mode: UInt32 = 0o750) throws(FileError) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
        guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError("use", path, number: ENOTDIR) }
        return
    }
    let above = path.folder
    if !above.isEmpty, above != path { try makeFolder(above, mode: mode) }
    guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError("make the folder", path) }
    try syncFolder(above)
}
