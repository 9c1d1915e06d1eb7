/// One row of the table, and one object of `bench.json`.
struct BenchResult: Codable, Hashable, Sendable {
    /// The middle half of the rounds' ratios.
    struct Spread: Codable, Hashable, Sendable {
        let lower: Double
        let upper: Double
    }

    let name: String
    let unit: String
    /// The medians over the rounds.
    let ours: Double
    let other: Double
    /// The median of the rounds' ratios, ours to other.
    let ratio: Double
    let spread: Spread
    /// What is to be reached; nil for a row that only explains another.
    let goal: String?
    let isReached: Bool?
    let rounds: Int
    /// Rounds in which the other side's own p99 was more than three times its median; they are in the figures.
    let noisyRounds: Int?
    /// A smoke test of few rounds: the figures say little.
    let isQuick: Bool
    let note: String
    let machine: String
}
