import Lane
import Peripherals
import Testing

@testable import LaneSim

@Suite struct `Chance in whole numbers` {
    @Test func `the logarithm has the values that mathematics gives it`() {
        // ln 2, ln 4, −ln ¾, −ln 0.9 in 2⁻³², rounded down.
        #expect(NegativeLogarithm.of(1 << 63) == 2_977_044_471)
        #expect(NegativeLogarithm.of(1 << 62) == 5_954_088_943)
        #expect(NegativeLogarithm.of(3 << 62) == 1_235_585_092)
        let tenth = NegativeLogarithm.of(UInt64.max / 10 * 9)
        #expect((452_519_900...452_522_000).contains(tenth))
        #expect(
            NegativeLogarithm.of(.max) == 0 && (190_530_846_190...190_530_846_200).contains(NegativeLogarithm.of(0)))
    }

    @Test func `waits have their mean, and are longer than twice it in one of e² cases`() {
        var chance = Chance(seed: 3, of: "waits")
        let waits = (0..<200_000).map { _ in chance.exponential() }
        let mean = waits.reduce(0, +) / 200_000
        let one = NegativeLogarithm.one
        #expect((one * 99 / 100...one * 101 / 100).contains(mean))
        // e⁻² of 200 000 is 27 067.
        #expect((26_500...27_600).contains(waits.count { $0 > 2 * one }))
    }

    @Test func `speeds lie around their mean and never outside the spread`() {
        var chance = Chance(seed: 4, of: "speeds")
        let mean = Speed.kilometresPerHour(80)
        let speeds = (0..<50_000).map { _ in chance.speed(around: mean, spread: 20).millimetresPerSecond }
        #expect(speeds.allSatisfy { (17_777...26_667).contains($0) })
        #expect((22_150...22_300).contains(speeds.reduce(0, +) / 50_000))
        // A bell: more than half of them are within a third of the spread.
        #expect(speeds.count { (20_740...23_704).contains($0) } > 30_000)
    }

    @Test func `draws follow from seed and name alone`() {
        func draws(_ seed: UInt64, _ name: String) -> [Int] {
            var chance = Chance(seed: seed, of: name)
            return (0..<8).map { _ in chance.below(1_000) }
        }
        #expect(draws(1, "kari") == draws(1, "kari"))
        #expect(draws(1, "kari") != draws(2, "kari") && draws(1, "kari") != draws(1, "karl"))
    }
}

@Suite struct `The chance of a read` {
    private let field = AntennaField()

    /// In how many of so many passages a tag is read, in a zone of 7 m.
    private func readRate(_ mounting: TagSpec.Mounting, _ speed: Int64, passages: Int = 100_000) -> Int {
        let chance = ReadChance(partsPerMillion: field.heard(mounting))
        var draws = Chance(seed: 5, of: "zone")
        return (0..<passages).count { _ in
            let phase = Interval(nanoseconds: draws.any(of: 0...(field.every.nanoseconds - 1)))
            let attempts = ReadChance.attempts(
                zone: Metres(millimetres: 7_000), speed: .kilometresPerHour(speed), every: field.every, phase: phase)
            return chance.first(of: attempts, &draws.generator) != nil
        }
    }

    @Test func `a sound tag at 160 km per hour is read in more than 99,9 percent of its passages (tolling facts §7)`() {
        #expect(readRate(.good, 160) >= 99_950)
        // The worst phase: seven attempts.
        #expect(ReadChance(partsPerMillion: field.good).missed(in: 7) == 218)
    }

    @Test func `wrong mounting is read less the faster it goes, and far less than a sound one`() {
        let rates = ([30, 80, 160] as [Int64]).map { readRate(.wrong, $0, passages: 20_000) }
        #expect(rates[0] > 17_000 && (11_000...13_500).contains(rates[1]) && (7_300...8_200).contains(rates[2]))
    }

    @Test func `foil and an empty battery are never heard`() {
        #expect(readRate(.foil, 30, passages: 100) == 0 && readRate(.dead, 30, passages: 100) == 0)
    }

    @Test func `attempts are counted from the phase to the end of the zone, both ends included`() {
        func attempts(_ phase: Int64) -> Int {
            ReadChance.attempts(
                zone: Metres(millimetres: 1_000), speed: .kilometresPerHour(36), every: .milliseconds(20),
                phase: .milliseconds(phase))
        }
        #expect(attempts(0) == 6 && attempts(1) == 5 && attempts(19) == 5 && attempts(100) == 1 && attempts(101) == 0)
    }

    @Test func `first and last in closed form are those of attempts that are tried one by one`() {
        let chance = ReadChance(partsPerMillion: 60_000)
        var draws = Chance(seed: 6, of: "closed").generator
        var trial = Chance(seed: 7, of: "one by one")
        let attempts = 30
        let passages = 100_000
        var (closed, tried) = ((none: 0, first: 0, last: 0, single: 0), (none: 0, first: 0, last: 0, single: 0))
        for _ in 0..<passages {
            if let span = chance.span(of: attempts, &draws) {
                closed.first += span.lowerBound
                closed.last += span.upperBound
                closed.single += span.count == 1 ? 1 : 0
            } else {
                closed.none += 1
            }
            let heard = (0..<attempts).filter { _ in trial.happens(60_000) }
            if let first = heard.first, let last = heard.last {
                tried.first += first
                tried.last += last
                tried.single += first == last ? 1 : 0
            } else {
                tried.none += 1
            }
        }
        func near(_ a: Int, _ b: Int, within parts: Int) -> Bool { abs(a - b) <= b / parts }
        #expect(near(closed.none, tried.none, within: 40) && near(closed.first, tried.first, within: 50))
        #expect(near(closed.last, tried.last, within: 50) && near(closed.single, tried.single, within: 40))
        // 0.94³⁰ is 15.63 percent, and the table says the same.
        #expect((15_200...16_000).contains(closed.none) && (156_200...156_300).contains(chance.missed(in: attempts)))
    }

    @Test func `more attempts than one draw decides are drawn again`() {
        let seldom = ReadChance(partsPerMillion: 1_000)
        var draws = Chance(seed: 8, of: "seldom").generator
        let firsts = (0..<20_000).compactMap { _ in seldom.first(of: 10_000, &draws) }
        // The mean of a geometric number of failures is (1 − p) ÷ p: 999.
        #expect(firsts.count >= 19_990 && (970...1_030).contains(firsts.reduce(0, +) / firsts.count))
        #expect(ReadChance(partsPerMillion: 1_000_000).first(of: 1, &draws) == 0)
    }
}
