import Exchange
import Lane
import Lights
import Testing

@testable import LaneSim

/// What a stranger reads when an expectation fails.
@Suite struct VerdictFailureTests {
    private func failures(_ story: Story) -> [String] { story.result.failures.map(\.description) }

    @Test func `what came as expected is not spoken of`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("ola", at: 1_000, tag: "1000000011", line: 7) {
            ($0.outcome, $0.light, $0.lightWithin) = (.approved, .green, .milliseconds(67))
            ($0.resultOp, $0.photos, $0.withoutFlags, $0.passages) = (0, [], ["revised"], 1)
        }
        try story.passage(at: 1_000, .approved, tag: "1000000011")
        #expect(failures(story).isEmpty && story.result.isGood)
    }

    @Test func `an outcome that is another is told with how the tag was heard`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("ola", at: 1_000, tag: "1000000011", .wrong, heard: 0, line: 7) { $0.outcome = .approved }
        try story.passage(at: 1_000, .noTag)
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: outcome: expected approved, came noTag: "
                    + "its tag never answered (tag mounted wrongly, never heard)"
            ])
        #expect(story.result.again == "lanesim run story.lane --seed 1")
    }

    @Test func `the place is that of the key where the file has it`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) {
            $0.outcome = .approved
            $0.places = ["outcome": SourcePlace(file: "story.lane", position: .init(line: 12, column: 11))]
        }
        try story.passage(at: 1_000, .noTag)
        #expect(
            failures(story) == [
                "story.lane:12:11: vehicle ola: outcome: expected approved, came noTag: that is right: it has no tag"
            ])
    }

    @Test func `swapped tags are told at both vehicles, each with the other's name`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("ola", at: 1_000, tag: "1000000011", line: 7) { $0.outcome = .approved }
        story.drive("kari", at: 2_000, line: 9) { $0.outcome = .noTag }
        try story.passage(at: 1_000, .noTag)
        try story.passage(at: 2_000, .approved, tag: "1000000011")
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: outcome: expected approved, came noTag: its tag decided vehicle kari (record 2)",
                "story.lane:9:1: vehicle kari: outcome: expected noTag, came approved: it was decided by the tag of vehicle ola; it has no tag",
            ])
        #expect(story.result.figures[.tagsSwapped] == .init(1, of: 1))
    }

    @Test func `a vehicle without a passage is one failure, whatever is expected of it`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) { ($0.outcome, $0.light, $0.photos) = (.noTag, .top, ["front1"]) }
        #expect(failures(story) == ["story.lane:7:1: vehicle ola: outcome: expected noTag, came no passage"])
    }

    @Test func `whatever is expected alone of a vehicle without a passage fails`() throws {
        let expectations: [(inout VehicleExpectation) -> Void] = [
            { $0.outcome = .noTag }, { $0.earlier = .noTag }, { $0.light = .dark }, { $0.finally = .dark },
            { $0.lightWithin = .seconds(1) }, { $0.resultOp = 20 }, { $0.resultFin = 64 }, { $0.photos = [] },
            { $0.flags = ["revised"] }, { $0.withoutFlags = ["revised"] }, { $0.passages = 1 },
            { $0.speed = .kilometresPerHour(60) }, { ($0.passages, $0.light) = (0, .green) },
            { ($0.passages, $0.photos) = (0, ["front1"]) },
        ]
        for (number, expected) in expectations.enumerated() {
            var story = try Story()
            story.drive("ola", at: 1_000, line: 7, expected)
            #expect(failures(story).count == 1, "\(number)")
        }
        var story = try Story()
        story.drive("ghost", at: 1_000, line: 7) { ($0.passages, $0.light, $0.photos) = (0, .dark, []) }
        #expect(failures(story).isEmpty)
    }

    @Test func `a light that a late read changed is told whole, and its last one can be expected`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("ola", at: 1_000, tag: "1000000011", line: 7) { ($0.light, $0.finally) = (.top, .green) }
        story.drive("kari", at: 9_000, tag: "1000000011", line: 8) { ($0.light, $0.finally) = (.green, .top) }
        for at: Int64 in [1_000, 9_000] {
            try story.passage(at: at, .approved, tag: "1000000011", earlier: .noTag, light: .top)
            story.lamp(at: at + 157, .green)
        }
        let came =
            "came yellow after 67 ms, then green after 157 ms: it was decided noTag 67 ms after its front came, "
            + "and revised to approved after 67 ms (record 2); that is right: its tag answered 3 times (good tag) and comes to approved"
        #expect(
            failures(story) == [
                "story.lane:8:1: vehicle kari: light: expected green, \(came)",
                "story.lane:8:1: vehicle kari: light in the end: expected yellow, \(came)",
            ])
    }

    @Test func `what a full disk made of a decision is not right, and the disk is named`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.scenario.faults = [
            Fault(
                name: "full", place: SourcePlace(file: "story.lane", position: .init(line: 2, column: 1)),
                at: .zero, lasts: nil, deed: .diskFull)
        ]
        story.drive("ola", at: 1_000, tag: "1000000011", line: 7) { $0.light = .green }
        try story.passage(at: 1_000, .readerDown)
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: light: expected green, came dark: it was decided readerDown 67 ms after "
                    + "its front came (record 1); disk full; its tag answered 3 times (good tag)"
            ])
        #expect(story.result.vehicles[0].decision == .excused && story.result.vehicles[0].light == .excused)
        #expect(story.result.figures[.decisionsRight] == .init(0, of: 1))
    }

    @Test func `vehicles behind a figure of tags are those that it counts, in words that fit it`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.drive("dead", at: 1_000, tag: "1000000029", .dead, heard: 0)
        story.drive("ola", at: 5_000, tag: "1000000011")
        story.drive("kari", at: 9_000)
        try story.passage(at: 1_000, .noTag)
        try story.passage(at: 5_000, .noTag)
        try story.passage(at: 9_000, .approved, tag: "1000000011")
        story.expect(.tagsRead, 1_000_000...1_000_000, isRate: true)
        story.expect(.tagsSwapped, 0...0)
        #expect(
            failures(story) == [
                "story.lane:90:1: expectation tagsRead: tagsRead: expected 100 %, came 0 % (0 of 1): ola in lane 1 at 5 s: "
                    + "its tag was given to the wrong vehicle, its tag decided vehicle kari (record 3)",
                "story.lane:90:1: expectation tagsSwapped: tagsSwapped: expected 0, came 1 of 2: kari in lane 1 at 9 s: "
                    + "approved, it was decided by the tag of vehicle ola; it has no tag",
            ])
    }

    @Test func `the number of passages is told with the names of their records`() throws {
        var story = try Story()
        story.drive("ghost", at: 1_000, line: 7) { $0.passages = 0 }
        story.drive("lorry", at: 9_000, lasts: 1_500, line: 8) { $0.passages = 1 }
        try story.passage(at: 1_000, .noTag)
        try story.passage(at: 9_000, lasts: 500, .noTag)
        try story.passage(at: 9_900, lasts: 500, .noTag)
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ghost: passages: expected 0, came 1 (record 1)",
                "story.lane:8:1: vehicle lorry: passages: expected 1, came 2 (record 2, record 3)",
            ])
    }

    @Test func `a light is told by its name at this site and with its time, and one that stays dark as dark`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) { $0.light = .green }
        story.drive("kari", at: 9_000, line: 8) { ($0.light, $0.lightWithin) = (.top, .milliseconds(70)) }
        try story.passage(at: 1_000, .noTag)
        try story.passage(at: 9_000, .noTag, light: .dark)
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: light: expected green, came yellow after 67 ms: "
                    + "it was decided noTag 67 ms after its front came (record 1); that is right: it has no tag",
                "story.lane:8:1: vehicle kari: light: expected yellow, came dark"
                    + ": it was decided noTag 67 ms after its front came (record 2); that is right: it has no tag",
                "story.lane:8:1: vehicle kari: time to the light: expected at most 70 ms, came no light"
                    + ": it was decided noTag 67 ms after its front came (record 2); that is right: it has no tag",
            ])
    }

    @Test func `a light that comes too late is told with its time`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) { $0.lightWithin = .milliseconds(60) }
        try story.passage(at: 1_000, .noTag)
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: time to the light: expected at most 60 ms, came 67 ms"
                    + ": it was decided noTag 67 ms after its front came (record 1); that is right: it has no tag"
            ])
    }

    @Test func `photos are told with why one is missing`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) { $0.photos = ["front1", "rear1"] }
        try story.passage(at: 1_000, .noTag, photos: ["front1"], missing: ["rear1": "cameraSilent"])
        #expect(
            failures(story) == [
                "story.lane:7:1: vehicle ola: photos: expected front1, rear1, came front1: rear1 is missing: cameraSilent"
            ])
        #expect(story.result.figures[.photosMissing] == .init(1, of: 2))
    }

    @Test func `flags, codes, an earlier decision, a measured speed and length are told`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, line: 7) {
            ($0.flags, $0.withoutFlags) = (["secondTag"], ["tooLong"])
            ($0.resultOp, $0.resultFin, $0.earlier) = (20, 64, .noTag)
            ($0.speed, $0.length) = (.kilometresPerHour(60), Metres(millimetres: 5_001))
        }
        try story.passage(
            at: 1_000, .noTag, flags: ["tooLong"], more: #","motion":{"forward":true,"speed":15000,"length":4500}"#)
        #expect(
            failures(story).map { $0.replacing("story.lane:7:1: vehicle ola: ", with: "") } == [
                "earlier decision: expected noTag, came none: it was decided once",
                "ResultOp: expected 20, came none: there was no transaction",
                "ResultFin: expected 64, came none: there was no transaction",
                "flags: expected secondTag, came tooLong", "flags: expected no tooLong, came tooLong",
                "measured speed: expected 59.997 km/h ± 1, came 54 km/h",
                "measured length: expected 5.001 m ± 0.5, came 4.5 m",
            ])
    }

    @Test func `a figure out of its bounds is told with the first vehicles that make it so`() throws {
        var story = try Story()
        for number in 0..<5 { story.drive("m.\(number)", at: Int64(number) * 3_000) }
        try story.passage(at: 0, .noTag)
        story.expect(.vehiclesSeen, 5...5)
        story.expect(.vehiclesSeen, 999_000...1_000_000, isRate: true)
        story.expect(.vehiclesMissed, 0...2)
        let examples =
            "m.1 in lane 1 at 3 s: missed; m.2 in lane 1 at 6 s: missed; m.3 in lane 1 at 9 s: missed; and 1 more"
        #expect(
            failures(story) == [
                "story.lane:90:1: expectation vehiclesSeen: vehiclesSeen: expected 5, came 1 of 5: \(examples)",
                "story.lane:90:1: expectation vehiclesSeen: vehiclesSeen: expected at least 99.9 %, came 20 % (1 of 5): \(examples)",
                "story.lane:90:1: expectation vehiclesMissed: vehiclesMissed: expected at most 2, came 4 of 5: \(examples)",
            ])
    }

    @Test func `a rate of nothing is no rate`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000)
        try story.passage(at: 1_000, .noTag)
        story.expect(.tagsRead, 999_000...1_000_000, isRate: true)
        #expect(
            failures(story) == [
                "story.lane:90:1: expectation tagsRead: tagsRead: expected at least 99.9 %, came nothing to count (0 of 0)"
            ])
    }

    @Test func `a broken chain, a record at the wrong place and a run without an end are troubles of every scenario`()
        throws
    {
        var story = try Story()
        story.drive("ola", at: 1_000)
        try story.passage(at: 1_000, .noTag)
        try story.record("event", at: 2_000)
        let lines = story.observation.atCentral
        story.observation.atCentral = [lines[1], lines[0], lines[0]]
        story.observation.restedAt = nil
        story.scenario.limitPlace = SourcePlace(file: "story.lane", position: .init(line: 3, column: 9))
        #expect(
            story.result.troubles == [
                "not everything was done within 1 h, the scenario's limit (story.lane:3:9): "
                    + "all records are delivered, but the last thing happened too shortly before"
            ])
        #expect(story.result.figures[.outOfOrder] == .init(2, of: 3))
        #expect(!story.result.isGood)
        story.observation.records.swapAt(0, 1)
        #expect(
            story.result.troubles.first
                == "record 2 of the station's journal does not follow the one before it")
    }

    @Test func `two runs that differ in one lamp have different digests`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000)
        try story.passage(at: 1_000, .noTag)
        let digest = story.result.digest
        #expect(story.result.digest == digest)
        story.lamp(at: 5_000, .white)
        #expect(story.result.digest != digest)
    }
}
