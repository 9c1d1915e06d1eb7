import Exchange
import Lane

/// A passage as `central passages` shows it; with `--json` its members are the object's.
struct PassageRow: Encodable, Hashable {
    let station: UInt32
    let journal: String
    let sequence: UInt64
    let lane: UInt8?
    /// UTC.
    let time: String
    let outcome: String?
    let resultOp: UInt8?
    let resultFin: UInt8?
    /// The number in clear, or its system and count of digits.
    let tag: String?
    /// Photos that have come.
    let photos: Int
    /// Photos that the record names with a digest.
    let photosNamed: Int
    /// Why others are missing, in the record's order.
    let photosMissing: [String]
    let flags: [String]
    /// Millimetres per second, and millimetres; nil without a second detector.
    let speed: Int64?
    let length: Int64?

    init(_ passage: StoredPassage, clear: Bool) {
        let fields = passage.fields
        station = passage.journal.station.number
        journal = passage.journal.journal.hex
        sequence = passage.sequence.number
        lane = fields.lane
        time = fields.time.utc
        outcome = fields.decision?.outcome
        resultOp = fields.decision?.resultOp
        resultFin = fields.decision?.resultFin
        tag = fields.decision?.tag.map { clear ? $0 : (TagNumber(recordText: $0)?.redactedText ?? "unknown") }
        photos = passage.photos.count
        photosNamed = fields.photos?.count { $0.digest != nil } ?? 0
        photosMissing = fields.photos?.compactMap(\.missing) ?? []
        flags = fields.flags ?? []
        speed = fields.motion?.speed
        length = fields.motion?.length
    }

    /// The columns' names over their columns.
    static let heading = line([
        "station", "sequence", "lane", "time", "outcome", "op/fin", "tag", "photos", "flags",
    ])

    /// One line of the table; no column has a space in it, and `-` is nothing.
    var text: String {
        let fin = resultFin.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
        let due = photosNamed + photosMissing.count
        return Self.line([
            "\(station)", "\(sequence)", lane.map { "\($0)" } ?? "-", time, outcome ?? "-",
            resultOp.map { "\($0)/\(fin ?? "-")" } ?? "-", tag ?? "-", due == 0 ? "-" : "\(photos)/\(due)",
            (photosMissing + flags).isEmpty ? "-" : (photosMissing + flags).joined(separator: ","),
        ])
    }

    private static let widths = [9, 8, 4, 24, 20, 6, 24, 6]

    private static func line(_ cells: [String]) -> String {
        zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ") + "  " + (cells.last ?? "")
    }
}

/// A photo as `central photos` shows it.
struct PhotoRow: Encodable, Hashable {
    let station: UInt32
    let journal: String
    let sequence: UInt64
    let lane: UInt8?
    let time: String
    let camera: String
    let number: Int
    let bytes: Int
    let digest: String
    /// From the server's folder on.
    let path: String
    private let folder: String

    private enum CodingKeys: CodingKey {
        case station, journal, sequence, lane, time, camera, number, bytes, digest, path
    }

    init(_ photo: StoredPhoto, of passage: StoredPassage, in folder: CentralFolder) {
        station = passage.journal.station.number
        journal = passage.journal.journal.hex
        sequence = passage.sequence.number
        lane = passage.fields.lane
        time = passage.fields.time.utc
        camera = photo.name.camera
        number = photo.name.number
        bytes = photo.bytes
        digest = photo.digest.hex
        path = photo.path
        self.folder = folder.path
    }

    static let heading = line(["station", "sequence", "lane", "time", "camera", "n", "bytes", "file"])

    var text: String {
        Self.line([
            "\(station)", "\(sequence)", lane.map { "\($0)" } ?? "-", time, camera, "\(number)", "\(bytes)",
            "\(folder)/\(path)",
        ])
    }

    private static let widths = [9, 8, 4, 24, 16, 2, 8]

    private static func line(_ cells: [String]) -> String {
        zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ") + "  " + (cells.last ?? "")
    }
}
