import Lane
import Testing

@testable import LaneSim

@Suite struct ScenarioTests {
    @Test func `vehicles and incidents come in the order of their times, with their defaults`() throws {
        let scenario = try scenario(
            """
            [vehicle second]
            at = 2 s
            lane = 2
            tag = 1000000011
            [vehicle first]
            at = 500 ms
            outcome = noTag
            [incident cut]
            at = 3 s
            central = stop
            [incident power]
            at = 1 s
            kill = station
            """)
        #expect(scenario.lanes.map(\.reader) == ["east", "west"])
        #expect(scenario.vehicles.map(\.name) == ["first", "second"])
        #expect(scenario.vehicles[0].lane == 1 && scenario.vehicles[0].tag == nil)
        #expect(scenario.vehicles[1].outcome == .approved && scenario.vehicles[1].reads == 1)
        #expect(scenario.incidents.map(\.deed) == [.kill(.station, after: .milliseconds(300)), .stopCentral])
        #expect(scenario.lastMoment == .seconds(3))
    }

    @Test func `each program can be killed, and is started again after what the scenario says`() throws {
        for (word, process) in [("station", Scenario.Process.station), ("central", .central), ("devices", .devices)] {
            let scenario = try scenario("[vehicle a]\nat = 1 s\n[incident k]\nat = 0 s\nkill = \(word)\nafter = 2 s\n")
            #expect(scenario.incidents.map(\.deed) == [.kill(process, after: .seconds(2))])
        }
    }

    /// Sections after line 8, and what is said of them.
    @Test(arguments: [
        ("", "test.lane: no [vehicle NAME]: nothing would happen"),
        (
            "[vehicle a]",
            """
            test.lane:9:1: [vehicle a] at is missing; \
            expected a duration from 0 s to 1 d (ns, us, ms, s, min, h, d), such as 2 s
            """
        ),
        (
            "[vehicle a]\nat = 1 s\nlane = 3",
            "test.lane:11:8: [vehicle a] lane: there is no [lane 3]; add it, or name another lane"
        ),
        (
            "[vehicle a]\nat = 1 s\n[incident i]\nat = 1 s",
            "test.lane:11:1: [incident i]: expected one of central and kill"
        ),
        (
            "[vehicle a]\nat = 1 s\n[incident i]\nat = 1 s\ncentral = stop\nkill = station",
            "test.lane:11:1: [incident i]: expected one of central and kill"
        ),
        (
            "[vehicle a]\nat = 1 s\n[incident i]\nat = 1 s\nkill = statoin",
            """
            test.lane:13:8: [incident i] kill: "statoin" is not known here; \
            expected station, central or devices; did you mean "station"?
            """
        ),
        (
            "[vehicle a]\nat = 1 s\n[incident i]\nat = 1 s\nkill = station\nafter = 2 min",
            """
            test.lane:14:9: [incident i] after: "2 min" is out of range; expected a duration from 0 s to 1 min \
            (ns, us, ms, s, min, h, d)
            """
        ),
        (
            "[vehicle a]\nat = 1 s\noutcome = aproved",
            """
            test.lane:11:11: [vehicle a] outcome: "aproved" is not known here; expected approved, noticePrepaidLow, \
            noticeOverdue, blocked,
            """
        ),
    ])
    func `each mistake is one line`(sections: String, expected: String) {
        #expect(complaint(sections).hasPrefix(expected), "\(complaint(sections))")
    }

    @Test func `a lane without its devices is told what is missing`() {
        let text = "[lane 1]\n[vehicle a]\nat = 1 s\n"
        do {
            _ = try Scenario(Array(text.utf8), file: "x")
            Issue.record("the lane has neither reader nor detector")
        } catch {
            #expect("\(error)".contains("x:1:1: [lane 1] reader is missing"))
            #expect("\(error)".contains("x:1:1: [lane 1] detector is missing"))
        }
    }
}
