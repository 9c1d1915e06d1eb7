/// A tag message taken apart from the right, because a tag's text may itself contain `&`, `%` and `#`.
///
///     text, 1 to 20 characters │ &HH:MM:SS.hh MM/DD/YY │ %xx-y-zz-q or %xx-y-zz-q-sss
///                              └ when `302` appends it ┘ when `311` appends it:
///                                xx reader, y antenna port, zz reads of the previous tag, q inputs, sss on MPRX
package struct TagMessage: Hashable, Sendable {
    /// The tag's text without spaces at its ends.
    package let text: [UInt8]
    /// The time as the reader appended it, by its own clock; nil when it did not.
    package let time: [UInt8]?
    /// y of the auxiliary part, 0 to 15; 0 when there is none.
    package let antennaPort: UInt8

    /// Any data gives a message: what is not a suffix is text.
    package init(_ data: [UInt8]) {
        var rest = data[...]
        let auxiliary = Self.cut(Self.auxiliaries, off: &rest)
        antennaPort = auxiliary.flatMap { Hex.value($0[$0.startIndex + 4]) } ?? 0
        time = Self.cut(Self.times, off: &rest).map { Array($0.dropFirst()) }
        text = Array(Self.trimmed(rest))
    }

    private static let auxiliaries = ["%xx-x-xx-x", "%xx-x-xx-x-***"].map { Array($0.utf8) }
    private static let times = [Array("&dd:dd:dd.dd dd/dd/dd".utf8)]

    /// Takes the suffix with one of the shapes off the end.
    private static func cut(_ shapes: [[UInt8]], off data: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        for pattern in shapes {
            let end = data.suffix(pattern.count)
            guard end.count == pattern.count, zip(end, pattern).allSatisfy({ fits($0, $1) }) else { continue }
            data = data.dropLast(pattern.count)
            return end
        }
        return nil
    }

    /// `d` is a decimal digit, `x` a hex digit, `*` any character, everything else itself.
    private static func fits(_ character: UInt8, _ place: UInt8) -> Bool {
        switch place {
        case UInt8(ascii: "d"): (0x30...0x39).contains(character)
        case UInt8(ascii: "x"): Hex.value(character) != nil
        case UInt8(ascii: "*"): true
        default: character == place
        }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let space = UInt8(ascii: " ")
        guard let first = text.firstIndex(where: { $0 != space }), let last = text.lastIndex(where: { $0 != space })
        else { return [] }
        return text[first...last]
    }
}
