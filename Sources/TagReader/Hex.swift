/// Hexadecimal digits as ASCII characters.
enum Hex {
    /// The upper-case digit of the low four bits.
    static func digit(_ value: UInt8) -> UInt8 {
        let nibble = value & 0xF
        return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }

    /// The value of a digit of either case; nil for any other character.
    static func value(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// The value of one to four digits; nil when one of them is none.
    static func value(of characters: some Collection<UInt8>) -> UInt16? {
        guard (1...4).contains(characters.count) else { return nil }
        var sum: UInt16 = 0
        for character in characters {
            guard let value = value(character) else { return nil }
            sum = sum << 4 | UInt16(value)
        }
        return sum
    }
}
