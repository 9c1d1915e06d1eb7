import Glibc

/// What stands behind the name of a file that was set aside, with a number: damage is kept, never deleted.
package let setAsideMark = ".set-aside-"

/// The most files of one name that are set aside; more would mean that damage is made faster than anyone looks.
package let mostSetAside = 1_000

/// Gives a file another name beside its own, so that a new one can be begun.
///
/// A crash in the middle leaves it in its place with all that belongs to it, or under the new name with all of it: it has both names
/// before it loses the first, and what belongs to it has both for longer.
///
/// - Parameter companions: endings of files that belong to it (`-wal`, `-shm`); they move with it under the same new name.
/// - Returns: the new path; nil when there is no such file.
package func setAside(
    _ path: String, companions: [String] = [], on disk: any Disk = SystemDisk()
) throws(FileError) -> String? {
    // What belonged to a file that a crash set aside in its middle is of no use any more, and SQLite deletes it.
    guard try size(ofFile: path, on: disk) != nil else {
        // It may have gone in a try whose sync failed.
        try syncFolder(path.folder, on: disk)
        return nil
    }
    for number in 1...mostSetAside {
        let name = path + setAsideMark + String(number)
        guard try size(ofFile: name, on: disk) == nil else { continue }
        var names: [(old: String, new: String)] = []
        for ending in companions where try size(ofFile: path + ending, on: disk) != nil {
            names.append((path + ending, name + ending))
        }
        // The file itself last: its new name says that the others are there.
        names.append((path, name))
        for (old, new) in names {
            guard disk.unlink(new) == 0 || errno == ENOENT, disk.link(old, to: new) == 0 else {
                throw FileError("set aside", old)
            }
        }
        try syncFolder(path.folder, on: disk)
        for (old, _) in names.reversed() {
            try delete(old, on: disk)
            try syncFolder(path.folder, on: disk)
        }
        return name
    }
    throw FileError("set aside", path, number: EEXIST)
}
