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
