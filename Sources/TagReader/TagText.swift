import Lane

/// A site's rule that makes a number of a tag's text (at most 20 characters of a 6-bit set, trimmed).
package enum TagText: Hashable, Sendable {
    /// 10 or 16 digits, spaces anywhere: the number printed on an AutoPASS tag.
    case printed10or16
    /// A prefix, then exactly so many digits (1 to 18), spaces between them ignored: `KING 1302` is prefix `KING`, 4 digits.
    case agencySerial(prefix: String, digits: Int)
    /// 1 to 10 characters A–Z, 0–9 and inner spaces, as the American Trucking Associations write them.
    case ata

    /// What the text comes to: a number, one that breaks the rules of its system, or no text of this site's tags.
    package func content(of text: some Collection<UInt8>) -> HeardRead.Content {
        guard text.count <= Self.mostCharacters else { return .unreadable }
        switch self {
        case .printed10or16: return Self.printed(text.filter { $0 != Self.space })
        case .agencySerial(let prefix, let digits): return Self.serial(text, after: Array(prefix.utf8), count: digits)
        case .ata: return TagNumber(ata: text).map { .tag($0) } ?? .unreadable
        }
    }

    /// The longest text that a tag of this kind can hold.
    static let mostCharacters = 20
    private static let space = UInt8(ascii: " ")

    private static func printed(_ digits: [UInt8]) -> HeardRead.Content {
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return .unreadable }
        guard digits.count == 10 || digits.count == 16 else { return .malformed }
        return TagNumber(.printed, digits: digits).map { .tag($0) } ?? .malformed
    }

    private static func serial(
        _ text: some Collection<UInt8>, after prefix: [UInt8], count: Int
    ) -> HeardRead.Content {
        guard text.starts(with: prefix) else { return .unreadable }
        let digits = text.dropFirst(prefix.count).filter { $0 != space }
        guard digits.allSatisfy(isDigit) else { return .unreadable }
        guard digits.count == count else { return .malformed }
        return TagNumber(.agencySerial, digits: digits).map { .tag($0) } ?? .malformed
    }

    private static func isDigit(_ character: UInt8) -> Bool { (0x30...0x39).contains(character) }
}
