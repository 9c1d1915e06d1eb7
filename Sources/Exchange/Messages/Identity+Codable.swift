import Lane

/// As an integer.
extension Sequence: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(UInt64.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

/// As 32 hexadecimal digits.
extension JournalID: Codable {
    /// A journal's id from 32 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(of: Array(hex.utf8)), bytes.count == 16 else { return nil }
        let halves = [bytes[..<8], bytes[8...]].map { half in half.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        self.init(high: halves[0], low: halves[1])
    }

    /// A new journal's id: 128 bits from the operating system's source of chance.
    package static func random() -> JournalID {
        let halves = [0, 1].map { _ in Sodium.randomBytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return JournalID(high: halves[0], low: halves[1])
    }

    /// 32 lower-case hexadecimal digits, as records and paths have it.
    package var hex: String {
        Hex.text(of: [high, low].flatMap { half in (0..<8).map { UInt8(half >> (56 - 8 * $0) & 0xFF) } })
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let journal = JournalID(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a journal is 32 hex digits")
        }
        self = journal
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// As `{"epoch":9821,"version":5}`.
extension ListVersion: Codable {
    private enum Member: String, CodingKey { case epoch, version }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Member.self)
        self.init(
            epoch: try members.decode(UInt32.self, forKey: .epoch),
            version: try members.decode(UInt32.self, forKey: .version))
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: Member.self)
        try members.encode(epoch, forKey: .epoch)
        try members.encode(version, forKey: .version)
    }
}

extension ListVersion {
    /// A version from `9821.5`, as `?after=` and file names have it: two decimal numbers without leading zeros; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = UInt32(parts[0]), let version = UInt32(parts[1]),
            "\(epoch).\(version)" == text
        else { return nil }
        self.init(epoch: epoch, version: version)
    }

    /// The text that `init` takes.
    package var text: String { "\(epoch).\(version)" }
}

/// As text, `2026-01-31T12:00:00.123Z`.
extension UTC: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let moment = UTC(text: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a moment is UTC with milliseconds")
        }
        self = moment
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
