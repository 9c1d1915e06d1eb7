import Exchange
import Lane

@testable import Central

/// Journals and records for tests, small and chained as a station's.
enum Sample {
    static let journal = JournalName(station: StationID(7), journal: JournalID(high: 0x0123, low: 0xABCD))
    static let otherJournal = JournalName(station: StationID(7), journal: JournalID(high: 1, low: 2))
    static let otherStation = JournalName(station: StationID(8), journal: JournalID(high: 0x0123, low: 0xABCD))

    static func body(
        _ sequence: UInt64, of name: JournalName = journal, version: Int = 1, type: String = "event", rest: String = ""
    ) -> [UInt8] {
        let head = "{\"v\":\(version),\"station\":\(name.station.number),\"journal\":\"\(name.journal.hex)\""
        return Array("\(head),\"sequence\":\(sequence),\"type\":\"\(type)\",\"boot\":\"b\"\(rest)}".utf8)
    }

    /// Bodies as lines of one chain.
    static func chain(_ bodies: [[UInt8]], after digest: Digest = .zero) -> [RecordLine] {
        var previous = digest
        return bodies.map { body in
            previous = Digest.chained(to: previous, body: body)
            return RecordLine(digest: previous, body: body)
        }
    }

    /// The first records of a journal.
    static func lines(_ count: UInt64, of name: JournalName = journal) -> [RecordLine] {
        chain((1...count).map { body($0, of: name) })
    }

    static func position(_ lines: some Collection<RecordLine>, at sequence: UInt64) -> JournalPosition {
        JournalPosition(contiguous: Sequence(sequence), digest: Array(lines)[Int(sequence) - 1].digest)
    }

    static func received(_ line: RecordLine, type: String = "event", rejected: Reception.Rejection.Reason? = nil)
        -> Reception.ReceivedRecord
    {
        let sequence = RecordHead(scanning: line.body)?.sequence ?? Sequence(0)
        return Reception.ReceivedRecord(sequence: sequence, type: type, line: line, rejected: rejected)
    }

    static func known(_ lines: some Collection<RecordLine>) -> [Reception.KnownRecord] {
        lines.map { Reception.KnownRecord(digest: $0.digest, rejected: nil) }
    }
}

extension RequestID: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { self.init(value) }
}

extension Reception.CommitNumber: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: UInt64) { self.init(value) }
}

extension Sample {
    static let photo: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]

    /// A passage that was not on the list, with a stored photo of the front and a late one of the rear.
    static func passage(_ sequence: UInt64, of name: JournalName = journal) throws -> [UInt8] {
        let start = Instant(nanoseconds: 5_000_000_000)
        let tag = try TagNumber(printed: "12 3456789 0")
        let list = ListVersion(epoch: 1, version: 2)
        var passage = Passage(
            id: PassageID(sequence), lane: LaneNumber(1), start: start,
            decision: .init(.notOnList, tag: tag, list: list, at: start + .milliseconds(20)))
        passage.triggers = [
            .init(camera: CameraNumber(0), at: start), .init(camera: CameraNumber(1), at: start + .seconds(1)),
        ]
        passage.photosAreDue = true
        let front = PhotoResult(
            camera: CameraNumber(0), trigger: start, .stored(Digest(of: photo), bytes: photo.count, at: start))
        let names = RecordContext.LaneNames(detectors: ["loop"], cameras: ["front", "rear"])
        let context = RecordContext(
            station: name.station, journal: name.journal, boot: "boot", configuration: .zero, profile: "classic",
            list: "agreements", antennas: [:], lanes: [LaneNumber(1): names])
        let stamp = Stamp(at: start, utc: UTC(milliseconds: 1_767_225_600_123), clock: .good)
        return RecordEncoder(context: context).body(
            of: .passage(passage, photos: [front]), sequence: Sequence(sequence), stamp: stamp)
    }

    /// An event, then a passage.
    static func linesWithPassage(of name: JournalName = journal) throws -> [RecordLine] {
        chain([body(1, of: name), try passage(2, of: name)])
    }
}
