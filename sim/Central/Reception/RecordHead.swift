import Lane

/// The few fields of a record that the reception needs, taken from its bytes without decoding the rest:
///
///     {"v":1,"station":7,"journal":"0123…cdef","sequence":12,"type":"passage",…
///
/// The encoder's order is fixed, so that anything else is not a record of ours.
struct RecordHead: Hashable {
    let version: UInt64
    let station: StationID
    let journal: JournalID
    let sequence: Sequence
    let type: String

    /// Longer type words are no types.
    static let longestType = 32

    /// Nil when the bytes do not begin as a record does.
    init?(scanning body: [UInt8]) {
        var scanner = Scanner(rest: body[...])
        guard scanner.skip("{\"v\":"), let version = scanner.number(),
            scanner.skip(",\"station\":"), let station = scanner.number(), let short = UInt32(exactly: station),
            scanner.skip(",\"journal\":\""), let high = scanner.hexadecimal(), let low = scanner.hexadecimal(),
            scanner.skip("\",\"sequence\":"), let sequence = scanner.number(), sequence > 0,
            scanner.skip(",\"type\":\""), let type = scanner.word(longest: Self.longestType), scanner.skip("\",")
        else { return nil }
        self.version = version
        self.station = StationID(short)
        journal = JournalID(high: high, low: low)
        self.sequence = Sequence(sequence)
        self.type = type
    }

    private struct Scanner {
        var rest: ArraySlice<UInt8>

        mutating func skip(_ text: String) -> Bool {
            guard rest.starts(with: text.utf8) else { return false }
            rest.removeFirst(text.utf8.count)
            return true
        }

        /// At most 18 digits without a leading zero: it fits every integer here, and SQLite's.
        mutating func number() -> UInt64? {
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            guard (1...18).contains(digits.count), digits.first != 0x30 || digits.count == 1 else { return nil }
            rest.removeFirst(digits.count)
            return digits.reduce(0) { $0 * 10 + UInt64($1 - 0x30) }
        }

        /// 16 lower-case digits.
        mutating func hexadecimal() -> UInt64? {
            let digits = rest.prefix(16)
            guard digits.count == 16 else { return nil }
            var value: UInt64 = 0
            for digit in digits {
                switch digit {
                case 0x30...0x39: value = value << 4 | UInt64(digit - 0x30)
                case 0x61...0x66: value = value << 4 | UInt64(digit - 0x61 + 10)
                default: return nil
                }
            }
            rest.removeFirst(16)
            return value
        }

        mutating func word(longest: Int) -> String? {
            let letters = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
            guard (1...longest).contains(letters.count) else { return nil }
            rest.removeFirst(letters.count)
            return String(decoding: letters, as: UTF8.self)
        }
    }
}
