/// The number of a tag, held as one exact 64-bit key.
///
/// The key is injective over (number system, digit count, digits), so that a lookup never answers for another tag (I5):
///
///     0x0000000000000000 … 0x9A3298AFB5AC71C5   PAN, 1 to 19 digits, shortest first
///     0xA… + 60 bits                            printed, 1 to 18 digits, shortest first
///     0xB… + 60 bits                            agency serial, 1 to 18 digits, shortest first
///     0xC… + 60 bits                            ATA, 10 characters of 6 bits (ASCII − 32), padded with spaces
///     0xD… to 0xF…                              free for other systems
///
/// Digits of length n take the places (10ⁿ − 10) / 9 and up within their system.
package struct TagNumber: Hashable, Sendable {
    /// Who wrote the number, and how.
    package enum System: UInt8, CaseIterable, Sendable {
        /// ISO 14906 `PersonalAccountNumber`, given on the air by a 5.8 GHz tag.
        case pan = 0x0
        /// The number printed on an AutoPASS tag, 10 or 16 digits (S2).
        case printed = 0xA
        /// A number that an agency gave to its own tags.
        case agencySerial = 0xB
        /// Letters and digits of the American Trucking Associations' tag text.
        case ata = 0xC
    }

    /// What lists, lookups and records carry.
    package let key: UInt64

    /// A number from its key; nil when no number has that key.
    package init?(key: UInt64) {
        self.key = key
        guard Self.system(of: key) != nil, isCanonical else { return nil }
    }

    /// A number from its digits; nil when empty, too long for the system (19 for PAN, else 18), or not digits.
    ///
    /// Inlinable, because a generic function of another module looks up every step of its loop, between a read and its light.
    @inlinable
    package init?(_ system: System, digits: some Collection<UInt8>) {
        guard digits.count <= 19 else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + UInt64(digit - 0x30)
        }
        self.init(system, value: value, digits: digits.count)
    }

    /// A number from its value and how many digits it is written with, zeros in front included; nil as above.
    package init?(_ system: System, value: UInt64, digits count: Int) {
        guard system != .ata, (1...Self.mostDigits(system)).contains(count) else { return nil }
        key = Self.base(system) + Self.firstPlace(ofLength: count) + value
    }

    /// An ATA text: 1 to 10 characters of A–Z, 0–9 and inner spaces; nil otherwise.
    package init?(ata text: some Collection<UInt8>) {
        guard (1...10).contains(text.count), text.first != 0x20 else { return nil }
        var bits: UInt64 = 0
        for character in text {
            guard Self.isATACharacter(character) else { return nil }
            bits = bits << 6 | UInt64(character - 0x20)
        }
        key = Self.base(.ata) + (bits << (6 * UInt64(10 - text.count)))
    }

    package var system: System { Self.system(of: key).unsafelyKnown }

    /// The number's characters as ASCII, without padding.
    package var characters: [UInt8] {
        guard let (value, length) = digits else {
            let place = key - Self.base(system)
            let padded = (0..<10).map { UInt8(place >> (6 * UInt64(9 - $0)) & 0x3F) + 0x20 }
            return Array(padded[...(padded.lastIndex { $0 != 0x20 } ?? 0)])
        }
        var rest = value
        var digits = [UInt8](repeating: 0x30, count: length)
        for index in digits.indices.reversed() {
            digits[index] += UInt8(rest % 10)
            rest /= 10
        }
        return digits
    }

    /// The number's value and how many digits it is written with, zeros in front included; nil for a text.
    package var digits: (value: UInt64, count: Int)? {
        let system = system
        guard system != .ata else { return nil }
        let place = key - Self.base(system)
        var length = Self.mostDigits(system)
        while length > 1, place < Self.firstPlace(ofLength: length) { length -= 1 }
        return (place - Self.firstPlace(ofLength: length), length)
    }

    /// The number in clear, for a lookup that asked for it and for `--clear`; never for a log.
    package var clear: String { String(decoding: characters, as: UTF8.self) }

    private var isCanonical: Bool {
        let system = system
        guard system != .ata else { return TagNumber(ata: characters)?.key == key }
        let length = Self.mostDigits(system)
        let place = key - Self.base(system)
        return place < Self.firstPlace(ofLength: length) + Self.powersOfTen[length]
    }

    private static func isATACharacter(_ c: UInt8) -> Bool {
        c == 0x20 || (0x30...0x39).contains(c) || (0x41...0x5A).contains(c)
    }

    private static func system(of key: UInt64) -> System? {
        key < 0xA000_0000_0000_0000 ? .pan : System(rawValue: UInt8(key >> 60))
    }

    private static func base(_ system: System) -> UInt64 { UInt64(system.rawValue) << 60 }

    private static func mostDigits(_ system: System) -> Int { system == .pan ? 19 : 18 }

    /// (10ⁿ − 10) / 9: how many numbers are shorter than n digits.
    private static func firstPlace(ofLength n: Int) -> UInt64 { firstPlaces[n] }
    private static let firstPlaces: [UInt64] = {
        var places: [UInt64] = [0, 0]
        for n in 1..<19 { places.append(places[n] * 10 + 10) }
        return places
    }()
}

extension Optional where Wrapped == TagNumber.System {
    /// The initialisers of `TagNumber` have checked that the key lies in a system.
    fileprivate var unsafelyKnown: TagNumber.System {
        guard let self else { preconditionFailure("a tag number's key lies in a known system") }
        return self
    }
}

/// Printed anywhere, a tag number shows its system and length only: it is personal data.
extension TagNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(system) number of \(characters.count)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
