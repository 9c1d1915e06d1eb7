import Exchange
import Lane
import Storage

/// A journal whose file is closed and opened again when a sync on it has failed.
package struct LastingJournal: ~Copyable {
    /// What was found when the file was opened.
    package let opened: JournalState
    private var journal: Lasting<Journal>

    /// - Parameter disk: where its file is.
    package init(_ journal: consuming Journal, on disk: any Disk = SystemDisk()) {
        opened = journal.opened
        let path = journal.rest.path
        self.journal = Lasting(journal, path: path, on: disk)
    }

    /// Writes all of it durably, or throws with nothing of it written.
    package mutating func commit(_ writes: [JournalWrite]) throws(JournalFailure) -> CommitResult {
        do { return try journal.use { try $0.commit(writes) } } catch { throw JournalFailure(because: error) }
    }

    /// Copies the log into the file, as far as no reader is in the way.
    package mutating func checkpoint() throws(JournalFailure) {
        do { try journal.checkpoint() } catch { throw JournalFailure(because: error) }
    }
}

extension Journal: Reopenable {}

extension JournalFailure: SyncFailure {}
