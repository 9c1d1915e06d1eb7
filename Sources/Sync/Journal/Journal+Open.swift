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
    ///   - before: the journal that this program had open last: what is open in it is in the program's hands.
    ///   - disk: where the folder is.
    ///   - newID: the id of a journal that is made.
    package static func open(
        folder: String, context: RecordContext, stamp: Stamp, settingAside: Bool = false,
        after before: JournalID? = nil, on disk: any Disk = SystemDisk(), newID: () -> JournalID = { .random() },
        photos: PhotoSearch = { _, _ in [:] }
    ) throws(JournalFailure) -> Journal {
        let path = folder + "/" + name
        let givenUp = before.map { [GivenUpJournal(journal: $0, at: stamp.clock == .good ? stamp.utc : nil)] } ?? []
        guard !settingAside else {
            return try begin(path, disk, context, stamp, newID, givenUp, because: "a new journal was asked for")
        }
        do {
            // The file may be gone already: a try before this one set it aside and came no further.
            return try use(path, disk, context, stamp, newID, givenUp, photos)
        } catch {
            guard error.isDamage else { throw error }
            return try begin(path, disk, context, stamp, newID, givenUp, because: error.reason)
        }
    }

    /// The files that SQLite keeps beside the database.
    private static var companions: [String] { [Database.logEnding, "-shm"] }

    /// Sets the file aside and begins a new one.
    private static func begin(
        _ path: String, _ disk: any Disk, _ context: RecordContext, _ stamp: Stamp, _ newID: () -> JournalID,
        _ givenUp: [GivenUpJournal], because reason: String
    ) throws(JournalFailure) -> Journal {
        let givenUp = givenUpBefore(path, disk) + givenUp
        let name: String?
        do {
            name = try setAside(path, companions: companions, on: disk)
        } catch {
            throw JournalFailure(error.description)
        }
        var journal = try use(path, disk, context, stamp, newID, givenUp, { _, _ in [:] })
        journal.opened.setAside = name.map { JournalState.SetAside(path: $0, reason: reason) }
        return journal
    }

    /// What a journal that is set aside says of those before it; nothing where it cannot be read.
    private static func givenUpBefore(_ path: String, _ disk: any Disk) -> [GivenUpJournal] {
        do {
            let database = try Database(path: path, access: .readOnly, files: disk.databases)
            return try GivenUpJournal.all(in: database)
        } catch {
            return []
        }
    }

    private static func use(
        _ path: String, _ disk: any Disk, _ context: RecordContext, _ stamp: Stamp, _ newID: () -> JournalID,
        _ givenUp: [GivenUpJournal], _ photos: PhotoSearch
    ) throws(JournalFailure) -> Journal {
        do {
            if let damage = try LogDamage(ofLog: Database.log(of: path), on: disk) {
                throw JournalFailure("open \(path): \(damage.words)", isDamage: true)
            }
            // A run before this one may have ended after a sync that failed.
            try writeAnew(Database.log(of: path), on: disk)
            let database = try Database(path: path, access: .readWrite, files: disk.databases)
            // Nothing is changed in a file that is not ours.
            _ = try JournalSchema.format(of: database)
            try JournalSchema.configure(database)
            try JournalSchema.bringUp(database, newID, givenUp: givenUp)
            // SQLite syncs the names of its files too, and does not say so when that fails.
            try syncFolder(path.folder, on: disk)
            var journal = try Journal(database: database, context: context)
            if let damage = try CheckedTable.damage(in: journal.database, after: journal.chain.sealedUpTo) {
                throw JournalFailure("open \(path): \(damage)", isDamage: true)
            }
            try journal.sealWhatIsOpen(stamp, photos)
            journal.opened.succession = JournalState.Succession(try GivenUpJournal.all(in: journal.database), stamp)
            return journal
        } catch {
            throw JournalFailure(because: error)
        }
    }
}

extension LogDamage {
    /// For people.
    var words: String { "its log is damaged: frame \(frame) is not as it was written, and commits stand behind it" }
}
