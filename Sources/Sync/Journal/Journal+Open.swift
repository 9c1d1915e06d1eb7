import Exchange
import Lane
import Storage

/// Looks on the disk for the photos of these records of a journal.
package typealias PhotoSearch = (JournalID, Set<Sequence>) -> [Sequence: [Record.FoundPhoto]]

/// Opening: a file that cannot be used is set aside, what a crash left open is sealed.
extension Journal {
    /// Opens the journal in a folder, or makes one.
    ///
    /// - Parameters:
    ///   - context: what records of this run have in common; its journal id is replaced by the file's.
    ///   - stamp: the present moment, for records of reads that are in no record.
    ///   - photos: the photos on the disk of passages that are found open; the closure is asked once at the most.
    ///   - settingAside: begin a new journal in any case; the old file is kept under another name.
    ///   - disk: where the folder is.
    ///   - newID: the id of a journal that is made.
    package static func open(
        folder: String, context: RecordContext, stamp: Stamp, settingAside: Bool = false,
        on disk: any Disk = SystemDisk(), newID: () -> JournalID = { .random() }, photos: PhotoSearch = { _, _ in [:] }
    ) throws(JournalFailure) -> Journal {
        let path = folder + "/" + name
        guard !settingAside else {
            return try begin(path, disk, context, stamp, newID, because: "a new journal was asked for")
        }
        do {
            return try use(path, disk, context, stamp, newID, photos)
        } catch {
            guard error.isDamage else { throw error }
            return try begin(path, disk, context, stamp, newID, because: error.reason)
        }
    }

    /// The files that SQLite keeps beside the database.
    private static var companions: [String] { [Database.logEnding, "-shm"] }

    /// Sets the file aside and begins a new one.
    private static func begin(
        _ path: String, _ disk: any Disk, _ context: RecordContext, _ stamp: Stamp, _ newID: () -> JournalID,
        because reason: String
    ) throws(JournalFailure) -> Journal {
        let name: String?
        do {
            name = try setAside(path, companions: companions, on: disk)
        } catch {
            throw JournalFailure(error.description)
        }
        var journal = try use(path, disk, context, stamp, newID, { _, _ in [:] })
        journal.opened.setAside = name.map { JournalState.SetAside(path: $0, reason: reason) }
        return journal
    }

    private static func use(
        _ path: String, _ disk: any Disk, _ context: RecordContext, _ stamp: Stamp, _ newID: () -> JournalID,
        _ photos: PhotoSearch
    ) throws(JournalFailure) -> Journal {
        do {
            // A run before this one may have ended after a sync that failed.
            try writeAnew(Database.log(of: path), on: disk)
            let database = try Database(path: path, access: .readWrite, files: disk.databases)
            // Nothing is changed in a file that is not ours.
            _ = try JournalSchema.format(of: database)
            try JournalSchema.configure(database)
            try JournalSchema.bringUp(database, newID)
            // SQLite syncs the names of its files too, and does not say so when that fails.
            try syncFolder(path.folder, on: disk)
            var journal = try Journal(database: database, context: context)
            try journal.sealWhatIsOpen(stamp, photos)
            return journal
        } catch {
            throw JournalFailure(because: error)
        }
    }
}
