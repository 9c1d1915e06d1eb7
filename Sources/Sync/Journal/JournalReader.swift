import Exchange
import Lane
import Storage

/// A record as it will be for ever.
package struct SealedRecord: Hashable, Sendable {
    package let sequence: Sequence
    package let line: RecordLine
    /// The records in whose place it stands; nil: it is one like any.
    package let lost: LostRecords?
    /// What the record after it continues.
    package let chain: Digest

    init(sequence: Sequence, line: RecordLine) {
        self.init(sequence: sequence, line: line, lost: nil, chain: line.digest)
    }

    init(sequence: Sequence, line: RecordLine, lost: LostRecords?, chain: Digest) {
        self.sequence = sequence
        self.line = line
        self.lost = lost
        self.chain = chain
    }

    /// The sequence of the record after it.
    package var next: Sequence { (lost?.last ?? sequence).next }
}

/// Reads what is sealed, on a connection of its own: for the uploader, `journal export` and `status`. It never writes.
///
/// Every call is one short query: nothing is held open between calls, so that no reader keeps a checkpoint from finishing and a
/// year of backlog takes no more memory than none.
package struct JournalReader: ~Copyable {
    /// The most records that one call gives: 64 of at most 4.2 KB.
    package static let mostAtOnce = 64

    package let journal: JournalID
    /// The path of its file.
    package var file: String { database.path }
    let database: Database
    private let records: Statement
    private let digests: Statement
    let lost: LostStatements?
    private let photos: Statement

    /// Opens the journal of a state folder.
    package init(folder: String, on disk: any Disk = SystemDisk()) throws(JournalFailure) {
        try self.init(file: folder + "/" + Journal.name, on: disk)
    }

    /// Opens a journal's file: also one that was set aside, or a copy.
    package init(file: String, on disk: any Disk = SystemDisk()) throws(JournalFailure) {
        do {
            let database = try Database(path: file, access: .readOnly, files: disk.databases)
            let journal = try JournalState(readFrom: database).journal
            let records = try database.prepare(
                """
                SELECT sequence, digest, body FROM record WHERE sequence >= ?1 AND digest IS NOT NULL
                ORDER BY sequence LIMIT ?2
                """)
            let digests = try database.prepare("SELECT digest FROM record WHERE sequence = ?1")
            // A file of format 1 has none of them.
            let format = try JournalSchema.format(of: database)
            let lost = try format > 1 ? LostStatements(on: database) : nil
            let photos = try database.prepare(
                """
                SELECT sequence, camera, number, digest, bytes FROM photo
                WHERE \(CheckedTable.photo.isWhole(in: format)) AND refused IS NULL AND sequence <= ?1 AND (sequence, camera, number) > (?2, ?3, ?4)
                ORDER BY sequence, camera, number LIMIT 1
                """)
            self.journal = journal
            self.records = records
            self.digests = digests
            self.lost = lost
            self.photos = photos
            self.database = database
        } catch {
            throw JournalFailure(because: error)
        }
    }

    /// Sealed records from a sequence on, in order; fewer than asked for at the end of what is sealed. In the place of those that are
    /// lost stands the gap that declares them.
    package func records(from first: Sequence, most: Int = mostAtOnce) throws(JournalFailure) -> [SealedRecord] {
        do {
            let most = min(most, Self.mostAtOnce)
            var found: [SealedRecord] = []
            var next = first
            while let gap = try lost?.first(from: next) {
                guard try append(to: &found, from: next, before: gap.sequence, most) else { return found }
                found.append(gap)
                next = gap.next
            }
            _ = try append(to: &found, from: next, before: nil, most)
            return found
        } catch {
            throw JournalFailure(because: error)
        }
    }

    /// Appends the records before a gap; false where there is no room for more, or none can be read behind them.
    private func append(
        to found: inout [SealedRecord], from first: Sequence, before gap: Sequence?, _ most: Int
    ) throws -> Bool {
        defer { records.reset() }
        try records.bind(1, first.stored)
        try records.bind(2, Int64(most - found.count))
        while try records.step() {
            let sequence = Sequence(stored: records.integer(0))
            if let gap, sequence >= gap { break }
            guard let digest = records.bytes(1).flatMap({ Digest(bytes: $0) }), let body = records.bytes(2) else {
                guard found.isEmpty else { return false }
                throw JournalFailure(
                    "read \(database.path): record \(sequence.number) is damaged", isDamage: true, record: sequence)
            }
            found.append(SealedRecord(sequence: sequence, line: RecordLine(digest: digest, body: body)))
        }
        return found.count < most
    }

    /// What the record after a sequence continues; zero before the first; nil when we do not have that record.
    package func digest(of sequence: Sequence) throws(JournalFailure) -> Digest? {
        guard sequence.number > 0 else { return .zero }
        do {
            if let declared = try lost?.digest(of: sequence) { return declared }
            defer { digests.reset() }
            try digests.bind(1, sequence.stored)
            guard try digests.step() else { return nil }
            return digests.bytes(0).flatMap { Digest(bytes: $0) }
        } catch {
            throw JournalFailure(because: error)
        }
    }

    /// The same, to be held against what central has there. A record that is past its retention has left its digest in the one behind it:
    /// that one proves central's.
    package func digest(of sequence: Sequence, heldAgainst theirs: Digest) throws(JournalFailure) -> Digest? {
        if let ours = try digest(of: sequence) { return ours }
        guard let next = try records(from: sequence.next, most: 1).first, next.sequence == sequence.next,
            next.line.follows(theirs)
        else { return nil }
        return theirs
    }

    /// The next photo after that one, of a passage up to that sequence, which central does not have.
    package func photo(after last: PhotoName?, upTo: Sequence) throws(JournalFailure) -> PendingPhoto? {
        do {
            defer { photos.reset() }
            try photos.bind(1, upTo.stored)
            try photos.bind(2, last?.sequence.stored ?? 0)
            try photos.bind(3, last?.camera ?? "")
            try photos.bind(4, Int64(last?.number ?? 0))
            return try photos.step() ? PendingPhoto(readFrom: photos) : nil
        } catch {
            throw JournalFailure(because: error)
        }
    }

    /// Whether central has not taken this photo: it waits to be sent, or was refused and set aside.
    package func keeps(_ name: PhotoName) throws(JournalFailure) -> Bool {
        do {
            let row = try database.prepare(
                "SELECT count(*) FROM photo WHERE sequence = ?1 AND camera = ?2 AND number = ?3")
            try row.bind(1, name.sequence.stored)
            try row.bind(2, name.camera)
            try row.bind(3, Int64(name.number))
            guard try row.step() else { return false }
            return row.integer(0) == 1
        } catch {
            throw JournalFailure(error)
        }
    }

    /// How many photos wait, how many were refused, and how many records were rejected: for `status`.
    package func counts() throws(JournalFailure) -> JournalCounts {
        do {
            return JournalCounts(
                photosWaiting: Int(try database.integer("SELECT count(*) FROM photo WHERE refused IS NULL") ?? 0),
                photosRefused: Int(try database.integer("SELECT count(*) FROM photo WHERE refused IS NOT NULL") ?? 0),
                recordsRejected: Int(try database.integer("SELECT count(*) FROM rejected") ?? 0))
        } catch {
            throw JournalFailure(error)
        }
    }
}

/// A photo on our disk that central does not have.
package struct PendingPhoto: Hashable, Sendable {
    package let name: PhotoName
    package let digest: Digest
    package let bytes: Int

    package init(name: PhotoName, digest: Digest, bytes: Int) {
        self.name = name
        self.digest = digest
        self.bytes = bytes
    }

    /// From sequence, camera, number, digest and bytes; nil when the digest is none.
    init?(readFrom row: borrowing Statement) {
        guard let digest = row.bytes(3).flatMap({ Digest(bytes: $0) }) else { return nil }
        let name = PhotoName(
            sequence: Sequence(stored: row.integer(0)), camera: row.text(1) ?? "", number: Int(row.integer(2) ?? 0))
        self.init(name: name, digest: digest, bytes: Int(row.integer(4) ?? 0))
    }
}

/// What is in the journal beside its records.
package struct JournalCounts: Hashable, Sendable {
    package var photosWaiting: Int
    package var photosRefused: Int
    package var recordsRejected: Int
}
