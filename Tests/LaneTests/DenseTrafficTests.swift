import Testing

@testable import Lane

@Suite struct `Two vehicles a second in one lane` {
    private static func verdict(_ mix: GantryTraffic.Mix) -> GantryVerdict {
        var verdict = GantryVerdict()
        for seed in 1...4 as ClosedRange<UInt64> {
            let traffic = GantryTraffic(seed: seed, count: 1_000, mix: mix)
            verdict.add(traffic, traffic.drive())
        }
        return verdict
    }

    /// 20 to 130 km/h; nearer than 2 m nobody drives, so that at 20 km/h there is one vehicle in 1.1 s.
    @Test(arguments: [(6, 10), (10, 15), (15, 36)] as [(Int64, Int64)])
    func `swap no tags, with and without one, where tags are heard in the first 3 m of the zone`(
        slowest: Int64, fastest: Int64
    ) {
        let mix = GantryTraffic.Mix(
            lanes: 1, speed: slowest...fastest, length: 4_000...5_000, headway: 500...500, leaked: 0,
            soundWithin: 3_000)
        let verdict = Self.verdict(mix)
        #expect(verdict.wrong == 0 && verdict.missed == 0 && verdict.strays == 0, "\(verdict.text)")
        // Who is less than `gapHold` behind and has no tag is a trailer for one detector.
        #expect(verdict.merged * 500 <= verdict.vehicles, "\(verdict.text)")
    }

    @Test func `swap next to none where small cars are among them`() {
        let mix = GantryTraffic.Mix(
            lanes: 1, speed: 6...15, headway: 500...500, leaked: 0, soundWithin: 3_000)
        let verdict = Self.verdict(mix)
        #expect(verdict.wrong * 1_000 <= verdict.vehicles, "\(verdict.text)")
    }

    @Test func `swap none where half of them have no tag, and each try to read one fails at times`() {
        let mix = GantryTraffic.Mix(
            lanes: 1, speed: 10...36, headway: 500...1_500, withoutTag: 50, leaked: 0)
        let verdict = Self.verdict(mix)
        #expect(verdict.wrong == 0 && verdict.missed == 0, "\(verdict.text)")
    }
}
