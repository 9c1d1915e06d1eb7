import Lane
import Station
import Synchronization
import Testing

@testable import LaneSim

/// The swarm: what is drawn from a seed, and what the command says.
@Suite struct SwarmTests {
    private final class Printed: Sendable {
        private let texts = Mutex<[String]>([])
        var console: Console {
            Console(line: { text in self.texts.withLock { $0.append(text) } }, note: { _ in })
        }
        var lines: [String] { texts.withLock { $0 } }
    }

    private func run(_ words: String...) -> (code: ExitCode, lines: [String]) {
        let printed = Printed()
        let code = LaneSimCommands.program.run(["swarm"] + words, printed.console)
        return (code, printed.lines)
    }

    @Test func `days have 200 vehicles on average, and some have thousands`() {
        var chance = Chance(seed: 1, of: "test")
        let days = (0..<20_000).map { _ in SwarmTraffic.vehicles(&chance) }
        let mean = days.reduce(0, +) / days.count
        #expect((190...210).contains(mean))
        #expect(days.allSatisfy { (20...8_000).contains($0) })
        #expect(days.contains { $0 > 4_000 })
    }

    @Test func `a seed gives one station, and another seed another`() throws {
        let (a, again, b) = try (
            SwarmStation(seed: 3, days: 2), SwarmStation(seed: 3, days: 2), SwarmStation(seed: 4, days: 2)
        )
        #expect(a.plan.events == again.plan.events)
        #expect(a.scenario.faults.map(\.deed) == again.scenario.faults.map(\.deed))
        #expect(a.plan.events != b.plan.events)
    }

    @Test func `all faults are over when the days are`() throws {
        for seed in UInt64(1)...20 {
            let station = try SwarmStation(seed: seed, days: 3)
            let end = Interval.days(3)
            #expect(station.scenario.faults.allSatisfy { $0.at < end && $0.at + ($0.lasts ?? .zero) <= end })
        }
    }

    @Test func `two threads say the same as one`() {
        let one = run("--seeds", "4", "--days", "1", "--threads", "1")
        let two = run("--seeds", "4", "--days", "1", "--threads", "2")
        #expect(one.code == .ok)
        #expect(one.lines == two.lines)
    }

    @Test func `the last line counts what there was`() throws {
        let last = try #require(run("--seed", "5", "--days", "1").lines.last)
        let run = SwarmRun(seed: 5, days: 1)
        #expect(run.passages > 0)
        #expect(
            last
                == "swarm: 1 seeds, 1 station-days, \(run.passages) passages, \(run.crashes) crashes, \(run.faults) faults, 0 violations"
        )
    }

    @Test func `a violation is told with its invariant, its moment and the command that repeats it`() {
        var run = SwarmRun(seed: 5, days: 1)
        let at = Interval.days(3) + .hours(4) + .milliseconds(6_789)
        run.violations = [Violation(invariant: .i2, at: at, words: "it is lost")]
        #expect(
            SwarmReport.lines(of: run) == [
                "seed 5: I2 at 3 d 04:00:06.789: it is lost", "seed 5: again: lanesim swarm --seed 5 --days 1",
            ])
    }

    @Test func `rows that were reached too seldom are named once there were stations enough`() {
        #expect(SwarmResult().tooFew == [])
        #expect(SwarmTable().tooFew.count == SwarmTable.rows.reduce(0) { $0 + $1.names.count })
    }

    @Test(arguments: [["--seeds", "0"], ["--days", "32"], ["--seed", "x"], ["--threads", "0"], ["--what"]])
    func `a word that cannot be taken is a usage error`(words: [String]) {
        #expect(LaneSimCommands.program.run(["swarm"] + words, Printed().console) == .usage)
    }
}
