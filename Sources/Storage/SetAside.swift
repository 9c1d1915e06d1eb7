import Glibc

/// What stands behind the name of a file that was set aside, with a number: damage is kept, never deleted.
package let setAsideMark = ".set-aside-"

/// The most files of one name that are set aside; more would mean that damage is made faster than anyone looks.
package let mostSetAside = 1_000

/// Gives a file another name beside its own, so that a new one can be begun.
///
/// - Parameter companions: endings of files that belong to it (`-wal`, `-shm`); they move with it under the same new name.
/// - Returns: the new path; nil when there is no such file.
package func setAside(
    _ path: String, companions: [String] = [], on disk: any Disk = SystemDisk()
) throws(FileError) -> String? {
    guard disk.look(at: path) != nil else { return nil }
    for number in 1...mostSetAside {
        let name = path + setAsideMark + String(number)
        guard disk.look(at: name) == nil else { continue }
        // The companions first: should power fail in between, they are not taken for the new file's own.
        for ending in companions where disk.look(at: path + ending) != nil {
            guard disk.rename(path + ending, to: name + ending) == 0 else {
                throw FileError("set aside", path + ending)
            }
        }
        guard disk.rename(path, to: name) == 0 else { throw FileError("set aside", path) }
        try syncFolder(path.folder, on: disk)
        return name
    }
    throw FileError("set aside", path, number: EEXIST)
}
