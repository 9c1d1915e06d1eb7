/// Which remainder a reader computes over a frame; a named setting, because no vendor frame with its CRC was found.
package enum ECPCRC: String, CaseIterable, Sendable {
    /// As printed (Encompass 4 Reader System Guide): no zeros appended, start 0: `"123456789"` gives BEEF.
    case printed
    /// The common one: sixteen zeros appended, start 0: `"123456789"` gives 31C3.
    case xmodem
    /// Sixteen zeros appended, start FFFF: `"123456789"` gives 29B1.
    case ccittFalse = "ccitt-false"

    /// The remainder over the characters after `#` up to the CRC, sequence digit included.
    package func remainder(over characters: some Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = self == .ccittFalse ? 0xFFFF : 0
        for character in characters {
            crc = self == .printed ? Self.shiftedIn(character, crc) : Self.appended(character, crc)
        }
        return crc
    }

    /// The four upper-case hex digits that end a frame.
    package func digits(over characters: some Sequence<UInt8>) -> [UInt8] {
        let crc = remainder(over: characters)
        return (0..<4).map { Hex.digit(UInt8(truncatingIfNeeded: crc >> (12 - 4 * UInt16($0)))) }
    }

    /// One character, most significant bit first, into the low end of the register.
    private static func shiftedIn(_ character: UInt8, _ register: UInt16) -> UInt16 {
        var crc = register
        for bit in (0..<8).reversed() {
            let isOver = crc & 0x8000 != 0
            crc = crc << 1 | UInt16(character >> UInt8(bit) & 1)
            if isOver { crc ^= 0x1021 }
        }
        return crc
    }

    /// One character into the high end: the remainder as if sixteen zeros followed.
    private static func appended(_ character: UInt8, _ register: UInt16) -> UInt16 {
        var crc = register ^ UInt16(character) << 8
        for _ in 0..<8 { crc = crc & 0x8000 != 0 ? crc << 1 ^ 0x1021 : crc << 1 }
        return crc
    }
}
