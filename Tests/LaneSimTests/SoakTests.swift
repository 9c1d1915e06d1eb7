import Lane
import Station
import Testing

@testable import LaneSim

@Suite struct SoakTests {
    /// A year of quiet days in which one thing is as large as is said.
    private func year(_ size: (Int) -> Int, oldest: Interval = .days(90)) -> [SoakSample] {
        (0..<365).map { day in
            var sample = SoakSample(day: day)
            sample.sizes = ["rows": size(day), "alarms": 3]
            sample.oldest = oldest
            return sample
        }
    }

    private func verdict(_ samples: [SoakSample]) -> SoakVerdict { SoakVerdict(samples, days: 365, retention: 90) }

    @Test func `what is filled until retention is full, and stays so, is flat`() {
        let verdict = verdict(year { min($0, 90) * 200 + $0 % 7 })
        #expect(verdict.troubles == [] && verdict.oldest == .days(90))
        #expect(verdict.rows.map(\.what) == ["alarms", "rows"])
        #expect(verdict.rows.last.map { [$0.first, $0.second] } == [18_006, 18_006])
    }

    @Test func `what grows a little each day is found, and told with its figures`() {
        let verdict = verdict(year { $0 })
        #expect(verdict.troubles == ["rows: 229 in the first half, 364 in the second"])
    }

    @Test func `a record that is kept too long is found`() {
        #expect(verdict(year({ _ in 1 }, oldest: .days(96))).troubles == [])
        let kept = verdict(year({ _ in 1 }, oldest: .days(97)))
        #expect(kept.troubles.count == 1 && kept.troubles[0].contains("retention is 90 days"))
    }

    @Test func `a station that is never at rest proves nothing`() {
        #expect(verdict(year { _ in 1 }.filter { $0.day < 200 }).troubles.contains { $0.contains("never at rest") })
    }

    @Test func `a machine that keeps more is larger`() throws {
        var chance = Chance(seed: 1, of: "site")
        let configuration = try StationConfiguration(Array(SwarmSite(&chance).text.utf8), file: "soak.conf")
        var machine = StationMachine(configuration, seed: 1, memory: 1 << 30, at: VirtualClock.first)
        let before = MachineSize(of: machine).values
        _ = machine.handle(.start(UTC(milliseconds: 0), .good), at: VirtualClock.first)
        #expect(before > 100 && MachineSize(of: machine).values > before, "its first records wait to be written")
    }

    @Test func `some days of a station with faults are flat, and what must hold holds`() throws {
        let days = Soak.fewestDays(retention: 1)
        let soak = try Soak(seed: 3, days: days, retention: 1)
        #expect(soak.isGood, "\(soak.lines)")
        #expect(soak.passages > days * 100 && soak.faults > 20)
        #expect(Set(soak.verdict.rows.map(\.what)).isSuperset(of: ["rows of record", "values in the machine"]))
        #expect(soak.lines.last?.hasPrefix("soak: \(days) days, \(soak.passages) passages, ") == true)
    }
}
