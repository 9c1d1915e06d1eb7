/// The digits of a number while they are read. A PAN may be padded with `F` at its end, as it is on the air.
struct AgreementsDigits {
    /// Right for up to 19 digits; no number has more.
    private(set) var value: UInt64 = 0
    private(set) var count = 0
    /// How many `F` stood there.
    private(set) var padding = 0
    private(set) var goesOnBehindPadding = false

    /// False when the byte is neither a digit nor padding where that may be.
    mutating func take(_ byte: UInt8, padded mayBePadded: Bool) -> Bool {
        if mayBePadded, byte == UInt8(ascii: "F") {
            padding += 1
            return true
        }
        guard (0x30...0x39).contains(byte) else { return false }
        if padding > 0 { goesOnBehindPadding = true }
        value = value &* 10 &+ UInt64(byte - 0x30)
        count += 1
        return true
    }

    /// Luhn: every second digit from the right doubled, the sum of all digits a multiple of ten (ISO/IEC 7812-1).
    var passesLuhn: Bool { Self.passesLuhn(value) }

    /// The same of a number's value: zeros in front add nothing.
    static func passesLuhn(_ value: UInt64) -> Bool {
        var (rest, sum, isDoubled) = (value, UInt64(0), false)
        while rest > 0 {
            let digit = rest % 10 * (isDoubled ? 2 : 1)
            sum += digit > 9 ? digit - 9 : digit
            rest /= 10
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }
}
