import Exchange
import Glibc

/// A digest of 64 bits over everything that a run wrote: two runs with one digest wrote the same, as far as chance goes. It
/// finds differences, and is no protection against somebody who wants one to go unseen: for that the journal has BLAKE2b.
///
/// Bytes are taken sixteen at a time, as two little-endian words a and b; the state h becomes
///
///     h ← rotl(h, 29) ⊕ high(p) ⊕ low(p),   p = (a ⊕ K₀) · (b ⊕ h ⊕ K₁) in 128 bits
///
/// The last piece is filled up with zeros, and the number of bytes is folded in behind it.
struct FleetDigest: Hashable, Sendable {
    private(set) var value: UInt64

    /// Odd, and half of their bits set: parts of √2 and √3.
    private static let firstKey: UInt64 = 0x6A09_E667_F3BC_C909
    private static let secondKey: UInt64 = 0xBB67_AE85_84CA_A73B

    init(seed: UInt64) { value = seed }

    /// Takes in two numbers.
    mutating func fold(_ a: UInt64, _ b: UInt64) {
        let product = (a ^ Self.firstKey).multipliedFullWidth(by: b ^ value ^ Self.secondKey)
        value = ((value << 29) | (value >> 35)) ^ product.high ^ product.low
    }

    /// Takes in bytes, and how many they are.
    mutating func fold(_ bytes: [UInt8]) {
        value = unsafe bytes.withUnsafeBytes { unsafe Self.fold($0, from: value) }
        fold(UInt64(bytes.count), 0)
    }

    /// Takes in some of what a writer wrote, and how many bytes they are.
    mutating func fold(_ writer: borrowing RecordWriter, _ range: Range<Int>) {
        value = unsafe writer.withBytes(range) { unsafe Self.fold($0, from: value) }
        fold(UInt64(range.count), 0)
    }

    private static func fold(_ bytes: UnsafeRawBufferPointer, from start: UInt64) -> UInt64 {
        var digest = FleetDigest(seed: start)
        var place = 0
        while place + 16 <= bytes.count {
            unsafe digest.fold(word(bytes, place), word(bytes, place + 8))
            place += 16
        }
        var last: (UInt64, UInt64) = (0, 0)
        for index in place..<bytes.count {
            let byte = unsafe UInt64(bytes[index]) << UInt64((8 * (index - place)) & 63)
            if index - place < 8 { last.0 |= byte } else { last.1 |= byte }
        }
        digest.fold(last.0, last.1)
        return digest.value
    }

    /// Sixteen lower-case hexadecimal digits.
    var hex: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
