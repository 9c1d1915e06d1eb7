import Exchange
import Lane
import Storage

/// A journal whose file is closed and opened again when a sync on it has failed: Linux says so once, and shows what it could not
/// write as if it were there.
///
/// * **A commit's sync.** What of it stands in the log counts for nothing, because the index of the log does not know it. The index
///   lives on while a connection is open: so the new one is opened before the old one is closed, and its next commit is written
///   over the remains.
/// * **A checkpoint's sync.** What an earlier checkpoint copied, and a reader kept from being synced, may be lost with it; the index
///   says that it is in the file, and so it would be read there, and written over. Everything in the log was synced there: the connection
///   is closed, and the log is copied from the beginning by an index made anew. A reader in between makes this fail until it has gone.
package struct LastingJournal: ~Copyable {
    /// What was found when the file was opened.
    package let opened: JournalState
    private let disk: any Disk
    private var journal: Journal?
    private var rest: JournalRest
    /// A sync failed on the connection.
    private var isWorn = false
    /// The index says more of the file than the disk may have.
    private var isCopyUnsure = false

    /// - Parameter disk: where its file is.
    package init(_ journal: consuming Journal, on disk: any Disk = SystemDisk()) {
        opened = journal.opened
        rest = journal.rest
        self.disk = disk
        self.journal = consume journal
    }

    /// Writes all of it durably, or throws with nothing of it written.
    package mutating func commit(_ writes: [JournalWrite]) throws(JournalFailure) -> CommitResult {
        try mend()
        do throws(JournalFailure) {
            guard let result = try journal?.commit(writes) else { preconditionFailure("a mended journal is open") }
            return result
        } catch {
            if error.isFromSync { wear() }
            throw error
        }
    }

    /// Copies the log into the file, as far as no reader is in the way.
    package mutating func checkpoint() throws(JournalFailure) {
        try mend()
        do throws(JournalFailure) {
            try journal?.checkpoint()
        } catch {
            if error.isFromSync {
                wear()
                isCopyUnsure = true
            }
            throw error
        }
    }

    /// The connection is not to sync anything any more, at its end neither.
    private mutating func wear() {
        isWorn = true
        journal?.keepLog()
    }

    /// Opens the file anew, if a sync failed on it; throws while that cannot be done.
    private mutating func mend() throws(JournalFailure) {
        guard isWorn || journal == nil else { return }
        if let rest = journal?.rest { self.rest = rest }
        do {
            if isCopyUnsure {
                journal = nil
                try copyLog()
                isCopyUnsure = false
            }
            journal = try Journal(resuming: rest, on: disk)
        } catch {
            throw JournalFailure(because: error)
        }
        isWorn = false
    }

    /// Copies the whole log by an index made anew, which SQLite makes for a connection that is alone.
    private func copyLog() throws {
        // What is left there of a commit that failed is taken for one that did not.
        try writeAnew(Journal.log(of: rest.path), on: disk)
        let database = try Database(path: rest.path, access: .readWrite, files: disk.databases)
        database.keepLog()
        // Who reads will not have gone while this thread waits; the ledger tries again.
        try database.execute("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE")
        _ = try database.integer("SELECT count(*) FROM sqlite_schema")
        try database.checkpoint()
    }
}
