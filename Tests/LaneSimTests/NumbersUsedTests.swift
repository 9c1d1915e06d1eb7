import Exchange
import Lane
import Station
import Testing

@testable import LaneSim

@Suite struct NumbersUsedTests {
    private let tag = "1000000011"

    private func story() throws -> Story {
        var story = try Story()
        let vehicle = story.drive("ola", at: 1_000, tag: tag)
        story.plan.vehicles[vehicle].plate = "EL 12345"
        return story
    }

    @Test func `are found as text, in groups, as a key, and whatever stands around them`() throws {
        let story = try story()
        let numbers = NumbersUsed(story.plan, story.scenario.site)
        let key = try story.number(tag).key
        for line in [
            tag, "x=\(tag)", "tag 10 00 00 00 11 heard", "1000-0000-11", "frame=#7\(tag)&F", "99\(tag)",
            "\(key)", "key=0x\(String(key, radix: 16))", String(key, radix: 16, uppercase: true), "plate=el12345",
            "EL 12345", "reason=\"POST /EL12345\"",
        ] {
            #expect(numbers.areIn(line.utf8), "\(line)")
        }
        for line in [
            "", "1000000012", "100000001", "info reader.state reader=east state=reading",
            "2026-11-21T00:12:33.916Z warning alarm.set alarm=centralUnreachable", "EL1234", "12345",
            "journal.open journal=3be496b1ffa1b4aee2f710ab3cd7a1eb sealed=1000 acknowledged=11",
        ] {
            #expect(!numbers.areIn(line.utf8), "\(line)")
        }
    }

    @Test func `in the station's log fail a run, in words that do not repeat them`() throws {
        var story = try story()
        try story.passage(at: 1_000, .notOnList, tag: tag)
        story.observation.log = [
            .init(at: .zero, entry: LogEntry(.info, "station.start")),
            .init(at: .zero, entry: LogEntry(.debug, "reader.frame", ["bytes": "#3\(tag)&12"])),
        ]
        #expect(story.result.troubles == ["line 2 of the station's log holds the number of a tag or plate"])
        story.observation.log.removeLast()
        #expect(story.result.troubles.isEmpty)
    }
}
