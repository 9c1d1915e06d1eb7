import Testing

@testable import Lane

@Suite struct `A tag that two lanes hear` {
    @Test func `is not that of a vehicle without one, over whose lane it was heard too`() {
        var station = LaneStation { $0.readersTellRepeats = true }
        station.edge(true, lane: 1, 1_000)
        station.read(1, lane: 1, 1_010)
        station.read(1, lane: 2, 1_020)
        station.read(1, lane: 2, 1_040)
        station.edge(true, lane: 2, 1_200)
        station.edge(false, lane: 1, 1_250)
        station.edge(false, lane: 2, 1_450)
        station.run(to: 20_000)
        #expect(station.outcomes(1) == ["noTag"] && station.outcomes(2) == ["approved 1"])
    }

    @Test func `is that of the lane which heard it more often, where readers tell every read`() {
        var station = LaneStation { $0.readersTellRepeats = true }
        station.read(1, lane: 1, 900)
        for at in [Int64(910), 930, 950] { station.read(1, lane: 2, at) }
        station.edge(true, lane: 1, 1_000)
        station.edge(true, lane: 2, 1_200)
        station.edge(false, lane: 1, 1_250)
        station.edge(false, lane: 2, 1_450)
        station.run(to: 20_000)
        #expect(station.outcomes(1) == ["noTag"] && station.outcomes(2) == ["approved 1"])
    }

    @Test func `is that of the lane which heard it first, where both have a vehicle that needs it`() {
        var station = LaneStation()
        station.read(1, lane: 2, 900)
        station.read(1, lane: 1, 920)
        station.edge(true, lane: 2, 1_050)
        station.edge(true, lane: 1, 1_060)
        station.edge(false, lane: 2, 1_300)
        station.edge(false, lane: 1, 1_310)
        station.run(to: 20_000)
        #expect(station.outcomes(1) == ["noTag"] && station.outcomes(2) == ["approved 1"])
    }

    @Test func `is the vehicle's that needs it, when the other lane's has one of its own`() {
        var station = LaneStation()
        station.read(1, lane: 1, 880)
        station.read(2, lane: 1, 890)
        station.read(2, lane: 2, 900)
        station.edge(true, lane: 1, 1_000)
        station.edge(true, lane: 2, 1_010)
        station.edge(false, lane: 1, 1_250)
        station.edge(false, lane: 2, 1_260)
        station.run(to: 20_000)
        #expect(station.outcomes(1) == ["approved 1"] && station.outcomes(2) == ["approved 2"])
    }

    @Test func `becomes the first lane's after all when the other finds no vehicle for it`() {
        var station = LaneStation { $0.readersTellRepeats = true }
        station.read(1, lane: 1, 900)
        station.read(1, lane: 2, 910)
        station.read(1, lane: 2, 930)
        station.edge(true, lane: 1, 1_000)
        station.edge(false, lane: 1, 1_250)
        station.run(to: 20_000)
        #expect(station.outcomes(1) == ["approved 1"])
        #expect(station.decisions == ["1 noTag 1067"])
        let strays = station.actions.count { if case .stray = $0 { true } else { false } }
        #expect(strays == 1)
    }

    @Test func `opens one passage in lanes without detectors, where it was heard first`() {
        var station = LaneStation(detectors: [])
        station.read(1, lane: 2, 1_000)
        station.read(1, lane: 1, 1_010)
        station.run(to: 20_000)
        #expect(station.decisions == ["2 approved 1100"] && station.outcomes(1).isEmpty)
    }

    @Test func `leaves nothing in doubt when the station stops`() {
        var station = LaneStation()
        station.edge(true, lane: 1, 1_000)
        station.read(1, lane: 1, 1_010)
        station.read(1, lane: 2, 1_020)
        station.stop()
        #expect(station.outcomes(1).count == 1)
    }
}

@Suite struct `The light of a tag` {
    @Test func `waits for other lanes as long as the arbitration takes, and not beyond decideAt`() {
        var early = LaneStation()
        early.read(1, lane: 1, 890)
        early.edge(true, lane: 1, 1_000)
        early.run(to: 1_001)
        #expect(early.decisions == ["1 approved 1000"], "it was heard long enough before")
        var late = LaneStation()
        late.read(1, lane: 1, 950)
        late.edge(true, lane: 1, 1_000)
        late.run(to: 2_000)
        #expect(late.decisions == ["1 approved 1050"])
        var latest = LaneStation()
        latest.edge(true, lane: 1, 1_000)
        latest.read(1, lane: 1, 1_030)
        latest.run(to: 2_000)
        #expect(latest.decisions == ["1 approved 1067"], "heard nowhere else by decideAt")
    }

    @Test func `does not wait when it was heard twice, and here alone, by a reader that tells every read`() {
        var station = LaneStation { $0.readersTellRepeats = true }
        station.edge(true, lane: 1, 1_000)
        station.read(1, lane: 1, 1_010)
        station.read(1, lane: 1, 1_030)
        #expect(station.decisions == ["1 approved 1030"])
    }

    @Test func `does not wait in a station with one lane, and where arbitration is switched off`() {
        var alone = LaneStation(lanes: 1)
        alone.edge(true, lane: 1, 1_000)
        alone.read(1, lane: 1, 1_010)
        #expect(alone.decisions == ["1 approved 1010"])
        var off = LaneStation { $0.arbitration = .zero }
        off.edge(true, lane: 1, 1_000)
        off.read(1, lane: 1, 1_010)
        #expect(off.decisions == ["1 approved 1010"])
    }
}

@Suite struct `Traffic through several lanes whose antennas leak` {
    private static func verdict(
        _ mix: GantryTraffic.Mix, arbitration: Interval, seeds: ClosedRange<UInt64> = 1...2
    ) -> GantryVerdict {
        var verdict = GantryVerdict()
        for seed in seeds {
            let traffic = GantryTraffic(seed: seed, count: 1_200 / mix.lanes, mix: mix)
            verdict.add(traffic, traffic.drive { $0.arbitration = arbitration })
        }
        return verdict
    }

    @Test(arguments: [2, 4, 8])
    func `is decided by others' tags ten times less often than without arbitration, by every read`(lanes: Int) {
        let mix = GantryTraffic.Mix(lanes: lanes, leaked: 50, isReportedOnce: false)
        let with = Self.verdict(mix, arbitration: .milliseconds(100))
        let without = Self.verdict(mix, arbitration: .zero)
        #expect(without.wrong > 20 && with.wrong * 10 <= without.wrong, "\(with.text)\nwithout: \(without.text)")
        #expect(with.missed * 10 <= without.missed && with.doubled == 0 && with.merged == 0)
    }

    @Test(arguments: [2, 4, 8])
    func `is decided by others' tags a third less often where readers tell a tag once`(lanes: Int) {
        let mix = GantryTraffic.Mix(lanes: lanes, leaked: 50)
        let with = Self.verdict(mix, arbitration: .milliseconds(100), seeds: 1...4)
        let without = Self.verdict(mix, arbitration: .zero, seeds: 1...4)
        #expect(without.wrong > 20 && with.wrong * 3 <= without.wrong * 2, "\(with.text)\nwithout: \(without.text)")
        #expect(with.doubled == 0 && with.merged == 0)
    }

    @Test func `whose antennas do not leak is decided as without arbitration, and never twice`() {
        let mix = GantryTraffic.Mix(lanes: 3, leaked: 0)
        let verdict = Self.verdict(mix, arbitration: .milliseconds(100))
        #expect(verdict.wrong == 0 && verdict.missed == 0 && verdict.doubled == 0, "\(verdict.text)")
    }
}
