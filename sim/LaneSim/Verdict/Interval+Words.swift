import Lane

extension Interval {
    /// For people, as short as it can be read: `67 ms`, `4.213 s`, `12 min 3 s`, `2 h 5 min`.
    package var words: String {
        guard nanoseconds >= 0 else { return "-\((-self).words)" }
        let milliseconds = self.milliseconds
        if milliseconds < 1_000 { return "\(milliseconds) ms" }
        if milliseconds < 60_000 { return "\(milliseconds.thousandths) s" }
        let seconds = milliseconds / 1_000
        if seconds < 3_600 { return Self.pair(seconds / 60, "min", seconds % 60, "s") }
        let minutes = seconds / 60
        if minutes < 1_440 { return Self.pair(minutes / 60, "h", minutes % 60, "min") }
        return Self.pair(minutes / 1_440, "d", minutes % 1_440 / 60, "h")
    }

    private static func pair(_ whole: Int64, _ unit: String, _ rest: Int64, _ smaller: String) -> String {
        rest == 0 ? "\(whole) \(unit)" : "\(whole) \(unit) \(rest) \(smaller)"
    }
}

extension Int64 {
    /// As a decimal number of thousands, without zeros at its end: 4200 is `4.2`.
    package var thousandths: String {
        let rest = self % 1_000
        guard rest != 0 else { return "\(self / 1_000)" }
        var digits = String(String(1_000 + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(self / 1_000).\(digits)"
    }
}

extension Speed {
    /// For people, in km/h: `61.2 km/h`.
    package var words: String { "\((millimetresPerSecond * 3_600 / 1_000).thousandths) km/h" }
}

extension Metres {
    /// In metres, to the millimetre.
    package var words: String { "\(millimetres.thousandths) m" }
}
