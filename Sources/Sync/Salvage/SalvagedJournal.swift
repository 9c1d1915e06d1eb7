import Exchange
import Lane
import Storage

/// A journal that was salvaged: a file of its own with what could be read of one that was damaged, which is delivered under its old
/// names and gets no more records.
package struct SalvagedJournal: Hashable, Sendable {
    package let file: String
    package let journal: JournalID
    /// Its last record.
    package let sealedUpTo: Sequence
    /// Records in it that central had not acknowledged.
    package let records: Int
    /// What of them is lost: the first ranges, no more than anybody reads.
    package let lost: [LostRecords]
    /// Records that are lost, in all ranges.
    package let lostRecords: Int

    /// The most ranges that are told one by one: a damaged journal may declare any number.
    package static let mostLost = 64

    package init(
        file: String, journal: JournalID, sealedUpTo: Sequence, records: Int, lost: [LostRecords], lostRecords: Int
    ) {
        self.file = file
        self.journal = journal
        self.sealedUpTo = sealedUpTo
        self.records = records
        self.lost = lost
        self.lostRecords = lostRecords
    }

    init(file: String, on disk: any Disk) throws(JournalFailure) {
        let reader = try JournalReader(file: file, on: disk)
        let extent = try reader.extent()
        self.init(
            file: file, journal: reader.journal, sealedUpTo: extent.sealedUpTo,
            records: try reader.count(after: extent.acknowledgedUpTo),
            lost: try reader.lost(after: extent.acknowledgedUpTo, most: Self.mostLost),
            lostRecords: try reader.countLost(after: extent.acknowledgedUpTo))
    }
}

extension Journal {
    /// Opens a salvaged journal as it stands: nothing in it is open.
    init(salvaged journal: SalvagedJournal, _ context: RecordContext, on disk: any Disk) throws {
        let database = try Database(path: journal.file, access: .readWrite, files: disk.databases)
        try self.init(database: database, context: context)
    }
}
