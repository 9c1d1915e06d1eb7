/// The check digits of the TransCore "#" protocol, as its manual prints the calculation.
///
/// It is the remainder of the message itself, without zeros appended: `"123456789"` gives BEEF.
package enum ECPChecksum {
    /// What stands for a checksum that the host does not know: the reader takes it for any.
    package static let wildCard: [UInt8] = Array("````".utf8)

    /// The checksum of the characters after `#`, sequence digit included.
    package static func of(_ characters: some Swift.Sequence<UInt8>) -> UInt16 {
        var crc: UInt16 = 0
        for character in characters {
            for bit in (0..<8).reversed() {
                let carries = crc & 0x8000 != 0
                crc = crc << 1 | UInt16(character >> UInt8(bit) & 1)
                if carries { crc ^= 0x1021 }
            }
        }
        return crc
    }

    /// The four hex digits, upper case.
    package static func digits(of characters: some Swift.Sequence<UInt8>) -> [UInt8] {
        hex(UInt32(of(characters)), digits: 4)
    }

    /// A number as so many upper-case hex digits.
    static func hex(_ number: UInt32, digits: Int) -> [UInt8] {
        (0..<digits).reversed().map { place in
            let digit = UInt8(number >> UInt32(4 * place) & 0xF)
            return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10
        }
    }

    /// The value of one hex digit; nil for another character.
    static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
