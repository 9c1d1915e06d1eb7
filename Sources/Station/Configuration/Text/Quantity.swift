/// A number with a unit, read and written exactly: no floating point.
struct Quantity: Sendable {
    /// A unit and what one of it is in the smallest unit, as a fraction.
    struct Unit: Sendable {
        let word: String
        let numerator: Int64
        let denominator: Int64

        init(_ word: String, _ numerator: Int64, per denominator: Int64 = 1) {
            self.word = word
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    /// From the smallest to the largest.
    let units: [Unit]
    /// The unit of nothing.
    let ofZero: String

    static let time = Quantity(
        units: [
            Unit("ns", 1), Unit("us", 1_000), Unit("ms", 1_000_000), Unit("s", 1_000_000_000),
            Unit("min", 60_000_000_000), Unit("h", 3_600_000_000_000), Unit("d", 86_400_000_000_000),
        ], ofZero: "s")
    static let length = Quantity(units: [Unit("mm", 1), Unit("cm", 10), Unit("m", 1_000)], ofZero: "m")
    static let speed = Quantity(
        units: [Unit("mm/s", 1), Unit("km/h", 1_000_000, per: 3_600), Unit("m/s", 1_000)], ofZero: "m/s")
    static let size = Quantity(
        units: [
            Unit("B", 1), Unit("kB", 1_000), Unit("MB", 1_000_000), Unit("GB", 1_000_000_000),
            Unit("TB", 1_000_000_000_000),
        ], ofZero: "B")

    /// `ns, us, ms, s, min, h, d`.
    var unitWords: String { units.map(\.word).joined(separator: ", ") }

    /// The text's number in the smallest unit; a fraction of that is an error, except where units are not whole multiples.
    func parse(_ text: String) throws(ValueError) -> Int64 {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
        let rest = text[number.endIndex...]
        let word = rest.drop { $0 == " " || $0 == "\t" }
        guard !number.isEmpty else { throw ValueError("\(text.quoted) does not begin with a number") }
        guard !word.isEmpty else { throw ValueError("\(text.quoted) has no unit") }
        guard let unit = units.first(where: { $0.word == word }) else {
            throw ValueError(
                "\(String(word).quoted) is no unit here", hint: KnownWords(units.map(\.word)).hint(for: String(word)),
                offset: text.unicodeScalars.distance(from: text.startIndex, to: word.startIndex))
        }
        return try Self.amount(number, of: unit)
    }

    /// In the largest unit of which it is a whole number.
    func format(_ amount: Int64) -> String {
        guard amount != 0 else { return "0 \(ofZero)" }
        let whole = units.last { amount % $0.numerator == 0 && $0.denominator == 1 }
        guard let whole else { return "\(amount) \(units[0].word)" }
        return "\(amount / whole.numerator) \(whole.word)"
    }

    /// In thousandths of a unit, without trailing zeros: `-3.5`.
    static func decimal(thousandths amount: Int64) -> String {
        let sign = amount < 0 ? "-" : ""
        let (whole, rest) = amount.magnitude.quotientAndRemainder(dividingBy: 1_000)
        guard rest != 0 else { return "\(sign)\(whole)" }
        var digits = String(String(1_000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }

    private static func amount(_ number: Substring, of unit: Unit) throws(ValueError) -> Int64 {
        let isNegative = number.first == "-"
        let parts = number.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }),
            number.dropFirst().allSatisfy({ $0 != "-" })
        else { throw ValueError("\(String(number).quoted) is no number") }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.count <= mostDecimals, let mantissa = Int64(parts[0] + decimals) else {
            throw ValueError("\(String(number).quoted) has too many digits")
        }
        let scale = (0..<decimals.count).reduce(unit.denominator) { scale, _ in scale * 10 }
        let (product, isOver) = mantissa.multipliedReportingOverflow(by: unit.numerator)
        guard !isOver else { throw ValueError("\(String(number).quoted) is too large") }
        guard unit.denominator != 1 || product % scale == 0 else {
            throw ValueError("\(String(number).quoted) is finer than can be kept")
        }
        return isNegative ? -(product / scale) : product / scale
    }

    /// Scale stays far below the bounds of 64 bits.
    private static let mostDecimals = 9
}
