import Glibc
import HTTP
import Storage

/// The central server at its address: it answers from its own threads until it goes away.
package struct CentralServer: ~Copyable {
    /// How many stations are served at a time, a thread each; the others wait a moment.
    package static let mostConnections = 64

    private let lock: FolderLock
    private let server: Server

    /// The port, given by the system where 0 was asked for.
    package var port: UInt16 { server.port ?? 0 }

    /// Opens the folder's store, takes its lock, and listens.
    ///
    /// - Parameter report: takes one line for each thing that somebody should know.
    package init(
        folder: CentralFolder, at address: ListenAddress, identity: Identity? = nil,
        report: @escaping @Sendable (String) -> Void
    ) throws {
        try makeFolder(folder.path)
        let lock = try Self.lock(folder)
        let desk = try ReceptionDesk(store: CentralStore(folder: folder), report: report)
        let answers = CentralAnswers(
            desk: desk, lists: ListShelf(folder: folder, report: report), report: report)
        var settings = ServerSettings(address: address, identity: identity)
        settings.mostConnections = Self.mostConnections
        let server = try Server(settings, receive: { answers.receive($0) })
        self.lock = lock
        self.server = server
    }

    private static func lock(_ folder: CentralFolder) throws -> FolderLock {
        do throws(FileError) {
            return try FolderLock(folder: folder.path)
        } catch {
            guard error.number == EWOULDBLOCK else { throw error }
            throw FolderInUse(folder: folder.path)
        }
    }

    /// Returns when the last answer's thread has ended.
    package consuming func stop() {}
}

/// Another server has the folder; one line with the remedy.
struct FolderInUse: Error, CustomStringConvertible {
    let folder: String
    var description: String { "\(folder) is served already; stop that server, or name another --folder" }
}
