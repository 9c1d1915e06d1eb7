import Station

/// How much is measured.
struct BenchSettings {
    /// Rounds of both sides; the goals are meant for at least so many.
    static let roundsByDefault = 30
    /// Agreements of the list benchmarks: the goals are meant for these, and a test machine makes them in minutes. Small: `--full`.
    static let agreementsByDefault = 10_000_000
    /// Agreements beside the default with `--full`: a country with its neighbours.
    static let agreementsWhenFull = 50_000_000
    private static let agreementsWhenQuick = 20_000

    let isQuick: Bool
    let isFull: Bool
    let machine: String
    private let roundsAsked: Int?
    private let agreementsAsked: Int?

    init(isQuick: Bool, isFull: Bool = false, rounds: Int? = nil, agreements: Int? = nil) {
        (self.isQuick, self.isFull) = (isQuick, isFull)
        (roundsAsked, agreementsAsked) = (rounds, agreements)
        machine = Machine.note
    }

    init(_ arguments: Arguments) throws(Arguments.UsageError) {
        self.init(
            isQuick: arguments.has("--quick"), isFull: arguments.has("--full"),
            rounds: try Self.number("--rounds", 1...1_000, arguments),
            agreements: try Self.number("--agreements", 1_000...64_000_000, arguments))
    }

    /// Rounds of a benchmark whose rounds are short.
    var rounds: Int { rounds(most: Self.roundsByDefault) }

    /// Rounds of a benchmark whose rounds take seconds: so many, unless the person asks for another number.
    func rounds(most: Int) -> Int { roundsAsked ?? (isQuick ? min(3, most) : most) }

    /// The sizes of list that are measured, one after the other.
    var sizes: [Int] {
        if let agreementsAsked { return [agreementsAsked] }
        if isQuick { return [Self.agreementsWhenQuick] }
        return isFull ? [Self.agreementsByDefault, Self.agreementsWhenFull] : [Self.agreementsByDefault]
    }

    /// What the size of it all is worth.
    var note: String {
        if isQuick { return "quick: a smoke test of few, small rounds; its figures say little" }
        let isSmall = sizes.allSatisfy { $0 < Self.agreementsWhenFull }
        let text = sizes.map { "\($0)" }.joined(separator: " and ")
        return "lists of \(text) agreements\(isSmall ? ": small; --full measures \(Self.agreementsWhenFull), too" : "")"
    }

    /// The figures of a comparison; those of another size than the goals' say so in their name.
    func result(_ comparison: Comparison, agreements: Int) -> BenchResult {
        var comparison = comparison
        if agreements != Self.agreementsByDefault, !isQuick {
            comparison.name += " at \(agreements / 1_000_000) million"
        }
        comparison.note = "\(agreements) agreements: \(comparison.note)"
        return comparison.result(machine: machine, isQuick: isQuick)
    }

    private static func number(
        _ option: String, _ range: ClosedRange<Int>, _ arguments: Arguments
    ) throws(Arguments.UsageError) -> Int? {
        guard let text = arguments[option] else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Arguments.UsageError(
                "\(option) \(text): expected a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }
}
