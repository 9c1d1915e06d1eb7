import Lane
import Peripherals

/// How attempts to read a tag go, each by itself: the first that succeeds, and the last, drawn without trying them all.
///
/// The lane's physics and the fleet draw from the same table: the chance that n attempts in a row fail, in 2⁻⁶⁴, by whole
/// numbers. With the defaults of `AntennaField` a sound tag passes a zone of 7 m at 160 km/h in 157 ms, which is 7 or 8 attempts:
/// it is read in 99.99 % of its passages (tolling facts §7: at least 99.9 %), a wrongly mounted one in 38 %.
package struct ReadChance: Hashable, Sendable {
    /// How many attempts one number from the generator decides. What is rarer takes another number: attempts have no memory.
    package static let attemptsPerDraw = 64

    /// Of a million attempts, how many succeed.
    package let partsPerMillion: Int
    /// In place n: the chance that n + 1 attempts fail, in 2⁻⁶⁴.
    private let failing: [UInt64]

    /// - Parameter partsPerMillion: 0 to 1 000 000; what is outside counts as the nearer of the two.
    package init(partsPerMillion: Int) {
        let success = min(max(0, partsPerMillion), 1_000_000)
        self.partsPerMillion = success
        let failure = UInt64(1_000_000 - success)
        var table: [UInt64] = []
        var all = UInt64.max
        for _ in 0..<Self.attemptsPerDraw {
            let (high, low) = all.multipliedFullWidth(by: failure)
            all = (1_000_000 as UInt64).dividingFullWidth((high, low)).quotient
            table.append(all)
        }
        failing = table
    }

    /// How many attempts a tag meets on its way through a zone, the first one `phase` after it has come in.
    package static func attempts(zone: Metres, speed: Speed, every: Interval, phase: Interval) -> Int {
        let inside = zone / speed
        guard phase <= inside else { return 0 }
        return Int((inside - phase).nanoseconds / max(1, every.nanoseconds)) + 1
    }

    /// The first attempt that succeeds, counted from 0; nil: none of them does.
    package func first(of attempts: Int, _ chance: inout SmallGenerator) -> Int? {
        guard partsPerMillion > 0 else { return nil }
        var failed = 0
        while failed < attempts {
            let drawn = chance.next()
            var further = 0
            while further < Self.attemptsPerDraw, drawn < failing[further] { further += 1 }
            failed += further
            if further < Self.attemptsPerDraw { return failed < attempts ? failed : nil }
        }
        return nil
    }

    /// The first and the last attempt that succeed, counted from 0; nil: none of them does.
    package func span(of attempts: Int, _ chance: inout SmallGenerator) -> ClosedRange<Int>? {
        guard let first = first(of: attempts, &chance) else { return nil }
        // From the end the attempts look the same: the last success is the first one seen from there.
        let after = attempts - 1 - first
        guard let fromEnd = self.first(of: after, &chance) else { return first...first }
        return first...(attempts - 1 - fromEnd)
    }

    /// Of a million passages with so many attempts, in how many none succeeds; rounded down.
    package func missed(in attempts: Int) -> Int {
        var all = UInt64.max
        var left = max(0, attempts)
        while left > 0, all > 0 {
            let step = min(left, Self.attemptsPerDraw)
            all = all.multipliedFullWidth(by: failing[step - 1]).high
            left -= step
        }
        return Int(all.multipliedFullWidth(by: 1_000_000).high)
    }
}
