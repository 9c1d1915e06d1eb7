import Exchange
import Lane
import Storage

/// Tables whose rows no digest proves: since format 4 each row has a checksum of its own (`sum`). A row that is not whole is taken for nothing.
enum CheckedTable: String, CaseIterable {
    case journal
    /// Records that are not sealed; a sealed one has its digest.
    case record
    case read
    case reader
    case photo
    case acknowledgement
    case lost
    case givenUp
    case number

    /// What a row's checksum is over, in this order.
    private var columns: String {
        switch self {
        case .journal: "id, acknowledged"
        case .record: "sequence, complete, body"
        case .read: ReplayedRead.columns
        case .reader: "name, digit, frame, read"
        case .photo: "sequence, camera, number, digest, bytes, refused"
        case .acknowledgement: "hour, upto"
        case .lost: "first, last, previous, digest, body"
        case .givenUp: "id, at"
        case .number: "one, read"
        }
    }

    /// What its rows are, for people.
    private var words: String {
        switch self {
        case .journal: "the journal's name and position"
        case .record: "open records"
        case .read: "reads in no record"
        case .reader: "readers' positions"
        case .photo: "photos that wait"
        case .acknowledgement: "acknowledgements"
        case .lost: "gaps"
        case .givenUp: "journals given up"
        case .number: "the numbers of reads"
        }
    }

    /// SQL: the checksum of a row with these values.
    func checksum(_ values: String) -> String { "checksum('\(rawValue)', \(values))" }

    /// SQL: the row is as it was written.
    var isWhole: String { "sum IS \(checksum(columns))" }

    /// SQL: the same, of a file of any format; before format 4 nothing can be said against a row.
    func isWhole(in format: Int64) -> String { format < JournalSchema.withSums ? "true" : isWhole }

    /// What it means that rows of it cannot be read.
    private var cost: String {
        switch self {
        case .journal: "the central server is asked how far it has them"
        case .record, .read: "those are lost"
        case .reader: "a reader's last frame may be taken twice"
        case .photo: "those stay in the folder of photos"
        case .acknowledgement: "retention counts anew"
        case .lost: "those are declared anew"
        case .givenUp: "the pause between new journals counts anew"
        case .number: "a read may get a number that another has"
        }
    }

    func isKnown(in format: Int64) -> Bool {
        switch self {
        case .journal, .record, .read, .reader, .photo, .acknowledgement: format > 0
        case .lost: format > 1
        case .givenUp: format > 2
        case .number: format > 4
        }
    }

    /// What of the whole table is damaged, and what that means; nil: nothing.
    func damage(in database: borrowing Database, _ format: Int64) throws -> String? {
        let isWhole = self == .record ? "(digest IS NOT NULL OR \(isWhole(in: format)))" : isWhole(in: format)
        do {
            let count = try database.integer("SELECT count(*) FROM \(rawValue) NOT INDEXED WHERE NOT (\(isWhole))") ?? 0
            return count > 0 ? "\(words): \(count) rows are not as they were written; \(cost)" : nil
        } catch {
            try DamagedJournal.pass(error)
            let lost = self == .record ? "what is lost of sealed ones is in the gaps, of open ones: \(cost)" : cost
            return "\(words): pages cannot be read; \(lost)"
        }
    }

    /// The rows that are not as they were written, with what they are; nil: all are whole.
    ///
    /// - Parameter sealed: the last sealed record.
    static func damage(in database: borrowing Database, after sealed: Sequence) throws(DatabaseError) -> String? {
        var found: [String] = []
        for table in allCases {
            let behind = table == .record ? " AND sequence > \(sealed.stored)" : ""
            let count = try database.integer(
                "SELECT count(*) FROM \(table.rawValue) WHERE NOT (\(table.isWhole))\(behind)")
            if let count, count > 0 { found.append("\(table.words) (\(count))") }
        }
        return found.isEmpty ? nil : "damaged: " + found.joined(separator: ", ")
    }
}
