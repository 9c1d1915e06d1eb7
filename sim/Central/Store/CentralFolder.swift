import Exchange

/// Where the central server keeps what it has:
///
///     FOLDER/central.sqlite                                     records, as they were received
///     FOLDER/photos/STATION/JOURNAL/SEQUENCE-CAMERA-NUMBER.jpg
///     FOLDER/keys/list.key, list.pub                            the key that signs lists, and what stations pin: `ListKeys`
///     FOLDER/keys/authority.key, authority.pem, server.key, …   by which stations and this server know each other: `AuthorityFiles`
///     FOLDER/stations.sqlite                                    which stations may deliver: `StationRegister`
///     FOLDER/lists/NAME.list                                    the newest list, one of those in NAME/
///     FOLDER/lists/NAME/EPOCH.VERSION.list, .list.gz            whole lists, and packed ones: `ListPublisher`
///     FOLDER/lists/NAME/EPOCH.VERSION.change, .change.gz        the way there from the version before
package struct CentralFolder: Hashable, Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    package var database: String { path + "/central.sqlite" }
    package var signingKey: String { signingKey(.list) }
    package var publicKey: String { publicKey(.list) }
    package var keys: String { path + "/keys" }
    package var stations: String { path + "/stations.sqlite" }
    package var lists: String { path + "/lists" }

    package func signingKey(_ role: ListKeys.Role) -> String { "\(keys)/\(role.rawValue).key" }
    package func publicKey(_ role: ListKeys.Role) -> String { "\(keys)/\(role.rawValue).pub" }

    /// Whether a text can name a list here: its name stands for a file and a folder, beside others.
    static func isListName(_ text: String) -> Bool {
        RecordContext.isName(text) && text.contains { $0 != "." }
            && !["lock", ".list", ".part"].contains(where: text.hasSuffix)
    }

    /// The file of the newest list of that name.
    package func list(_ name: String) -> String { "\(lists)/\(name).list" }
    /// Where the versions of a list are kept.
    package func history(of name: String) -> String { "\(lists)/\(name)" }
    /// A file of a list's history.
    package func list(_ name: String, _ file: ListFile) -> String { "\(history(of: name))/\(file.name)" }

    /// The file of a photo, from the folder on.
    package static func relativePath(of photo: PhotoName) -> String {
        "photos/\(photo.journal.station.number)/\(photo.journal.journal.hex)/"
            + "\(photo.sequence.number)-\(photo.camera)-\(photo.number).jpg"
    }
}
