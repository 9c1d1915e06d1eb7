import Central
import Lane
import Lights
import Testing

@testable import LaneSim

@Suite struct VerdictTruthTests {
    private func due(_ story: Story) -> Due { story.result.vehicles[0].due }

    @Test func `each standing comes to its row of the decision table`() throws {
        let rows: [(Standing, Outcome)] = [
            (.approved, .approved), (.exempt, .approved), (.prepaidLow, .noticePrepaidLow), (.overdue, .noticeOverdue),
            (.blocked, .blocked), (.denied, .denied),
        ]
        for (standing, outcome) in rows {
            var story = try Story()
            try story.agree("1000000011", standing)
            story.drive("ola", at: 1_000, tag: "1000000011")
            #expect(due(story).outcomes == [outcome])
        }
    }

    @Test func `each state of the tag comes to its outcome, and is a cause of its own`() throws {
        typealias Case = (TagSpec.Mounting, heard: Int, damaged: Int, Outcome, String)
        let cases: [Case] = [
            (.good, 3, 0, .approved, "good tag"), (.wrong, 1, 0, .approved, "tag mounted wrongly"),
            (.wrong, 0, 0, .approved, "tag mounted wrongly, never heard"), (.loose, 2, 0, .approved, "loose tag"),
            (.metalWindscreen, 0, 2, .unreadable, "tag behind metal"),
            (.metalWindscreen, 0, 0, .noTag, "tag behind metal"), (.foil, 0, 0, .noTag, "tag in foil"),
            (.dead, 0, 0, .noTag, "dead tag"), (.good, 0, 1, .unreadable, "damaged answers"),
        ]
        for (mounting, heard, damaged, outcome, cause) in cases {
            var story = try Story()
            try story.agree("1000000011")
            story.drive("ola", at: 1_000, tag: "1000000011", mounting, heard: heard, damaged: damaged)
            #expect(due(story).outcomes == [outcome] && due(story).cause == cause)
        }
    }

    @Test
    func `a text that is no number is malformed or unreadable, a tag on no list is not approved, and none is none`()
        throws
    {
        let rows: [(String?, Outcome)] = [
            ("123", .malformed), ("KING 1302", .unreadable), ("1000000099", .notOnList), (nil, .noTag),
        ]
        for (text, outcome) in rows {
            var story = try Story()
            try story.agree("1000000011")
            story.drive("ola", at: 1_000, tag: text)
            #expect(due(story).outcomes == [outcome])
        }
    }

    @Test func `of two tags the approved one decides, and a denied one beside it makes photos due`() throws {
        var story = try Story()
        try story.agree("1000000011", .blocked)
        try story.agree("1000000022")
        story.drive("ola", at: 1_000, tag: "1000000011")
        var second = RoadTag(text: "1000000022", mounting: .loose)
        second.heard = 2
        story.plan.vehicles[0].tags.append(second)
        #expect(due(story).outcomes == [.approved] && due(story).photo == true)
    }

    @Test func `without a list a tag is not judged, and no photo is due unless the site wants it`() throws {
        var story = try Story()
        story.drive("ola", at: 1_000, tag: "1000000011")
        #expect(due(story).outcomes == [.unjudged] && due(story).photo == false)
        #expect(due(story).aspects == [.dark])
    }

    @Test func `while a list is being swapped either is right, and when the station has asked again only the new one`()
        throws
    {
        for (at, outcomes) in [
            (90_000, [Outcome.approved]), (130_000, [.approved, .blocked]), (400_000, [.blocked]),
        ] as [(Int64, [Outcome])] {
            var story = try Story()
            try story.agree("1000000011")
            var blocked = story.scenario.agreements[0]
            blocked.standing = .blocked
            story.scenario.lists.append(PublishedList(at: .seconds(100), entries: [blocked]))
            story.drive("ola", at: at, tag: "1000000011")
            #expect(due(story).outcomes == outcomes)
            #expect(due(story).excuse.isEmpty == (outcomes.count == 1))
        }
    }

    @Test func `a list that is damaged, badly signed, cut or older is never in force`() throws {
        for damage in PublishedList.Damage.allCases where damage != .none {
            var story = try Story()
            try story.agree("1000000011")
            var list = PublishedList(at: .seconds(100), entries: [])
            list.damage = damage
            story.scenario.lists.append(list)
            story.drive("ola", at: 1_000_000, tag: "1000000011")
            #expect(due(story).outcomes == [.approved])
        }
    }

    @Test func `while the central server is away a new list may come as late as it comes back`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.scenario.lists.append(PublishedList(at: .seconds(100), entries: []))
        story.scenario.faults = [fault(.centralAway, at: 90, lasts: 600)]
        story.drive("early", at: 600_000, tag: "1000000011")
        story.drive("late", at: 900_000, tag: "1000000011")
        let result = story.result
        #expect(result.vehicles[0].due.outcomes == [.approved, .notOnList])
        #expect(result.vehicles[1].due.outcomes == [.notOnList])
    }

    @Test func `dates hold by the civil time of the scenario, and after a step of the clock either time is right`()
        throws
    {
        for steps in [false, true] {
            var story = try Story()
            try story.agree("1000000011")
            story.scenario.lists[0].entries[0].until = UTC(
                milliseconds: story.scenario.startsAt.milliseconds + 10_000)
            if steps { story.scenario.faults = [fault(.clockSteps(by: .seconds(-3_600)), at: 5)] }
            story.drive("early", at: 4_000, tag: "1000000011")
            story.drive("late", at: 12_000, tag: "1000000011")
            let outcomes = story.result.vehicles.map(\.due.outcomes)
            #expect(outcomes == [[.approved], steps ? [.expired, .approved] : [.expired]])
        }
    }

    @Test
    func
        `a vehicle that meets a fault of its reader is excused, with the fault as its cause; one in the other lane is not`()
        throws
    {
        let site = Story.site.replacing(
            "antennas = 0:1, 1:2", with: "antennas = 0:1\n\n[reader west]\nport = /tmp/none.west\nantennas = 0:2")
        var story = try Story(site: site)
        try story.agree("1000000011")
        story.scenario.faults = [fault(.readerUnplugged("west"), at: 1, lasts: 10)]
        story.drive("here", at: 4_000, tag: "1000000011")
        story.drive("there", lane: 2, at: 4_000, tag: "1000000011")
        story.drive("later", lane: 2, at: 60_000, tag: "1000000011")
        let due = story.result.vehicles.map(\.due)
        #expect(due[0].outcomes == [.approved] && due[2].outcomes == [.approved])
        #expect(due[1].outcomes == [.approved] && due[1].excusedOutcomes == [.readerDown, .noTag, .unreadable])
        #expect(due[1].cause == "reader unplugged")
    }

    @Test func `an outage excuses what is stricter, and never what is kinder`() throws {
        var story = try Story()
        try story.agree("1000000011", .blocked)
        story.scenario.faults = [fault(.readerUnplugged("east"), at: 1, lasts: 10)]
        story.drive("ola", at: 4_000, tag: "1000000011")
        try story.passage(at: 4_000, .approved, tag: "1000000011")
        #expect(story.result.vehicles[0].decision == .tooKind)
    }

    @Test func `who passes while the station is down need not be seen`() throws {
        var story = try Story()
        story.observation.downtimes = [.init(program: .station, from: .seconds(3), to: .seconds(9))]
        story.drive("early", at: 1_000)
        story.drive("ola", at: 4_000)
        story.drive("late", at: 12_000)
        let result = story.result
        #expect(result.vehicles.map(\.sight) == [.missed, .excused, .missed])
        #expect(result.figures[.vehicles] == .init(3))
        #expect(result.figures[.vehiclesMissed] == .init(3, of: 3))
        #expect(result.figures[.vehiclesExcused] == .init(1, of: 3))
    }

    @Test func `rates are of every vehicle on the road, whatever excuses it`() throws {
        var story = try Story()
        try story.agree("1000000011")
        try story.agree("1000000029")
        story.scenario.faults = [fault(.detectorStuck("loop1", isOccupied: false), at: 10)]
        story.drive("seen", at: 1_000, tag: "1000000011")
        for number in 0..<3 { story.drive("m\(number)", at: 20_000 + Int64(number) * 9_000, tag: "1000000029") }
        try story.passage(at: 1_000, .approved, tag: "1000000011")
        let figures = story.result.figures
        for figure in [Figure.vehiclesSeen, .tagsRead, .decisionsRight, .lightsRight] {
            #expect(figures[figure] == .init(1, of: 4), "\(figure)")
        }
        #expect(figures[.vehiclesMissed] == .init(3, of: 4) && figures[.vehiclesExcused] == .init(3, of: 4))
    }

    @Test func `a slow disk costs no tag`() throws {
        var story = try Story()
        try story.agree("1000000011")
        story.scenario.faults = [fault(.diskSlow(by: .milliseconds(300)), at: 1)]
        story.drive("ola", at: 4_000, tag: "1000000011")
        try story.passage(at: 4_000, .noTag)
        #expect(story.result.vehicles[0].decision == .tooStrict)
    }

    @Test func `the list of the first moment holds before it: the station has run before the scenario begins`() throws {
        var story = try Story()
        try story.agree("1000000011", .blocked)
        story.drive("ola", at: 0, tag: "1000000011")
        #expect(story.result.vehicles[0].due.outcomes == [.blocked])
    }

    private func fault(_ deed: Fault.Deed, at seconds: Int64, lasts: Int64? = nil) -> Fault {
        Fault(
            name: "f", place: SourcePlace(file: "story.lane", position: .init(line: 1, column: 1)),
            at: .seconds(seconds), lasts: lasts.map { .seconds($0) }, deed: deed)
    }
}
