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
}

extension RecordHead {
    /// Nil when the bytes do not begin as a record does.
    init?(scanning body: [UInt8]) {
        let bytes = body.span
        var scanner = Scanner()
        guard scanner.skip("{\"v\":", bytes), let version = scanner.number(bytes),
            scanner.skip(",\"station\":", bytes), let station = scanner.number(bytes),
            let short = UInt32(exactly: station),
            scanner.skip(",\"journal\":\"", bytes), let high = scanner.hexadecimal(bytes),
            let low = scanner.hexadecimal(bytes),
            scanner.skip("\",\"sequence\":", bytes), let sequence = scanner.number(bytes), sequence > 0,
            scanner.skip(",\"type\":\"", bytes), let type = scanner.word(bytes), scanner.skip("\",", bytes)
        else { return nil }
        self.version = version
        self.station = StationID(short)
        journal = JournalID(high: high, low: low)
        self.sequence = Sequence(sequence)
        self.type = type
    }

    private struct Scanner {
        private var place = 0

        mutating func skip(_ text: String, _ bytes: Span<UInt8>) -> Bool {
            guard place + text.utf8.count <= bytes.count else { return false }
            for byte in text.utf8 {
                guard bytes[place] == byte else { return false }
                place += 1
            }
            return true
        }

        /// At most 18 digits without a leading zero: it fits every integer here, and SQLite's.
        mutating func number(_ bytes: Span<UInt8>) -> UInt64? {
            let first = place
            var value: UInt64 = 0
            while place < bytes.count, (0x30...0x39).contains(bytes[place]) {
                guard place - first < 18 else { return nil }
                value = value * 10 + UInt64(bytes[place] - 0x30)
                place += 1
            }
            guard place > first, bytes[first] != 0x30 || place - first == 1 else { return nil }
            return value
        }

        /// 16 lower-case digits.
        mutating func hexadecimal(_ bytes: Span<UInt8>) -> UInt64? {
            guard place + 16 <= bytes.count else { return nil }
            var value: UInt64 = 0
            for _ in 0..<16 {
                switch bytes[place] {
                case 0x30...0x39: value = value << 4 | UInt64(bytes[place] - 0x30)
                case 0x61...0x66: value = value << 4 | UInt64(bytes[place] - 0x61 + 10)
                default: return nil
                }
                place += 1
            }
            return value
        }

        mutating func word(_ bytes: Span<UInt8>) -> String? {
            let first = place
            while place < bytes.count, (0x61...0x7A).contains(bytes[place] | 0x20) { place += 1 }
            guard (1...RecordHead.longestType).contains(place - first) else { return nil }
            var letters: [UInt8] = []
            for place in first..<place { letters.append(bytes[place]) }
            return String(decoding: letters, as: UTF8.self)
        }
    }
}
