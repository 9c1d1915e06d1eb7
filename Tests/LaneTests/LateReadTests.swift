import Testing

@testable import Lane

@Suite struct `A tag that is first heard late in a vehicle without one` {
    /// 80 km/h, 4.5 m: 202 ms over the detector.
    @Test func `lights its light when nobody follows, before the vehicle has passed the head`() {
        var story = Story()
        story.on(1_000)
        story.read(1, at: 1_130)
        story.off(1_202)
        story.run(to: 10_000)
        let revisions = story.actions.compactMap { action -> (Int64, Bool)? in
            guard case .revised(let passage, let lights) = action else { return nil }
            return ((passage.decision.at - passage.start).milliseconds, lights)
        }
        #expect(revisions.count == 1 && revisions[0].1)
        // 5 m to go, one and a half times as slow as 3.5 m in 202 ms.
        #expect(revisions[0].0 == 130 + 202 * 5 * 3 / 7, "\(revisions)")
        #expect(story.summary == ["approved 1"] && story.closed[0].earlier?.outcome == .noTag)
    }

    @Test func `is still the follower's that comes within that time`() {
        for follows in stride(from: Int64(400), through: 560, by: 20) {
            var story = Story()
            story.on(1_000)
            story.read(1, at: 1_130)
            story.off(1_202)
            story.on(1_000 + follows)
            story.off(1_200 + follows)
            story.run(to: 10_000)
            #expect(story.summary == ["noTag", "approved 1"], "\(follows) ms behind")
        }
    }

    @Test func `waits by the speed that two detectors measure, which a long vehicle does not slow down`() {
        var one = Story()
        var geometry = Story.geometry()
        geometry.detectors.append(.init(name: "second", position: Metres(millimetres: 4_000)))
        var two = Story(LaneSettings(lane: LaneNumber(1), geometry: geometry))
        // 18 m at 72 km/h: 900 ms over the detector; the second one is 200 ms behind.
        one.on(1_000)
        one.read(1, at: 1_130)
        one.off(1_900)
        one.run(to: 20_000)
        two.on(1_000)
        two.read(1, at: 1_130)
        two.on(1_200, detector: 1)
        two.off(1_900)
        two.off(2_100, detector: 1)
        two.run(to: 20_000)
        func revisedAfter(_ story: Story) -> Int64? {
            story.closed.first.map { ($0.decision.at - $0.start).milliseconds }
        }
        #expect(revisedAfter(two) == 900, "at once when its rear has left: nobody can be behind it so late")
        #expect(revisedAfter(one) == 2_390, "one detector takes it for a slow car: as long as any can take")
    }

    private static func verdict(_ mix: GantryTraffic.Mix) -> GantryVerdict {
        (1...6 as ClosedRange<UInt64>).reduce(into: GantryVerdict()) { verdict, seed in
            let traffic = GantryTraffic(seed: seed, count: 1_000, mix: mix)
            verdict.add(traffic, traffic.drive())
        }
    }

    /// Of 20 000 vehicles 34 are decided by another's tag; when each late tag waited for the slowest vehicle there is, 294 were.
    @Test func `is seldom taken by a vehicle that comes much later, where six tries in a hundred succeed`() {
        let verdict = Self.verdict(
            .init(lanes: 1, speed: 6...36, headway: 500...2_500, withoutTag: 40, heard: 60, leaked: 0))
        #expect(verdict.wrong * 400 <= verdict.vehicles && verdict.missed * 400 <= verdict.vehicles, "\(verdict.text)")
    }

    /// Of 20 000 vehicles 184; 387 when each waited.
    @Test func `nor in town`() {
        let verdict = Self.verdict(
            .init(lanes: 1, speed: 8...14, headway: 500...4_000, withoutTag: 40, heard: 60, leaked: 0))
        #expect(verdict.wrong * 80 <= verdict.vehicles && verdict.missed * 80 <= verdict.vehicles, "\(verdict.text)")
    }
}
