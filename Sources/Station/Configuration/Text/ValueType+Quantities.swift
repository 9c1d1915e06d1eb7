import Lane

extension ValueType where Value == Interval {
    /// A length of time with its unit.
    package static func duration(_ range: ClosedRange<Interval>) -> Self {
        quantity("a duration", .time, range, { Interval(nanoseconds: $0) }) { Quantity.time.format($0.nanoseconds) }
    }
}

extension ValueType where Value == Metres {
    /// A length or a position with its unit.
    package static func length(_ range: ClosedRange<Metres>) -> Self {
        quantity("a length", .length, range, { Metres(millimetres: $0) }) {
            "\(Quantity.decimal(thousandths: $0.millimetres)) m"
        }
    }
}

extension ValueType where Value == Speed {
    /// A speed with its unit; it is kept in whole millimetres a second, rounded down.
    package static func speed(_ range: ClosedRange<Speed>) -> Self {
        let inner = quantity("a speed", .speed, range, { Speed(millimetresPerSecond: max(1, $0)) }, format: written)
        return ValueType(inner.expected) { text throws(ValueError) in
            guard try Quantity.speed.parse(text) > 0 else { throw ValueError("\(text.quoted) is no speed above zero") }
            return try inner.parse(text)
        } format: {
            written($0)
        }
    }

    private static func written(_ speed: Speed) -> String {
        let kilometres = (speed.millimetresPerSecond * 36 + 9_999) / 10_000
        return .kilometresPerHour(kilometres) == speed
            ? "\(kilometres) km/h" : "\(Quantity.decimal(thousandths: speed.millimetresPerSecond)) m/s"
    }
}

extension ValueType where Value == Int {
    /// A number of bytes with its unit; a kilobyte is 1000 bytes.
    package static func size(_ range: ClosedRange<Int>) -> Self {
        quantity("a size", .size, range, { Int($0) }) { Quantity.size.format(Int64($0)) }
    }

    /// A whole number.
    package static func count(_ range: ClosedRange<Int>) -> Self {
        ValueType("a whole number from \(range.lowerBound) to \(range.upperBound)") { text throws(ValueError) in
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw ValueError("\(text.quoted) is no whole number")
            }
            guard let number = Int(text), range.contains(number) else {
                throw ValueError("\(text.quoted) is out of range")
            }
            return number
        } format: {
            String($0)
        }
    }
}

extension ValueType where Value: Comparable {
    fileprivate static func quantity(
        _ kind: String, _ quantity: Quantity, _ range: ClosedRange<Value>,
        _ make: @escaping @Sendable (Int64) -> Value, format: @escaping @Sendable (Value) -> String
    ) -> Self {
        let (least, most) = (format(range.lowerBound), format(range.upperBound))
        return ValueType("\(kind) from \(least) to \(most) (\(quantity.unitWords))") { text throws(ValueError) in
            let value = make(try quantity.parse(text))
            guard range.contains(value) else { throw ValueError("\(text.quoted) is out of range") }
            return value
        } format: {
            format($0)
        }
    }
}
