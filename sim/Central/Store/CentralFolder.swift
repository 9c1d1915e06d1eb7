import Exchange
import Glibc
import Storage

/// Where the central server keeps what it has:
///
///     FOLDER/central.sqlite                                     records, as they were received
///     FOLDER/photos/STATION/JOURNAL/SEQUENCE-CAMERA-NUMBER.jpg
///     FOLDER/keys/list.key, list.pub                            the key that signs lists, and what stations pin
///     FOLDER/lists/NAME.list                                    the list that is served
package struct CentralFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var database: String { path + "/central.sqlite" }
    package var signingKey: String { keys + "/list.key" }
    package var publicKey: String { keys + "/list.pub" }
    package var keys: String { path + "/keys" }
    package var lists: String { path + "/lists" }

    /// The file of a list.
    package func list(_ name: String) -> String { "\(lists)/\(name).list" }

    /// The file of a photo, from the folder on.
    package static func relativePath(of photo: PhotoName) -> String {
        "photos/\(photo.journal.station.number)/\(photo.journal.journal.hex)/"
            + "\(photo.sequence.number)-\(photo.camera)-\(photo.number).jpg"
    }
}

/// Makes a folder and those that it stands in, for its owner and group; one that is there already is left as it is.
package func makeFolder(_ path: String, mode: UInt32 = 0o750) throws(FileError) {
    guard unsafe access(path, F_OK) != 0 else { return }
    let parent = path.folder
    if parent != "." && parent != "/" { try makeFolder(parent, mode: mode) }
    guard unsafe mkdir(path, mode_t(mode)) == 0 || errno == EEXIST else { throw FileError("make folder", path) }
    try syncFolder(parent)
}
