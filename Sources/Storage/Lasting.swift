/// What reads and writes one database over a connection of its own, and can go on in another.
package protocol Reopenable: ~Copyable {
    /// What is left of it when its connection is closed, and enough to go on.
    associatedtype Rest: Sendable
    var rest: Rest { get }

    /// Goes on in a new connection: nothing is read or recovered.
    init(resuming rest: Rest, on disk: any Disk) throws
    /// Closing will copy nothing of the log.
    func keepLog()
    /// Copies the log into the file, as far as no reader is in the way.
    func checkpoint() throws
}

/// A failure that says whether it came from a sync.
package protocol SyncFailure: Error {
    /// Some of what was written may never reach the disk, and no later sync of the same connection's would say so.
    var isFromSync: Bool { get }
}

/// A database that is closed and opened again when a sync on it has failed: Linux says so once, and shows what it could not
/// write as if it were there.
///
/// * **A commit's sync.** What of it stands in the log counts for nothing, because the index of the log does not know it. The index
///   lives on while a connection is open: so the new one is opened before the old one is closed, and its next commit is written
///   over the remains.
/// * **A checkpoint's sync.** What an earlier checkpoint copied, and a reader kept from being synced, may be lost with it; the index
///   says that it is in the file, and so it would be read there, and written over. Everything in the log was synced there: the connection
///   is closed, and the log is copied from the beginning by an index made anew. A reader in between makes this fail until it has gone.
package struct Lasting<Content: Reopenable & ~Copyable>: ~Copyable {
    private let path: String
    private let disk: any Disk
    private var content: Content?
    private var rest: Content.Rest
    /// A sync failed on the connection.
    private var isWorn = false
    /// The index says more of the file than the disk may have.
    private var isCopyUnsure = false

    /// - Parameters:
    ///   - path: the database's file, which the content has opened.
    ///   - disk: where it is.
    package init(_ content: consuming Content, path: String, on disk: any Disk = SystemDisk()) {
        self.path = path
        self.disk = disk
        rest = content.rest
        self.content = consume content
    }

    /// Works with the content; what cannot be done anew after a failed sync throws before the work begins.
    package mutating func use<Answer>(_ work: (inout Content) throws -> Answer) throws -> Answer {
        try mend()
        guard var content = self.content.take() else { preconditionFailure("a mended database is open") }
        let result = Result { try work(&content) }
        self.content = consume content
        if case .failure(let error as any SyncFailure) = result, error.isFromSync { wear() }
        return try result.get()
    }

    /// Copies the log into the file, as far as no reader is in the way.
    package mutating func checkpoint() throws {
        try mend()
        do {
            try content?.checkpoint()
        } catch let error as any SyncFailure where error.isFromSync {
            wear()
            isCopyUnsure = true
            throw error
        }
    }

    /// The connection is not to sync anything any more, at its end neither.
    private mutating func wear() {
        isWorn = true
        content?.keepLog()
    }

    /// Opens the file anew, if a sync failed on it; throws while that cannot be done.
    private mutating func mend() throws {
        guard isWorn || content == nil else { return }
        if let rest = content?.rest { self.rest = rest }
        if isCopyUnsure {
            content = nil
            try copyLog()
            isCopyUnsure = false
        }
        content = try Content(resuming: rest, on: disk)
        isWorn = false
    }

    /// Copies the whole log by an index made anew, which SQLite makes for a connection that is alone.
    private func copyLog() throws {
        // What is left there of a commit that failed is taken for one that did not.
        try writeAnew(Database.log(of: path), on: disk)
        let database = try Database(path: path, access: .readWrite, files: disk.databases)
        database.keepLog()
        // Who reads will not have gone while this thread waits; the owner tries again.
        try database.execute("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE")
        _ = try database.integer("SELECT count(*) FROM sqlite_schema")
        try database.checkpoint()
    }
}
