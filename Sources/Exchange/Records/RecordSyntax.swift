/// The grammar of canonical JSON, checked without making anything of it: each byte is looked at once.
///
///     object  = "{" [ string ":" value *( "," string ":" value ) ] "}"
///     array   = "[" [ value *( "," value ) ] "]"
///     value   = object / array / string / integer / "true" / "false"
///     string  = DQUOTE *( printable ASCII but " and \ / "\" DQUOTE / "\\" / "\u" 4 lower-case hex ) DQUOTE
///     integer = "0" / [ "-" ] digit 1–9 *digit
struct RecordSyntax {
    /// Where the object ends that begins at this place; nil when none does, or none that ends here.
    static func endOfObject(in bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
        var scan = RecordSyntax(place: start, end: min(end, bytes.count))
        guard scan.peek(bytes) == UInt8(ascii: "{"), scan.value(bytes, depth: 0) else { return nil }
        return scan.place
    }

    /// The members or items of the value that these bytes are, each at its place, none of a text, number or truth; nil when they are no
    /// value.
    static func parts(of bytes: Span<UInt8>, in range: Range<Int>) -> [Part]? {
        var scan = RecordSyntax(place: range.lowerBound, end: range.upperBound)
        scan.parts = []
        guard scan.value(bytes, depth: 0), scan.place == range.upperBound else { return nil }
        return scan.parts
    }

    /// A member of an object, or an item of an array, which has no name.
    typealias Part = (name: Range<Int>?, value: Range<Int>)

    /// Objects and arrays in each other; our records have three.
    private static let deepest = 8

    private var place: Int
    private let end: Int
    /// Those of the outermost; nil: nobody asks for them.
    private var parts: [Part]?

    private init(place: Int, end: Int) {
        self.place = place
        self.end = end
    }

    private mutating func value(_ bytes: Span<UInt8>, depth: Int) -> Bool {
        guard depth < Self.deepest else { return false }
        switch peek(bytes) {
        case UInt8(ascii: "{"): return list(bytes, to: UInt8(ascii: "}"), named: true, depth: depth)
        case UInt8(ascii: "["): return list(bytes, to: UInt8(ascii: "]"), named: false, depth: depth)
        case UInt8(ascii: "\""): return string(bytes)
        case UInt8(ascii: "t"): return word(bytes, "true")
        case UInt8(ascii: "f"): return word(bytes, "false")
        default: return integer(bytes)
        }
    }

    private mutating func list(_ bytes: Span<UInt8>, to end: UInt8, named: Bool, depth: Int) -> Bool {
        place += 1
        if take(bytes, end) { return true }
        repeat {
            let name = place
            if named { guard string(bytes), take(bytes, UInt8(ascii: ":")) else { return false } }
            let start = place
            guard value(bytes, depth: depth + 1) else { return false }
            if depth == 0 { parts?.append((named ? name..<start - 1 : nil, start..<place)) }
        } while take(bytes, UInt8(ascii: ","))
        return take(bytes, end)
    }

    private mutating func string(_ bytes: Span<UInt8>) -> Bool {
        guard take(bytes, UInt8(ascii: "\"")) else { return false }
        while let byte = peek(bytes) {
            place += 1
            switch byte {
            case UInt8(ascii: "\""): return true
            case UInt8(ascii: "\\"): guard escape(bytes) else { return false }
            case 0x20...0x7E: continue
            default: return false
            }
        }
        return false
    }

    private mutating func escape(_ bytes: Span<UInt8>) -> Bool {
        if take(bytes, UInt8(ascii: "\"")) || take(bytes, UInt8(ascii: "\\")) { return true }
        guard take(bytes, UInt8(ascii: "u")) else { return false }
        for _ in 0..<4 {
            guard let digit = peek(bytes), Hex.value(of: digit) != nil else { return false }
            place += 1
        }
        return true
    }

    private mutating func integer(_ bytes: Span<UInt8>) -> Bool {
        let isNegative = take(bytes, UInt8(ascii: "-"))
        if take(bytes, 0x30) { return !isNegative }
        let first = place
        while let digit = peek(bytes), (0x30...0x39).contains(digit) { place += 1 }
        return place > first
    }

    private mutating func word(_ bytes: Span<UInt8>, _ word: String) -> Bool {
        for byte in word.utf8 { guard take(bytes, byte) else { return false } }
        return true
    }

    private mutating func take(_ bytes: Span<UInt8>, _ byte: UInt8) -> Bool {
        guard peek(bytes) == byte else { return false }
        place += 1
        return true
    }

    private func peek(_ bytes: Span<UInt8>) -> UInt8? { place < end ? bytes[place] : nil }
}
