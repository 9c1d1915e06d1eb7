import Lane

/// A value in a record's body as our encoder writes it: no blanks, whole numbers, text of printable ASCII without escapes.
///
/// Whoever reads many records has it in a tenth of a JSON decoder's time. What is written in any other way is none, and left to that
/// decoder.
indirect enum RecordValue {
    case members([(name: String, value: RecordValue)])
    case items([RecordValue])
    case text(String)
    case number(Int128)
    case truth(Bool)

    /// It is written in another way, or has another type than is wanted.
    struct Odd: Error {}

    /// Reads a whole body.
    init(of body: [UInt8]) throws(Odd) {
        var scan = Scan(body: body)
        self = try scan.value(depth: 0)
        guard scan.place == body.count else { throw Odd() }
    }

    /// A member that has to be there.
    func need<Value: RecordReadable>(_ name: String) throws(Odd) -> Value {
        guard let value: Value = try find(name) else { throw Odd() }
        return value
    }

    /// A member that may be there.
    func find<Value: RecordReadable>(_ name: String) throws(Odd) -> Value? {
        guard case .members(let members) = self else { throw Odd() }
        guard let member = members.first(where: { $0.name == name }) else { return nil }
        return try Value(member.value)
    }

    /// So many items.
    func items(_ count: Int) throws(Odd) -> [RecordValue] {
        guard case .items(let items) = self, items.count == count else { throw Odd() }
        return items
    }

    /// One pass over the bytes.
    private struct Scan {
        /// Objects and arrays in each other; our records have three.
        private static let deepest = 8
        /// Those of the largest number of 64 bits.
        private static let mostDigits = 20

        let body: [UInt8]
        var place = 0

        private var next: UInt8 { place < body.count ? body[place] : 0 }

        mutating func value(depth: Int) throws(Odd) -> RecordValue {
            guard depth < Self.deepest else { throw Odd() }
            switch next {
            case UInt8(ascii: "{"): return .members(try members(depth: depth))
            case UInt8(ascii: "["): return .items(try items(depth: depth))
            case UInt8(ascii: "\""): return .text(try text())
            case UInt8(ascii: "t"):
                try take("true")
                return .truth(true)
            case UInt8(ascii: "f"):
                try take("false")
                return .truth(false)
            default: return .number(try number())
            }
        }

        private mutating func members(depth: Int) throws(Odd) -> [(name: String, value: RecordValue)] {
            var members: [(name: String, value: RecordValue)] = []
            place += 1
            if takes(UInt8(ascii: "}")) { return members }
            repeat {
                guard next == UInt8(ascii: "\"") else { throw Odd() }
                let name = try text()
                guard takes(UInt8(ascii: ":")) else { throw Odd() }
                members.append((name, try value(depth: depth + 1)))
            } while takes(UInt8(ascii: ","))
            guard takes(UInt8(ascii: "}")) else { throw Odd() }
            return members
        }

        private mutating func items(depth: Int) throws(Odd) -> [RecordValue] {
            var items: [RecordValue] = []
            place += 1
            if takes(UInt8(ascii: "]")) { return items }
            repeat { items.append(try value(depth: depth + 1)) } while takes(UInt8(ascii: ","))
            guard takes(UInt8(ascii: "]")) else { throw Odd() }
            return items
        }

        private mutating func text() throws(Odd) -> String {
            place += 1
            let start = place
            while next != UInt8(ascii: "\"") {
                guard (0x20...0x7E).contains(next), next != UInt8(ascii: "\\") else { throw Odd() }
                place += 1
            }
            place += 1
            return String(decoding: body[start..<place - 1], as: UTF8.self)
        }

        private mutating func number() throws(Odd) -> Int128 {
            let isNegative = takes(UInt8(ascii: "-"))
            let start = place
            var number: Int128 = 0
            while (0x30...0x39).contains(next), place - start < Self.mostDigits {
                number = 10 * number + Int128(next - 0x30)
                place += 1
            }
            guard place > start, place == start + 1 || body[start] != 0x30 else { throw Odd() }
            return isNegative ? -number : number
        }

        private mutating func take(_ word: StaticString) throws(Odd) {
            guard body[place...].starts(with: "\(word)".utf8) else { throw Odd() }
            place += word.utf8CodeUnitCount
        }

        private mutating func takes(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            place += 1
            return true
        }
    }
}

/// What a value of a record can be read as.
protocol RecordReadable {
    init(_ value: RecordValue) throws(RecordValue.Odd)
}
