import Exchange
import Lane
import Sync

/// A record as `station journal list` shows it; with `--json` its members are the object's.
struct JournalRow: Codable, Hashable {
    /// How far a record has come.
    enum State: String, Codable {
        case open, sealed, delivered, rejected
    }

    let sequence: UInt64
    let state: State
    /// UTC; nil when the body is no record.
    let time: String?
    let type: String?
    let lane: UInt8?
    /// A passage's outcome, an event's name, why a read stands alone, what is missing in a gap: vehicles or records.
    let what: String?
    /// The number in clear, or its system and count of digits.
    let tag: String?
    /// How many photos the record names, and how many of them are missing.
    let photos: Int?
    let photosMissing: Int?
    let flags: [String]

    init(_ sequence: Sequence, _ state: State, body: [UInt8], clear: Bool) {
        self.sequence = sequence.number
        self.state = state
        let fields = RecordFields(body: body)
        time = fields?.time.utc
        type = fields?.type
        lane = fields?.lane
        what = fields.flatMap(Self.what)
        let number = fields?.decision?.tag ?? fields?.read?.tag
        tag = number.map { clear ? $0 : (TagNumber(recordText: $0)?.redactedText ?? "unknown") }
        photos = fields?.photos?.count
        photosMissing = fields?.photos?.count { $0.digest == nil }
        flags = fields?.flags ?? []
    }

    static let heading = line(["record", "state", "time", "type", "lane", "what", "tag", "photos", "flags"])

    /// One line of the table; no column has a space in it, and `-` is nothing.
    var text: String {
        let taken = photos.map { "\($0 - (photosMissing ?? 0))/\($0)" }
        return Self.line([
            "\(sequence)", state.rawValue, time ?? "-", type ?? "damaged", lane.map { "\($0)" } ?? "-", what ?? "-",
            tag ?? "-", taken ?? "-", flags.isEmpty ? "-" : flags.joined(separator: ","),
        ])
    }

    private static func what(_ fields: RecordFields) -> String? {
        if let decision = fields.decision { return decision.outcome }
        if let alarm = fields.alarm { return "\(alarm):\(fields.set == true ? "set" : "cleared")" }
        if let event = fields.event {
            let detail = fields.state ?? fields.list.map { "\($0.epoch).\($0.version)" }
            return detail.map { "\(event):\($0)" } ?? event
        }
        if let lost = fields.lost { return "\(lost.reason.rawValue):\(lost.first.number)-\(lost.last.number)" }
        return fields.reason ?? fields.count.map { "\($0)-vehicles" }
    }

    private static let widths = [8, 9, 24, 12, 4, 28, 19, 6]

    private static func line(_ cells: [String]) -> String {
        zip(cells, widths).map { WatchText.padded($0, $1) }.joined(separator: "  ") + "  " + (cells.last ?? "")
    }
}
