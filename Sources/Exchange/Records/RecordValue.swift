import Lane

/// A value in a record's body: where it stands, and one level deep what is in it. `RecordSyntax` says what is one.
struct RecordValue {
    /// It is no canonical JSON, or has another type than is wanted.
    struct Odd: Error {}

    private let bytes: [UInt8]
    private let place: Range<Int>
    private let parts: [(name: String?, place: Range<Int>)]

    /// Reads a whole body.
    init(of body: [UInt8]) throws(Odd) { try self.init(body, body.indices) }

    private init(_ bytes: [UInt8], _ place: Range<Int>) throws(Odd) {
        guard let parts = RecordSyntax.parts(of: bytes.span, in: place) else { throw Odd() }
        self.bytes = bytes
        self.place = place
        self.parts = parts.map { (name: $0.name.map { Self.text(in: bytes, $0) }, place: $0.value) }
    }

    /// A member that has to be there.
    func need<Value: RecordReadable>(_ name: String) throws(Odd) -> Value {
        guard let value: Value = try find(name) else { throw Odd() }
        return value
    }

    /// A member that may be there.
    func find<Value: RecordReadable>(_ name: String) throws(Odd) -> Value? {
        guard first == UInt8(ascii: "{") else { throw Odd() }
        guard let member = parts.first(where: { $0.name == name }) else { return nil }
        return try Value(RecordValue(bytes, member.place))
    }

    /// The items of an array.
    func items() throws(Odd) -> [RecordValue] {
        guard first == UInt8(ascii: "[") else { throw Odd() }
        var items: [RecordValue] = []
        items.reserveCapacity(parts.count)
        for part in parts { items.append(try RecordValue(bytes, part.place)) }
        return items
    }

    /// So many items.
    func items(_ count: Int) throws(Odd) -> [RecordValue] {
        let items = try items()
        guard items.count == count else { throw Odd() }
        return items
    }

    func text() throws(Odd) -> String {
        guard first == UInt8(ascii: "\"") else { throw Odd() }
        return Self.text(in: bytes, place)
    }

    func truth() throws(Odd) -> Bool {
        switch first {
        case UInt8(ascii: "t"): return true
        case UInt8(ascii: "f"): return false
        default: throw Odd()
        }
    }

    func number() throws(Odd) -> Int128 {
        let isNegative = first == UInt8(ascii: "-")
        let digits = bytes[place].dropFirst(isNegative ? 1 : 0)
        // Those of the largest number of 64 bits.
        guard digits.count <= 20 else { throw Odd() }
        var number: Int128 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { throw Odd() }
            number = 10 * number + Int128(digit - 0x30)
        }
        return isNegative ? -number : number
    }

    private var first: UInt8 { bytes[place.lowerBound] }

    /// What stands between the quotes.
    private static func text(in bytes: [UInt8], _ place: Range<Int>) -> String {
        let quoted = bytes[place.lowerBound + 1..<place.upperBound - 1]
        guard quoted.contains(UInt8(ascii: "\\")) else { return String(decoding: quoted, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = quoted
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() else {
                units.append(UInt16(byte))
                continue
            }
            guard escaped == UInt8(ascii: "u") else {
                units.append(UInt16(escaped))
                continue
            }
            units.append(rest.prefix(4).reduce(0) { $0 << 4 | UInt16(Hex.value(of: $1) ?? 0) })
            rest = rest.dropFirst(4)
        }
        return String(decoding: units, as: UTF16.self)
    }
}

/// What a value of a record can be read as.
protocol RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd)
}
