import Exchange
import Lane
import Storage
import Sync

/// A station's journal full of passages that nobody has taken yet, of the real size, sealed and chained as on the road.
struct BacklogJournal {
    /// Passages that are sealed in one commit.
    private static let group = 2_000

    /// The station's state folder.
    let folder: String
    let journal: JournalID
    let count: Int
    /// Of all lines as they travel, newlines included.
    let bytes: Int

    /// Fills a new journal.
    init(of count: Int, in folder: String) throws {
        var mill = PassageMill()
        var journal = try Journal.open(folder: folder, context: PassageMill.context, stamp: mill.stamp)
        var made = 0
        while made < count {
            var writes: [JournalWrite] = []
            for _ in 0..<min(Self.group, count - made) {
                made += 1
                let vehicle = mill.next(read: ReadID(UInt64(made)))
                let write = RecordWrite(
                    sequence: Sequence(UInt64(made)), draft: .passage(vehicle.closed, photos: []), stamp: vehicle.stamp,
                    isComplete: true)
                writes.append(.seal(write))
            }
            if try journal.commit(writes).logPages > Self.group { try journal.checkpoint() }
        }
        try journal.checkpoint()
        self.folder = folder
        self.journal = journal.opened.journal
        self.count = count
        let frame = RecordLine(digest: .zero, body: []).bytes.count
        let database = try Database(path: Self.file(in: folder), access: .readOnly)
        bytes = try Int(database.integer("SELECT sum(length(body)) FROM record") ?? 0) + count * frame
    }

    /// The database.
    var file: String { Self.file(in: folder) }

    private static func file(in folder: String) -> String { "\(folder)/\(Journal.name)" }

    /// Makes it forget that central has taken anything, and what stations have written since.
    func forgetDelivery() throws {
        let database = try Database(path: file, access: .readWrite)
        try database.execute(
            """
            UPDATE journal SET acknowledged = 0, sum = checksum('journal', id, 0); DELETE FROM acknowledgement;
            DELETE FROM record WHERE sequence > \(count)
            """)
        try database.checkpoint()
    }
}
