import Exchange
import Lane

/// What proves once that a computer is the station that the operator means: 100 bits of chance.
///
///     7kq2m-0xv9t-c3wne-5hzpa      Crockford's 32 digits: no i, l, o, u; case, hyphens and spaces mean nothing
struct EnrolmentCode: Hashable {
    private let digits: [UInt8]

    /// 32²⁰ is 2¹⁰⁰: nobody guesses it, however often he may try.
    private static let count = 20
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// A new one, from the operating system's source of chance.
    static func random() -> EnrolmentCode {
        var chance = SystemRandomNumberGenerator()
        return EnrolmentCode(
            digits: (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &chance)] })
    }

    private init(digits: [UInt8]) { self.digits = digits }

    /// From what a person typed or a file holds; nil for what cannot be a code.
    init?(_ text: String) {
        guard text.utf8.count <= 100 else { return nil }
        let typed = text.lowercased().utf8.filter { !Array("- \n\r\t".utf8).contains($0) }
        let digits = typed.map { digit in
            switch digit {
            case UInt8(ascii: "o"): UInt8(ascii: "0")
            case UInt8(ascii: "i"), UInt8(ascii: "l"): UInt8(ascii: "1")
            default: digit
            }
        }
        guard digits.count == Self.count, digits.allSatisfy(Self.alphabet.contains) else { return nil }
        self.digits = digits
    }

    /// For the person who carries it to the station; nowhere else.
    var text: String {
        stride(from: 0, to: digits.count, by: 5).map { String(decoding: digits[$0..<$0 + 5], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// What is kept of it: enough to know it again, and no more.
    func digest(for station: StationID) -> Digest { Digest(of: Array("station \(station.number) ".utf8) + digits) }
}
