import Exchange
import Lane
import Storage

/// Each write as the statements that it is.
extension Journal {
    func carryOut(_ write: JournalWrite, _ chain: inout Chain, _ result: inout CommitResult) throws(DatabaseError) {
        switch write {
        case .read(let row):
            try insert(row)
            try setPosition(row.position, of: row.reader, row.id)
        case .position(let position, let reader, let read): try setPosition(position, of: reader, read)
        case .keep(let record):
            try put(record, body(of: record), digest: nil)
        case .seal(let record):
            precondition(record.sequence == chain.sealedUpTo.next, "records are sealed in sequence order")
            let body = body(of: record)
            chain = Chain(sealedUpTo: record.sequence, digest: .chained(to: chain.digest, body: body))
            try put(record, body, digest: chain.digest)
            if case .passage(let passage, let photos) = record.draft, !photos.isEmpty {
                try insert(photos, of: record.sequence, in: passage.lane)
            }
        case .photos(let sequence, let lane, let photos): try insert(photos, of: sequence, in: lane)
        case .acknowledged(let upTo, let rejected, let utc): try acknowledge(upTo, rejected, utc)
        case .photoSent(let name): try run(statements.photoSent, for: name)
        case .photoRefused(let name, let reason):
            try statements.photoRefused.bind(4, reason)
            try run(statements.photoRefused, for: name)
        case .expire(let before, let most):
            try statements.expire.bind(1, before.milliseconds / Self.hour)
            try statements.expire.bind(2, Int64(most))
            try statements.expire.run()
            result.deleted += database.changes()
            try statements.acknowledgementsPast.bind(1, before.milliseconds / Self.hour)
            try statements.acknowledgementsPast.run()
        case .lose(let first, let previous, let stamp):
            if let lost = try lose(from: first, after: previous, chain, stamp) { result.lost.append(lost) }
        }
    }

    /// Milliseconds in an hour.
    private static var hour: Int64 { 3_600_000 }

    private func body(of record: RecordWrite) -> [UInt8] {
        encoder.body(of: record.draft, sequence: record.sequence, stamp: record.stamp)
    }

    private func put(_ record: RecordWrite, _ body: [UInt8], digest: Digest?) throws(DatabaseError) {
        try put(record.sequence, isComplete: record.isComplete, body, digest: digest)
        for read in record.reads {
            try statements.takeUp.bind(1, read.stored)
            try statements.takeUp.run()
        }
        guard let position = record.position, case .replayedRead(let read) = record.draft else { return }
        try setPosition(position, of: read.reader, read.id)
    }

    /// Writes or overwrites a record's row.
    func put(_ sequence: Sequence, isComplete: Bool, _ body: [UInt8], digest: Digest?) throws(DatabaseError) {
        try statements.record.bind(1, sequence.stored)
        try statements.record.bind(2, isComplete ? 1 : 0)
        try statements.record.bind(3, digest?.bytes)
        try statements.record.bind(4, body)
        try statements.record.run()
    }

    private func insert(_ row: ReadRow) throws(DatabaseError) {
        try statements.read.bind(1, row.id.stored)
        try statements.read.bind(2, row.reader)
        try statements.read.bind(3, row.antenna.map { Int64($0.number) })
        try statements.read.bind(4, row.content.tag.map { Int64(bitPattern: $0.key) })
        try statements.read.bind(5, row.content == .malformed ? 1 : 0)
        try statements.read.bind(6, context.boot)
        try statements.read.bind(7, row.at.nanoseconds)
        try statements.read.bind(8, row.utc.milliseconds)
        try statements.read.run()
    }

    private func setPosition(_ position: ReaderPosition, of reader: String, _ read: ReadID) throws(DatabaseError) {
        try statements.reader.bind(1, reader)
        try statements.reader.bind(2, Int64(position.digit))
        try statements.reader.bind(3, position.frame)
        try statements.reader.bind(4, read.stored)
        try statements.reader.run()
    }

    /// Puts the photos that are on our disk in the queue of those to be sent; each is numbered among its camera's.
    private func insert(_ photos: [PhotoResult], of sequence: Sequence, in lane: LaneNumber) throws(DatabaseError) {
        for (name, digest, bytes) in PhotoName.all(of: photos, sequence, in: lane, context) {
            try insert(name, digest, bytes: bytes)
        }
    }

    /// Puts a photo in the queue of those to be sent.
    func insert(_ name: PhotoName, _ digest: Digest, bytes: Int) throws(DatabaseError) {
        try bind(statements.photo, name)
        try statements.photo.bind(4, digest.bytes)
        try statements.photo.bind(5, Int64(bytes))
        try statements.photo.run()
    }

    /// Says how far central has it.
    func setAcknowledged(_ upTo: Sequence) throws(DatabaseError) {
        try statements.acknowledged.bind(1, upTo.stored)
        try statements.acknowledged.bind(2, context.journal.stored)
        try statements.acknowledged.run()
    }

    private func acknowledge(
        _ upTo: Sequence, _ rejected: [BatchAnswer.Rejection], _ utc: UTC?
    ) throws(DatabaseError) {
        try setAcknowledged(upTo)
        // Central went back: what it lost has not been acknowledged after all.
        try statements.acknowledgementsBeyond.bind(1, upTo.stored)
        try statements.acknowledgementsBeyond.run()
        if let utc {
            try statements.acknowledgement.bind(1, utc.milliseconds / Self.hour + 1)
            try statements.acknowledgement.bind(2, upTo.stored)
            try statements.acknowledgement.run()
        }
        for rejection in rejected {
            try statements.rejected.bind(1, rejection.sequence.stored)
            try statements.rejected.bind(2, rejection.reason)
            try statements.rejected.run()
        }
    }

    private func run(_ statement: borrowing Statement, for name: PhotoName) throws(DatabaseError) {
        try bind(statement, name)
        try statement.run()
    }

    private func bind(_ statement: borrowing Statement, _ name: PhotoName) throws(DatabaseError) {
        try statement.bind(1, name.sequence.stored)
        try statement.bind(2, name.camera)
        try statement.bind(3, Int64(name.number))
    }
}

extension Sequence {
    /// As SQLite keeps it: 2⁶³ records are more than any station makes.
    var stored: Int64 { Int64(number) }
}

extension ReadID {
    /// As SQLite keeps it.
    var stored: Int64 { Int64(number) }
}

extension ReplayedRead.Content {
    /// The number, where one was read.
    var tag: TagNumber? {
        if case .tag(let tag) = self { tag } else { nil }
    }
}

extension PhotoName {
    /// The photos among these results that are on our disk, each with its name, digest and size in bytes.
    package static func all(
        of results: [PhotoResult], _ sequence: Sequence, in lane: LaneNumber, _ context: RecordContext
    ) -> [(name: PhotoName, digest: Digest, bytes: Int)] {
        var photos: [(PhotoName, Digest, Int)] = []
        var numbers: [CameraNumber: Int] = [:]
        for result in results {
            let number = numbers[result.camera, default: 0] + 1
            numbers[result.camera] = number
            guard case .stored(let digest, let bytes, _) = result.fate else { continue }
            let camera = context.name(of: result.camera, in: lane)
            photos.append((PhotoName(sequence: sequence, camera: camera, number: number), digest, bytes))
        }
        return photos
    }
}
