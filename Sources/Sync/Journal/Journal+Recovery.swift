import Exchange
import Lane
import Storage

/// After a crash: what was open is sealed as it stood, and every read is in a record.
extension Journal {
    /// Seals each record that is not, in sequence order, passages flagged `recovered` and with the photos that are on the disk; then
    /// gives reads that are in no record one each. One transaction. How much there is does not depend on the backlog, only on what was open.
    mutating func sealWhatIsOpen(_ stamp: Stamp, _ photos: PhotoSearch) throws {
        let open = try openRecords(after: chain.sealedUpTo)
        let reads = try readsAlone()
        guard !open.isEmpty || !reads.isEmpty else { return }
        let found = open.isEmpty ? [:] : photos(opened.journal, Set(open.map(\.sequence)))
        let transaction = try Transaction(on: database)
        for record in open {
            guard record.sequence == chain.sealedUpTo.next else {
                let hole = "record \(chain.sealedUpTo.next.number) is missing"
                throw JournalFailure("open \(database.path): \(hole)", isDamage: true)
            }
            try seal(record, found: found[record.sequence] ?? [])
        }
        for read in reads { try seal(read, stamp) }
        try database.execute("DELETE FROM read")
        try transaction.commit()
        opened.sealedUpTo = chain.sealedUpTo
        opened.recovered = open.count
        opened.readsRecovered = reads.count
    }

    /// Seals the next record as a crash left it, with the photos that were found.
    mutating func seal(_ record: OpenRecord, found: [Record.FoundPhoto]) throws(DatabaseError) {
        let body = record.isComplete ? record.body : Record.recovered(record.body, found: found)
        try seal(body)
        try insertPhotos(of: body, chain.sealedUpTo)
    }

    /// Seals a record of a read that is in none.
    mutating func seal(_ read: ReplayedRead, _ stamp: Stamp) throws(DatabaseError) {
        try seal(encoder.body(of: .replayedRead(read), sequence: chain.sealedUpTo.next, stamp: stamp))
    }

    private mutating func seal(_ body: [UInt8]) throws(DatabaseError) {
        chain = Chain(sealedUpTo: chain.sealedUpTo.next, digest: .chained(to: chain.digest, body: body))
        try put(chain.sealedUpTo, isComplete: true, body, digest: chain.digest)
    }

    /// Its photos are to be sent, as if it had been sealed without a crash.
    private func insertPhotos(of body: [UInt8], _ sequence: Sequence) throws(DatabaseError) {
        var numbers: [String: Int] = [:]
        for photo in RecordFields(body: body)?.photos ?? [] {
            let number = numbers[photo.camera, default: 0] + 1
            numbers[photo.camera] = number
            guard let digest = photo.digest, let bytes = photo.bytes else { continue }
            try insert(PhotoName(sequence: sequence, camera: photo.camera, number: number), digest, bytes: bytes)
        }
    }

    /// A record as a crash left it.
    struct OpenRecord {
        let sequence: Sequence
        let isComplete: Bool
        let body: [UInt8]
    }

    private func openRecords(after sealed: Sequence) throws(DatabaseError) -> [OpenRecord] {
        let select = try database.prepare(
            "SELECT sequence, complete, body FROM record WHERE sequence > ?1 ORDER BY sequence")
        try select.bind(1, sealed.stored)
        var records: [OpenRecord] = []
        while try select.step() {
            records.append(
                OpenRecord(
                    sequence: Sequence(stored: select.integer(0)), isComplete: select.integer(1) == 1,
                    body: select.bytes(2) ?? []))
        }
        return records
    }

    private func readsAlone() throws(DatabaseError) -> [ReplayedRead] {
        let select = try database.prepare("SELECT \(ReplayedRead.columns) FROM read ORDER BY id")
        var reads: [ReplayedRead] = []
        while try select.step() { reads.append(ReplayedRead(readFrom: select)) }
        return reads
    }
}

extension ReplayedRead {
    /// What a row of a read says, in this order.
    static let columns = "id, reader, antenna, tag, malformed, boot, at, utc"

    /// A read that no record has taken up, as its row says.
    init(readFrom row: borrowing Statement) {
        let tag = row.integer(3).flatMap { TagNumber(key: UInt64(bitPattern: $0)) }
        self.init(
            id: ReadID(stored: row.integer(0)), reader: row.text(1) ?? "",
            antenna: row.integer(2).map { AntennaNumber(UInt8(truncatingIfNeeded: $0)) },
            content: tag.map { .tag($0) } ?? (row.integer(4) == 1 ? .malformed : .unreadable),
            moment: .earlier(
                boot: row.text(5) ?? "", at: Instant(nanoseconds: row.integer(6) ?? 0),
                utc: UTC(milliseconds: row.integer(7) ?? 0)),
            reason: .withoutRecord)
    }
}

extension Journal.Chain {
    /// The last sealed record, which is near the end: only open ones come after it. It has to be of this journal and to continue
    /// the one before, where that is still here; the others are checked when they are sent. Or the gap in whose place it was.
    init(readFrom database: borrowing Database, of journal: JournalID) throws {
        let lost = try LostStatements(on: database)
        let last = try database.prepare(
            "SELECT sequence, digest, body FROM record WHERE digest IS NOT NULL ORDER BY sequence DESC LIMIT 2")
        let hasRecord = try last.step()
        let sequence = Sequence(stored: hasRecord ? last.integer(0) : 0)
        if let gap = try lost.last(), gap.end >= sequence {
            self.init(sealedUpTo: gap.end, digest: gap.digest)
            return
        }
        guard hasRecord else {
            self.init()
            return
        }
        let damage = JournalFailure("open \(database.path): the last sealed record is damaged", isDamage: true)
        guard let digest = last.bytes(1).flatMap({ Digest(bytes: $0) }), let body = last.bytes(2),
            RecordFields(body: body)?.journal == journal
        else { throw damage }
        self.init(sealedUpTo: sequence, digest: digest)
        let hasPrevious = try last.step()
        let before = Sequence(sealedUpTo.number - 1)
        let previous =
            try lost.digest(of: before)
            ?? (hasPrevious ? last.bytes(1).flatMap { Digest(bytes: $0) } : before.number == 0 ? .zero : nil)
        if let previous, Digest.chained(to: previous, body: body) != digest { throw damage }
        if hasPrevious, Sequence(stored: last.integer(0)) != before, try lost.digest(of: before) == nil { throw damage }
    }
}

extension JournalState {
    /// What stands in the file, before anything is recovered.
    init(readFrom database: borrowing Database) throws {
        let row = try database.prepare("SELECT id, acknowledged FROM journal")
        guard try row.step(), let id = row.bytes(0).flatMap({ JournalID(stored: $0) }) else {
            throw JournalFailure("open \(database.path): the journal has no id", isDamage: true)
        }
        self.init(journal: id, acknowledgedUpTo: Sequence(stored: row.integer(1)))
        let select = try database.prepare("SELECT name, digit, frame, read FROM reader")
        while try select.step() {
            let digit = UInt8(truncatingIfNeeded: select.integer(1) ?? 0)
            readers[select.text(0) ?? ""] = ReaderPosition(digit: digit, frame: select.bytes(2) ?? [])
            nextRead = max(nextRead, ReadID(stored: select.integer(3)).next)
        }
    }
}

extension Sequence {
    /// As SQLite keeps it.
    init(stored: Int64?) { self.init(UInt64(max(stored ?? 0, 0))) }
}

extension ReadID {
    /// As SQLite keeps it.
    init(stored: Int64?) { self.init(UInt64(max(stored ?? 0, 0))) }
}
