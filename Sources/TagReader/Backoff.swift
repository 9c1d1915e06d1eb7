import Lane

/// Waits before a next try: a bound that doubles up to the longest wait, then a draw below it.
///
/// The draw comes after the cap, so that a herd of stations stays spread when all have reached the longest wait.
struct Backoff: Sendable {
    private let minimum: Interval
    private let maximum: Interval
    private var bound: Interval
    private var generator: SplitMix

    init(minimum: Interval, maximum: Interval, seed: UInt64) {
        self.minimum = minimum
        self.maximum = max(minimum, maximum)
        bound = minimum
        generator = SplitMix(state: seed)
    }

    /// The next wait, between the minimum and the grown bound.
    mutating func next() -> Interval {
        bound = min(bound + bound, maximum)
        let span = UInt64(bound.nanoseconds - minimum.nanoseconds) + 1
        return minimum + Interval(nanoseconds: Int64(generator.next() % span))
    }

    /// It worked: the next failure waits shortly again.
    mutating func reset() { bound = minimum }
}

/// SplitMix64 (Steele, Lea, Flood 2014): a generator of one word, seeded, so that a run can be repeated.
struct SplitMix: Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}
