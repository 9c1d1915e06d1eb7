extension ClosedRange where Bound == Int {
    /// For people: `3`, `at least 3`, `at most 3`, `3 to 5`; a rate in percent.
    func words(isRate: Bool) -> String {
        func word(_ n: Int) -> String { isRate ? "\(n.percent) %" : "\(n)" }
        if lowerBound == upperBound { return word(lowerBound) }
        let isOpen = upperBound == .max || (isRate && upperBound == 1_000_000)
        if isOpen { return "at least \(word(lowerBound))" }
        if lowerBound == 0 || lowerBound == .min { return "at most \(word(upperBound))" }
        return "\(word(lowerBound)) to \(word(upperBound))"
    }
}

extension Int {
    /// Parts of a million in percent, as short as it is exact: 999_000 is `99.9`.
    var percent: String {
        let rest = self % 10_000
        guard rest != 0 else { return "\(self / 10_000)" }
        var digits = String(String(10_000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(self / 10_000).\(digits)"
    }
}

extension Figures.Count {
    /// `4`, `4 of 5`, and as a rate `80 % (4 of 5)`.
    func words(asRate: Bool = false) -> String {
        guard let of else { return "\(count)" }
        guard asRate else { return "\(count) of \(of)" }
        return partsPerMillion.map { "\($0.percent) % (\(count) of \(of))" } ?? "nothing to count (0 of 0)"
    }
}
