extension TagNumber {
    /// Why a text is no tag number.
    package enum TextError: Error, Hashable, Sendable {
        /// A character that is neither a digit nor a space (nor an `F` at the end of a PAN).
        case character
        /// A digit count that the system does not have.
        case digitCount(Int)
        /// The Luhn check digit is wrong (ISO 14906 `ResultOp` 5).
        case luhn
    }

    /// A number as it is printed on the tag: 10 or 16 digits, spaces anywhere (S2: *brikkenummer*).
    package init(printed text: some StringProtocol) throws(TextError) {
        let digits = try Self.digits(of: text)
        guard digits.count == 10 || digits.count == 16, let number = TagNumber(.printed, digits: digits) else {
            throw .digitCount(digits.count)
        }
        self = number
    }

    /// A `PersonalAccountNumber` as text: up to 19 digits with a Luhn check digit, `F` padding at the end allowed.
    package init(pan text: some StringProtocol) throws(TextError) {
        var characters = Array(text.utf8)
        while characters.last == UInt8(ascii: "F") || characters.last == UInt8(ascii: "f") { characters.removeLast() }
        let digits = try Self.digits(of: String(decoding: characters, as: UTF8.self))
        guard let number = TagNumber(.pan, digits: digits) else { throw .digitCount(digits.count) }
        guard Self.passesLuhn(digits) else { throw .luhn }
        self = number
    }

    /// A `PersonalAccountNumber` as on the air: 10 octets, two digits an octet, high nibble first, padded with `F` nibbles.
    package init(panOctets octets: some Collection<UInt8>) throws(TextError) {
        var nibbles = octets.flatMap { [$0 >> 4, $0 & 0xF] }
        while nibbles.last == 0xF { nibbles.removeLast() }
        guard nibbles.allSatisfy({ $0 <= 9 }) else { throw .character }
        guard octets.count == 10, let number = TagNumber(.pan, digits: nibbles.map { $0 + 0x30 }) else {
            throw .digitCount(nibbles.count)
        }
        guard Self.passesLuhn(number.characters) else { throw .luhn }
        self = number
    }

    /// The ten octets of a PAN; nil for a number of another system.
    package var panOctets: [UInt8]? {
        guard system == .pan else { return nil }
        let nibbles = characters.map { $0 - 0x30 } + Array(repeating: 0xF, count: 20 - characters.count)
        return stride(from: 0, to: 20, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// Luhn: every second digit from the right doubled, the sum of all digits a multiple of ten (ISO/IEC 7812-1).
    package static func passesLuhn(_ digits: some Collection<UInt8>) -> Bool {
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = Int(digit - 0x30) << (place & 1)
            sum += value > 9 ? value - 9 : value
        }
        return !digits.isEmpty && sum % 10 == 0
    }

    private static func digits(of text: some StringProtocol) throws(TextError) -> [UInt8] {
        let digits = text.utf8.filter { $0 != 0x20 }
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .character }
        return digits
    }
}
