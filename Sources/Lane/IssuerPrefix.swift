/// The numbers of one issuer, or of several: all of a number system that begin with these digits.
///
/// As text `pan:9578`; `printed:` stands for every printed number.
package struct IssuerPrefix: Hashable, Sendable {
    /// More digits than an issuer is told by: ISO/IEC 7812 has eight, a country and an issuer of ISO 14906 have nine.
    package static let mostDigits = 12

    package let system: TagNumber.System
    /// How many digits it has, zeros in front included; letters and digits of an ATA text.
    package let count: Int
    /// What the digits come to, as `TagNumber.figures` counts.
    let value: UInt64

    /// Nil when there are more than twelve, or one is no digit; in an ATA text also letters, ten at the most.
    package init?(system: TagNumber.System, digits: some StringProtocol) {
        let characters = Array(digits.utf8)
        guard characters.count <= (system == .ata ? TagNumber.ataLength : Self.mostDigits) else { return nil }
        var value: UInt64 = 0
        for character in characters {
            switch (character, system) {
            case (0x30...0x39, .pan), (0x30...0x39, .printed), (0x30...0x39, .agencySerial):
                value = value * 10 + UInt64(character - 0x30)
            case (0x30...0x39, .ata), (0x41...0x5A, .ata): value = value << 6 | UInt64(character - 0x20)
            default: return nil
            }
        }
        self.system = system
        self.value = value
        count = characters.count
    }

    /// A prefix from its text, `system:digits`, the system as records have it; nil when it is none.
    package init?(text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":"),
            let system = TagNumber.System.allCases.first(where: { Self.word(of: $0) == text[..<colon] })
        else { return nil }
        self.init(system: system, digits: text[text.index(after: colon)...])
    }

    /// Its digits, or an ATA text's characters.
    package var digits: String {
        var rest = value
        var characters = [UInt8](repeating: 0, count: count)
        for index in characters.indices.reversed() {
            characters[index] = system == .ata ? UInt8(rest & 0x3F) + 0x20 : UInt8(rest % 10) + 0x30
            rest = system == .ata ? rest >> 6 : rest / 10
        }
        return String(decoding: characters, as: UTF8.self)
    }

    /// `pan:9578`
    package var text: String { "\(Self.word(of: system)):\(digits)" }

    /// Whether the number begins so.
    package func matches(_ tag: TagNumber) -> Bool {
        guard tag.system == system else { return false }
        let figures = tag.figures
        return figures.count >= count && figures.leading(count) == value
    }

    /// What records, lists and files call a number system.
    package static func word(of system: TagNumber.System) -> String {
        switch system {
        case .pan: "pan"
        case .printed: "printed"
        case .agencySerial: "agency"
        case .ata: "ata"
        }
    }
}

/// A number of an issuer is personal data; where an issuer's numbers begin is not.
extension IssuerPrefix: CustomStringConvertible {
    package var description: String { text }
}

extension TagNumber {
    /// The places of a number, so that its beginning can be told without a copy of it.
    struct Figures {
        let system: System
        let value: UInt64
        /// Of an ATA text always ten: spaces at its end count.
        let count: Int

        /// What the first `length` places come to; there are so many.
        func leading(_ length: Int) -> UInt64 {
            system == .ata
                ? value >> (6 * UInt64(count - length)) : value / TagNumber.powersOfTen[count - length]
        }
    }

    static let ataLength = 10
    /// 10⁰ to 10¹⁹.
    static let powersOfTen: [UInt64] = (0..<19).reduce(into: [1]) { powers, _ in
        powers.append(powers[powers.count - 1] * 10)
    }

    var figures: Figures {
        let system = system
        if let (value, count) = digits { return Figures(system: system, value: value, count: count) }
        return Figures(system: system, value: key & 0x0FFF_FFFF_FFFF_FFFF, count: Self.ataLength)
    }

    /// Whether the last digit is the Luhn check digit of those before it; a text has none.
    package var passesLuhn: Bool {
        guard var (rest, _) = digits else { return false }
        var sum: UInt64 = 0
        var isDoubled = false
        while rest > 0 {
            let value = (rest % 10) << (isDoubled ? 1 : 0)
            sum += value > 9 ? value - 9 : value
            rest /= 10
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }
}
