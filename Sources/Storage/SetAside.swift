import Glibc

/// What stands behind the name of a file that was set aside, with a number: damage is kept, never deleted.
package let setAsideMark = ".set-aside-"

/// The most files of one name that are set aside; more would mean that damage is made faster than anyone looks.
package let mostSetAside = 1_000

/// Gives a file another name beside its own, so that a new one can be begun.
///
/// - Parameter companions: endings of files that belong to it (`-wal`, `-shm`); they move with it under the same new name.
/// - Returns: the new path; nil when there is no such file.
package func setAside(_ path: String, companions: [String] = []) throws(FileError) -> String? {
    guard unsafe access(path, F_OK) == 0 else { return nil }
    for number in 1...mostSetAside {
        let name = path + setAsideMark + String(number)
        guard unsafe access(name, F_OK) != 0 else { continue }
        // The companions first: should power fail in between, they are not taken for the new file's own.
        for ending in companions where unsafe access(path + ending, F_OK) == 0 {
            guard unsafe rename(path + ending, name + ending) == 0 else { throw FileError("set aside", path + ending) }
        }
        guard unsafe rename(path, name) == 0 else { throw FileError("set aside", path) }
        try syncFolder(path.folder)
        return name
    }
    throw FileError("set aside", path, number: EEXIST)
}
