import Lane
import Peripherals

/// Draws from distributions, in whole numbers: the same seed and name give the same draws on any machine.
///
/// Each vehicle, stream and antenna has its own, so that one more vehicle in a scenario changes nothing of the others.
package struct Chance: Sendable {
    package var generator: SmallGenerator
    /// What these draws follow from.
    package let seed: UInt64

    /// Draws of something that has a name.
    package init(seed: UInt64, of name: String) {
        // FNV-1a, 64 bits.
        let mark = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        var first = SmallGenerator(seed: seed ^ mark)
        self.seed = first.next()
        generator = SmallGenerator(seed: self.seed)
    }

    /// Draws of one of several things that belong to the same name.
    package func part(_ first: Int, _ second: Int) -> Chance {
        let mark = UInt64(truncatingIfNeeded: first &* 0x1_0001 &+ second &+ 1)
        var mixed = SmallGenerator(seed: mark)
        return Chance(seed: seed ^ mixed.next())
    }

    private init(seed: UInt64) {
        self.seed = seed
        generator = SmallGenerator(seed: seed)
    }

    /// Any number from 0 to `count` − 1, each as likely as the others (to one part in 2⁶⁴ ÷ `count`); `count` is above zero.
    package mutating func below(_ count: Int) -> Int {
        Int(generator.next().multipliedFullWidth(by: UInt64(max(1, count))).high)
    }

    /// Any number of a range, each as likely as the others.
    package mutating func any(of range: ClosedRange<Int64>) -> Int64 {
        range.lowerBound + Int64(below(Int(range.upperBound - range.lowerBound) + 1))
    }

    /// Whether something comes to pass that does so in so many of a million cases.
    package mutating func happens(_ partsPerMillion: Int) -> Bool { below(1_000_000) < partsPerMillion }

    /// An exponentially distributed number with mean 1, in 2⁻³².
    package mutating func exponential() -> UInt64 { NegativeLogarithm.of(generator.next()) }

    /// A speed around a mean: three even draws put together, a bell between `spread` percent below it and as much above.
    package mutating func speed(around mean: Speed, spread: Int) -> Speed {
        let half = mean.millimetresPerSecond * Int64(min(max(0, spread), 90)) / 100
        let drawn = (0..<3).reduce(Int64(0)) { sum, _ in sum + any(of: -half...half) }
        return Speed(millimetresPerSecond: max(1, mean.millimetresPerSecond + drawn / 3))
    }
}
