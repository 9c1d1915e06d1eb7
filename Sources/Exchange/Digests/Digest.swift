/// A BLAKE2b-256 digest: the one digest of the project, so that `b2sum -l 256` checks any of them by hand.
package struct Digest: Hashable, Sendable {
    /// The 32 bytes.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.count)
        forEachByte { bytes.append($0) }
        return bytes
    }

    /// How many bytes a digest has.
    package static let count = 32
    /// All zeros: the predecessor of a journal's first record.
    package static let zero = Digest(words: (0, 0, 0, 0))

    /// The bytes, eight in each, the first in the highest.
    let words: (UInt64, UInt64, UInt64, UInt64)

    /// A digest from its 32 bytes; nil for another count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        func word(_ number: Int) -> UInt64 {
            bytes[8 * number..<8 * number + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        self.init(words: (word(0), word(1), word(2), word(3)))
    }

    /// A digest from its 32 bytes; nil for another count.
    package init?(bytes: some Collection<UInt8>) { self.init(bytes: Array(bytes)) }

    /// A digest from 64 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(of: Array(hex.utf8)) else { return nil }
        self.init(bytes: bytes)
    }

    /// The digest of some bytes.
    package init(of bytes: [UInt8]) {
        var stream = DigestStream()
        stream.update(bytes)
        self = stream.finish()
    }

    /// From the 64 lower-case hexadecimal digits that stand at a place; nil for anything else.
    init?(hexIn bytes: Span<UInt8>, at place: Int) {
        guard place + 2 * Self.count <= bytes.count else { return nil }
        var words: InlineArray<4, UInt64> = [0, 0, 0, 0]
        for offset in 0..<2 * Self.count {
            guard let value = Hex.value(of: bytes[place + offset]) else { return nil }
            words[offset / 16] = words[offset / 16] << 4 | UInt64(value)
        }
        self.init(words: (words[0], words[1], words[2], words[3]))
    }

    init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

    /// Appends the 64 lower-case hexadecimal digits.
    func appendHex(to text: inout [UInt8]) {
        forEachByte { byte in
            text.append(Hex.digit(byte >> 4))
            text.append(Hex.digit(byte & 0xF))
        }
    }

    private func forEachByte(_ body: (UInt8) -> Void) {
        let words: InlineArray<4, UInt64> = [words.0, words.1, words.2, words.3]
        for index in words.indices {
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                body(UInt8(truncatingIfNeeded: words[index] >> shift))
            }
        }
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hex.text(of: bytes) }

    /// The digest that seals a record: over its predecessor's digest in hexadecimal, then its body.
    ///
    /// By hand: `(printf %s "$predecessor"; printf %s "$body") | b2sum -l 256`.
    package static func chained(to predecessor: Digest, body: [UInt8]) -> Digest {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * count)
        predecessor.appendHex(to: &digits)
        var stream = DigestStream()
        stream.update(digits)
        stream.update(body)
        return stream.finish()
    }

    /// Whether both are the same, in a time that does not tell how much of them is: for digests of secrets.
    package func matches(_ other: Digest) -> Bool {
        let (a, b) = (words, other.words)
        return (a.0 ^ b.0) | (a.1 ^ b.1) | (a.2 ^ b.2) | (a.3 ^ b.3) == 0
    }

    package static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }
    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension Digest: CustomStringConvertible {
    package var description: String { hex }
}

/// As a string of 64 hexadecimal digits.
extension Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Digest(hex: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a digest is 64 hexadecimal digits")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
