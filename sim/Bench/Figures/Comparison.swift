/// One thing measured on both sides, round by round. What counts is the ratio inside each round: the machine's mood is the same
/// on both sides of it.
struct Comparison {
    /// What a round came to, in the comparison's unit.
    struct Round {
        let ours: Double
        let other: Double
        var ratio: Double { ours / other }
    }

    /// What is to be reached: by the median ratio, or by the median of our own side.
    enum Goal {
        case atMost(Double)
        case atLeast(Double)
        /// In the comparison's unit; the other side only says what the machine was like.
        case oursAtMost(Double)
        case oursAtLeast(Double)

        func isReached(by ratio: Double, ours: Double) -> Bool {
            switch self {
            case .oursAtMost(let most): ours <= most
            case .oursAtLeast(let least): ours >= least
            case .atMost(let most): ratio <= most
            case .atLeast(let least): ratio >= least
            }
        }

        var text: String {
            switch self {
            case .oursAtMost(let most): "ours at most \(most)"
            case .oursAtLeast(let least): "ours at least \(least)"
            case .atMost(let most): "at most \(most)"
            case .atLeast(let least): "at least \(least)"
            }
        }
    }

    var name: String
    let unit: String
    let goal: Goal?
    /// What was compared with what.
    var note: String
    var rounds: [Round] = []

    init(_ name: String, unit: String, goal: Goal?, note: String) {
        (self.name, self.unit, self.goal, self.note) = (name, unit, goal, note)
    }

    /// The figures of all rounds; none is dropped.
    func result(machine: String, isQuick: Bool, noisyRounds: Int? = nil) -> BenchResult {
        let ratios = Sample(rounds.map(\.ratio))
        let ours = Sample(rounds.map(\.ours)).median
        return BenchResult(
            name: name, unit: unit,
            ours: ours.rounded(places: 2),
            other: Sample(rounds.map(\.other)).median.rounded(places: 2),
            ratio: ratios.median.rounded(places: 3),
            spread: BenchResult.Spread(
                lower: ratios.lowerQuartile.rounded(places: 3), upper: ratios.upperQuartile.rounded(places: 3)),
            goal: goal?.text, isReached: goal?.isReached(by: ratios.median, ours: ours), rounds: rounds.count,
            noisyRounds: noisyRounds, isQuick: isQuick, note: note, machine: machine)
    }
}

extension Double {
    /// The nearest number with so many decimals.
    func rounded(places: Int) -> Double {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        return (self * scale).rounded() / scale
    }
}
