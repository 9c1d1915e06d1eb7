import Exchange

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
