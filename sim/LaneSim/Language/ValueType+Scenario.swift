import Exchange
import Lane
import Station

extension ValueType {
    /// Values with commas between them; blanks belong to the values, and a value may stand there twice.
    static func row<Item>(of item: ValueType<Item>, _ counts: ClosedRange<Int>) -> Self where Value == [Item] {
        let words = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
        return ValueType("\(words) values with commas between, each \(item.expected)") { text throws(ValueError) in
            var values: [Item] = []
            for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
                let value = piece.drop { $0 == " " || $0 == "\t" }
                let offset = text.unicodeScalars.distance(from: text.startIndex, to: value.startIndex)
                do throws(ValueError) {
                    guard !value.isEmpty else { throw ValueError("nothing between two commas") }
                    values.append(try item.parse(String(value.trimmed)))
                } catch {
                    throw ValueError(error.reason, hint: error.hint, offset: offset + error.offset)
                }
            }
            guard counts.contains(values.count) else { throw ValueError("\(values.count) values") }
            return values
        } format: {
            $0.map(item.format).joined(separator: ", ")
        }
    }

    /// The same, where the word `none` stands for an empty list.
    static func optionalRow<Item>(of item: ValueType<Item>, _ counts: ClosedRange<Int>) -> Self where Value == [Item] {
        let row = ValueType.row(of: item, counts)
        return ValueType("none, or \(row.expected)") { text throws(ValueError) in
            text == "none" ? [] : try row.parse(text)
        } format: {
            $0.isEmpty ? "none" : row.format($0)
        }
    }

    /// A value, or a word that stands for none.
    static func optional<Item>(_ item: ValueType<Item>, none word: String) -> Self where Value == Item? {
        ValueType("\(item.expected), or \(word)") { text throws(ValueError) in
            text == word ? nil : try item.parse(text)
        } format: {
            $0.map(item.format) ?? word
        }
    }

    /// One of the words of an enumeration.
    static func words() -> Self where Value: CaseIterable & RawRepresentable & Equatable, Value.RawValue == String {
        .choice(Value.allCases.map { ($0.rawValue, $0) })
    }
}

extension ValueType where Value == UInt64 {
    /// What chance follows from.
    static var seed: Self {
        ValueType("a whole number from 0 to \(UInt64.max)") { text throws(ValueError) in
            guard text.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw ValueError("\(text.quoted) is no whole number")
            }
            guard let number = UInt64(text) else { throw ValueError("\(text.quoted) is out of range") }
            return number
        } format: {
            String($0)
        }
    }
}

extension ValueType where Value == UTC {
    /// A moment of civil time: a day, or to the second.
    static var moment: Self {
        ValueType("a moment in UTC such as 2026-01-05 or 2026-01-05T06:00:00Z") { text throws(ValueError) in
            let whole =
                switch text.utf8.count {
                case 10: text + "T00:00:00.000Z"
                case 17: String(text.dropLast()) + ":00.000Z"
                case 20: String(text.dropLast()) + ".000Z"
                default: text
                }
            guard let moment = UTC(text: whole), text.utf8.count == 10 || text.hasSuffix("Z") else {
                throw ValueError("\(text.quoted) is no moment")
            }
            return moment
        } format: {
            $0.milliseconds % 1_000 == 0 ? "\($0.text.dropLast(5))Z" : $0.text
        }
    }
}

extension ValueType where Value == Int {
    /// A part of all, kept in parts of a million.
    static var rate: Self {
        ValueType("a part from 0 % to 100 %, with at most four decimals") { text throws(ValueError) in
            guard text.hasSuffix("%") else { throw ValueError("\(text.quoted) has no unit") }
            let number = text.dropLast().trimmed
            let parts = number.split(separator: ".", omittingEmptySubsequences: false)
            let decimals = parts.count == 2 ? parts[1] : ""
            guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), decimals.count <= 4,
                (parts[0] + decimals).allSatisfy({ $0.isASCII && $0.isNumber }), parts[0].count <= 3
            else { throw ValueError("\(String(number).quoted) is no number of at most four decimals") }
            let digits = parts[0] + decimals + String(repeating: "0", count: 4 - decimals.count)
            guard let value = Int(digits), value <= 1_000_000 else {
                throw ValueError("\(text.quoted) is out of range")
            }
            return value
        } format: { value in
            let decimals = String(String(10_000 + value % 10_000).dropFirst())
            let cut = decimals.reversed().drop { $0 == "0" }.reversed()
            return cut.isEmpty ? "\(value / 10_000) %" : "\(value / 10_000).\(String(cut)) %"
        }
    }
}

extension ValueType where Value == Traffic.Share {
    static var share: Self {
        let rate = ValueType<Int>.rate
        return ValueType(rate.expected) { text throws(ValueError) in
            Traffic.Share(partsPerMillion: try rate.parse(text))
        } format: {
            rate.format($0.partsPerMillion)
        }
    }
}

extension ValueType where Value == LaneNumber? {
    /// A lane, or `no`.
    static var laneOrNone: Self { .optional(.lane, none: "no") }
}

extension StringProtocol {
    /// Without blanks at its ends.
    var trimmed: SubSequence {
        let start = firstIndex { $0 != " " && $0 != "\t" } ?? endIndex
        let last = lastIndex { $0 != " " && $0 != "\t" }
        return self[start..<(last.map { index(after: $0) } ?? start)]
    }
}
