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
