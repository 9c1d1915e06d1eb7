import Exchange
import Lane
import Storage

/// What the central server has, read beside it without disturbing it. Rows are streamed, whatever their number.
package struct CentralArchive: ~Copyable {
    /// One journal in numbers.
    package struct Summary: Hashable, Sendable {
        package let journal: JournalName
        package let contiguous: Sequence
        package let passages: Int
        package let rejected: Int
        package let photos: Int
        /// What its station has declared lost, in the order of their sequences.
        package let lost: [LostRecords]
    }

    private let database: Database

    /// Opens the store of a folder for reading.
    package init(folder: CentralFolder) throws {
        database = try Database(path: folder.database, access: .readOnly)
    }

    /// Each passage, by station, journal in order of arrival, and sequence.
    package borrowing func forEachPassage(
        of station: StationID? = nil, _ body: (StoredPassage) throws -> Void
    ) throws {
        let rows = try database.prepare(
            """
            SELECT j.station, j.journal, r.sequence, r.line FROM records r JOIN journals j ON j.id = r.journal
            WHERE r.type = 'passage' AND r.rejected IS NULL AND (?1 IS NULL OR j.station = ?1)
            ORDER BY j.station, j.id, r.sequence
            """)
        let photosOfOne = try database.prepare(
            Self.photos + " WHERE j.station = ? AND j.journal = ? AND p.sequence = ? ORDER BY p.camera, p.number")
        try rows.bind(1, station.map { Int64($0.number) })
        while try rows.step() {
            guard let journal = JournalName(station: rows.integer(0), journal: rows.bytes(1)),
                let sequence = rows.integer(2).flatMap(UInt64.init(exactly:)), let line = rows.bytes(3),
                let fields = StoredPassage.fields(of: line)
            else { throw CentralStore.Fault.damaged("a passage") }
            var passage = StoredPassage(journal: journal, sequence: Sequence(sequence), fields: fields, photos: [])
            try photosOfOne.bind(1, Int64(journal.station.number))
            try photosOfOne.bind(2, journal.journal.octets)
            try photosOfOne.bind(3, Int64(sequence))
            try Self.forEach(photosOfOne) { passage.photos.append($0) }
            try body(passage)
        }
    }

    /// Each record's line as it came, without its newline, by station, journal in order of arrival, and sequence.
    package borrowing func forEachRecord(of station: StationID? = nil, _ body: ([UInt8]) throws -> Void) throws {
        let rows = try database.prepare(
            """
            SELECT r.line FROM records r JOIN journals j ON j.id = r.journal WHERE ?1 IS NULL OR j.station = ?1
            ORDER BY j.station, j.id, r.sequence
            """)
        try rows.bind(1, station.map { Int64($0.number) })
        while try rows.step() {
            guard let line = rows.bytes(0) else { throw CentralStore.Fault.damaged("a record") }
            try body(line.last == UInt8(ascii: "\n") ? line.dropLast() : line)
        }
    }

    /// Each record that was rejected, by station, journal in order of arrival, and sequence.
    borrowing func forEachRejected(of station: StationID? = nil, _ body: (RejectedRow) throws -> Void) throws {
        let rows = try database.prepare(
            """
            SELECT j.station, j.journal, r.sequence, r.rejected, length(r.line)
            FROM records r JOIN journals j ON j.id = r.journal
            WHERE r.rejected IS NOT NULL AND (?1 IS NULL OR j.station = ?1) ORDER BY j.station, j.id, r.sequence
            """)
        try rows.bind(1, station.map { Int64($0.number) })
        while try rows.step() {
            guard let journal = JournalName(station: rows.integer(0), journal: rows.bytes(1)),
                let sequence = rows.integer(2).flatMap(UInt64.init(exactly:)), let reason = rows.text(3)
            else { throw CentralStore.Fault.damaged("a rejected record") }
            try body(
                RejectedRow(
                    station: journal.station.number, journal: journal.journal.hex, sequence: sequence, reason: reason,
                    bytes: Int(rows.integer(4) ?? 0)))
        }
    }

    /// Each photo, by station, journal, sequence, camera and number.
    package borrowing func forEachPhoto(_ body: (StoredPhoto) throws -> Void) throws {
        let rows = try database.prepare(Self.photos + " ORDER BY j.station, j.id, p.sequence, p.camera, p.number")
        try Self.forEach(rows, body)
    }

    /// Each journal in numbers, by station and order of arrival.
    package borrowing func summaries() throws -> [Summary] {
        let rows = try database.prepare(
            """
            SELECT station, journal, contiguous,
                (SELECT count(*) FROM records WHERE journal = j.id AND type = 'passage' AND rejected IS NULL),
                (SELECT count(*) FROM records WHERE journal = j.id AND rejected IS NOT NULL),
                (SELECT count(*) FROM photos WHERE journal = j.id)
            FROM journals j ORDER BY station, id
            """)
        var summaries: [Summary] = []
        while try rows.step() {
            guard let journal = JournalName(station: rows.integer(0), journal: rows.bytes(1)),
                let contiguous = rows.integer(2).flatMap(UInt64.init(exactly:))
            else { throw CentralStore.Fault.damaged("a journal") }
            let counts = (3..<6).map { Int(rows.integer($0) ?? 0) }
            summaries.append(
                Summary(
                    journal: journal, contiguous: Sequence(contiguous), passages: counts[0], rejected: counts[1],
                    photos: counts[2], lost: try lost(of: journal)))
        }
        return summaries
    }

    private borrowing func lost(of journal: JournalName) throws -> [LostRecords] {
        let rows = try database.prepare(
            """
            SELECT r.line FROM records r JOIN journals j ON j.id = r.journal
            WHERE j.station = ? AND j.journal = ? AND r.type = '\(LostRecords.type)' AND r.rejected IS NULL
            ORDER BY r.sequence
            """)
        try rows.bind(1, Int64(journal.station.number))
        try rows.bind(2, journal.journal.octets)
        var lost: [LostRecords] = []
        while try rows.step() {
            if let declared = rows.bytes(0).flatMap({ StoredPassage.fields(of: $0)?.lost }) { lost.append(declared) }
        }
        return lost
    }

    private static let photos = """
        SELECT j.station, j.journal, p.sequence, p.camera, p.number, p.digest, p.bytes, p.path
        FROM photos p JOIN journals j ON j.id = p.journal
        """

    private static func forEach(_ rows: borrowing Statement, _ body: (StoredPhoto) throws -> Void) throws {
        defer { rows.reset() }
        while try rows.step() {
            guard let journal = JournalName(station: rows.integer(0), journal: rows.bytes(1)),
                let sequence = rows.integer(2).flatMap(UInt64.init(exactly:)), let camera = rows.text(3),
                let number = rows.integer(4), let digest = rows.bytes(5).flatMap(Digest.init(bytes:)),
                let bytes = rows.integer(6), let path = rows.text(7)
            else { throw CentralStore.Fault.damaged("a photo's row") }
            let name = PhotoName(
                journal: journal, sequence: Sequence(sequence), camera: camera, number: Int(number))
            try body(StoredPhoto(name: name, digest: digest, bytes: Int(bytes), path: path))
        }
    }
}
