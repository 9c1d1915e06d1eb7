/// The grammar of canonical JSON, checked without making anything of it.
///
///     object  = "{" [ string ":" value *( "," string ":" value ) ] "}"
///     array   = "[" [ value *( "," value ) ] "]"
///     value   = object / array / string / integer / "true" / "false"
///     string  = DQUOTE *( printable ASCII but " and \ / "\" DQUOTE / "\\" / "\u" 4 lower-case hex ) DQUOTE
///     integer = "0" / [ "-" ] digit 1–9 *digit
struct RecordSyntax {
    /// Whether the bytes are one object in this grammar, and nothing else.
    static func isCanonicalObject(_ bytes: [UInt8]) -> Bool {
        guard bytes.first == UInt8(ascii: "{") else { return false }
        var scan = RecordSyntax(rest: bytes[...])
        return scan.value(depth: 0) && scan.rest.isEmpty
    }

    /// Objects and arrays in each other; our records have three.
    private static let deepest = 8

    private var rest: ArraySlice<UInt8>

    private mutating func value(depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        switch rest.first {
        case UInt8(ascii: "{"): return list(to: UInt8(ascii: "}"), named: true, depth: depth)
        case UInt8(ascii: "["): return list(to: UInt8(ascii: "]"), named: false, depth: depth)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return word("true")
        case UInt8(ascii: "f"): return word("false")
        default: return integer()
        }
    }

    private mutating func list(to end: UInt8, named: Bool, depth: Int) -> Bool {
        rest.removeFirst()
        if take(end) { return true }
        repeat {
            if named { guard string(), take(UInt8(ascii: ":")) else { return false } }
            guard value(depth: depth + 1) else { return false }
        } while take(UInt8(ascii: ","))
        return take(end)
    }

    private mutating func string() -> Bool {
        guard take(UInt8(ascii: "\"")) else { return false }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape() else { return false }
            case 0x20...0x7E: continue
            default: return false
            }
        }
        return false
    }

    private mutating func escape() -> Bool {
        switch rest.popFirst() {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return true
        case UInt8(ascii: "u"):
            let digits = rest.prefix(4)
            rest = rest.dropFirst(4)
            return digits.count == 4 && Hex.bytes(of: digits) != nil
        default: return false
        }
    }

    private mutating func integer() -> Bool {
        let isNegative = take(UInt8(ascii: "-"))
        if take(0x30) { return !isNegative }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        rest = rest.dropFirst(digits.count)
        return !digits.isEmpty
    }

    private mutating func word(_ word: String) -> Bool {
        guard rest.starts(with: word.utf8) else { return false }
        rest = rest.dropFirst(word.utf8.count)
        return true
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard rest.first == byte else { return false }
        rest.removeFirst()
        return true
    }
}
