import Exchange
import Lane
import Storage

extension JournalState.LastMoment {
    /// Records at the end that are looked at: those of one moment need not be in the order of their making.
    private static let mostRecords: Int64 = 64

    /// The latest moment that records and reads tell; nil when none of them can be compared with now.
    init?(readFrom database: borrowing Database, boot: String) throws {
        var instants: [Instant] = []
        var times: [UTC] = []
        let records = try database.prepare("SELECT body FROM record ORDER BY sequence DESC LIMIT ?1")
        try records.bind(1, Self.mostRecords)
        while try records.step() {
            guard let fields = records.bytes(0).flatMap({ RecordFields(body: $0) }) else { continue }
            if fields.boot == boot { instants.append(Instant(nanoseconds: fields.at.mono)) }
            if fields.clock == ClockQuality.good.word, let utc = UTC(text: fields.at.utc) { times.append(utc) }
        }
        let reads = try database.prepare("SELECT max(at) FROM read WHERE boot = ?1")
        try reads.bind(1, boot)
        if try reads.step(), let at = reads.integer(0) { instants.append(Instant(nanoseconds: at)) }
        if let last = instants.max() {
            self = .sinceBoot(last)
        } else if let last = times.max() {
            self = .civil(last)
        } else {
            return nil
        }
    }
}
