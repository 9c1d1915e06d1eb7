import Lane

/// How long to wait after failures in a row: any time up to a cap that doubles, drawn after the cap, so that a thousand stations
/// that lost central together do not come back together.
package struct BackOff: Hashable, Sendable {
    /// The cap after the first failure: a lost packet is over by then.
    package static let shortest = Interval.seconds(1)
    /// The cap however often it failed: central is found again within this.
    package static let longest = Interval.minutes(5)

    package private(set) var failures = 0
    private var chance: UInt64

    /// - Parameter seed: every station's is different; one seed, one run.
    package init(seed: UInt64) { chance = seed }

    /// The pause after one more failure, uniformly between nothing and the cap.
    package mutating func next() -> Interval {
        // 2⁹ s is beyond the longest cap already.
        let cap = min(Self.shortest * (1 << Int64(min(failures, 9))), Self.longest)
        failures += 1
        return Interval(nanoseconds: Int64(draw() % UInt64(cap.nanoseconds + 1)))
    }

    /// It worked.
    package mutating func reset() { failures = 0 }

    /// Some time less than the interval, for what must not happen everywhere at once.
    package mutating func some(of interval: Interval) -> Interval {
        Interval(nanoseconds: Int64(draw() % UInt64(max(interval.nanoseconds, 1))))
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): one addition and a finaliser.
    private mutating func draw() -> UInt64 {
        chance &+= 0x9E37_79B9_7F4A_7C15
        var z = chance
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
