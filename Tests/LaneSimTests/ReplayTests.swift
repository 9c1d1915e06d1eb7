import Exchange
import FoundationEssentials
import Lane
import Station
import Testing

@testable import LaneSim

/// I4: every decision follows again from its record, and one that does not is shown.
@Suite struct ReplayTests {
    /// A blocked tag, a tag beside it, none, a late one, an unreadable one: what it came to, and the export.
    private func journal() throws -> ReplayFixture {
        var fixture = try ReplayFixture()
        fixture.drive(
            fixture.vehicle(at: 1_000, tags: [(1, -200, 40)])
                + fixture.vehicle(at: 4_000, tags: [(7, -200, 40)])
                + fixture.vehicle(at: 7_000)
                + fixture.vehicle(at: 10_000, tags: [(2, 40, 40)])
                + fixture.vehicle(at: 13_000, tags: [(7, -200, 40), (3, -150, 40)])
                + fixture.vehicle(at: 16_000, tags: [(nil, -200, 40)]))
        return fixture
    }

    private func lists() throws -> [[UInt8]] { [try ReplayFixture.list().bytes] }

    /// The export with one body changed, its chain computed again.
    private func changed(_ bodies: [String], _ old: String, _ new: String) -> [String] {
        let place = bodies.firstIndex { $0.contains(old) }
        return records(
            bodies.enumerated().map { $0.offset == place ? $0.element.replacing(old, with: new) : $0.element })
    }

    @Test func `I4: what a station has decided is derived again, all equal`() throws {
        let fixture = try journal()
        #expect(
            fixture.passages.map(\.decision.outcome) == [
                .approved, .blocked, .noTag, .approved, .approved, .unreadable,
            ])
        let run = try ReplayCommandRun(records(fixture.bodies), lists: lists(), ["--lane"])
        #expect(run.sum == "replay: 6 passages, 6 reads derived again; all equal")
        #expect(run.code == .ok)
        #expect(run.text.contains("driven again, they made 6 passages"))
    }

    @Test func `I4: a tag that the table of issuers has refused is derived by the table, and needs no list`() throws {
        let issuers =
            "\n[issuer own]\nprefix = printed:10\n[issuer stranger]\nprefix = printed:1000000001\naccepted = no\n"
        var fixture = try ReplayFixture(issuers: issuers)
        fixture.drive(
            fixture.vehicle(at: 1_000, tags: [(1, -200, 40)]) + fixture.vehicle(at: 4_000, tags: [(2, -200, 40)]))
        #expect(fixture.passages.map(\.decision.outcome) == [.issuerNotAccepted, .approved])
        let export = records(fixture.bodies)
        let same = ReplayFixture.configuration + issuers
        let run = try ReplayCommandRun(export, lists: lists(), configuration: same)
        #expect(run.sum == "replay: 2 passages, 2 reads derived again; all equal")
        let bare = try ReplayCommandRun(export, lists: [], configuration: same)
        #expect(bare.sum.hasSuffix("1 passages and 1 reads COULD NOT BE DERIVED"), "\(bare.text)")
        let other = try ReplayCommandRun(export, lists: lists(), configuration: ReplayFixture.configuration)
        #expect(other.code == .failed && other.text.contains("issuerNotAccepted"), "\(other.text)")
        let sterner = same.replacing("accepted = no", with: "accepted = no\nluhn = yes")
        let malformed = try ReplayCommandRun(export, lists: lists(), configuration: sterner)
        #expect(malformed.text.contains("the [issuer] sections: its check digit is wrong"), "\(malformed.text)")
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5, 6])
    func `I4: any traffic is derived again, late reads and second tags among it`(seed: UInt64) throws {
        var fixture = try ReplayFixture()
        fixture.drive(fixture.traffic(seed: seed, vehicles: 60, delays: true))
        let run = try ReplayCommandRun(records(fixture.bodies), lists: lists())
        #expect(run.code == .ok, "\(run.text)")
        #expect(fixture.passages.contains { $0.earlier != nil } && fixture.strays > 0)
        #expect(fixture.passages.contains { $0.flags.contains(.deniedBeside) })
    }

    @Test(arguments: [UInt64(11), 12, 13]) func `fresh lanes make the same passages of any traffic`(seed: UInt64) throws
    {
        var fixture = try ReplayFixture()
        fixture.drive(fixture.traffic(seed: seed, vehicles: 40, delays: false))
        let run = try ReplayCommandRun(records(fixture.bodies), lists: lists(), ["--lane"])
        #expect(run.code == .ok, "\(run.text)")
        #expect(run.text.contains("driven again, they made \(fixture.passages.count) passages"))
    }

    @Test func `a lane that decides later has the late read in time`() throws {
        let changed = ReplayFixture.configuration.replacing("decideAt = 3 m", with: "decideAt = 3.9 m")
        let run = try ReplayCommandRun(
            records(try journal().bodies), lists: lists(), configuration: changed, ["--lane"])
        let rows = run.lines.filter { $0.contains("  passage  ") }
        #expect(rows.count == 1, "\(run.text)")
        #expect(rows.first?.contains("noTag, then approved of read 3") == true)
        #expect(rows.first?.contains("the lane decides it otherwise") == true)
    }

    @Test func `one decision that was changed is the one difference`() throws {
        let bodies = try journal().bodies
        let export = changed(
            bodies, #""decision":{"outcome":"blocked","resultOp":20,"resultFin":64"#,
            #""decision":{"outcome":"approved","resultOp":0,"resultFin":0"#)
        let run = try ReplayCommandRun(export, lists: lists())
        #expect(run.code == .failed)
        let row = run.lines.first { $0.hasPrefix("5 ") }
        #expect(row?.contains("decision") == true && row?.contains("approved (green)") == true, "\(run.text)")
        #expect(row?.contains("blocked (yellow)") == true)
        #expect(run.sum.hasSuffix("1 difference"))
    }

    @Test(arguments: [
        (#""outcome":"blocked","list":[1,1]}]"#, #""outcome":"approved","list":[1,1]}]"#, "judgement"),
        (#""resultOp":20"#, #""resultOp":21"#, "codes"),
        (#""flags":["secondTag","deniedBeside"]"#, #""flags":["secondTag"]"#, "flags"),
        (#""photosDue":true"#, #""photosDue":false"#, "photosDue"),
        (#""camera":"front1","offset":90000000"#, #""camera":"front1","offset":80000000"#, "trigger"),
        (#""earlier":{"outcome":"noTag""#, #""earlier":{"outcome":"readerDown""#, "revised"),
        (
            #""tag":"printed:1000000003","list":[1,1],"of":2"#,
            #""tag":"printed:1000000007","list":[1,1],"of":2"#, "tag"
        ),
    ])
    func `each member that is derived is held against the record`(old: String, new: String, what: String) throws {
        let bodies = try journal().bodies
        try #require(bodies.contains { $0.contains(old) })
        let run = try ReplayCommandRun(changed(bodies, old, new), lists: lists())
        #expect(run.code == .failed)
        #expect(run.lines.dropFirst().first?.contains(what) == true, "\(run.text)")
    }

    @Test func `a list that says otherwise is another file, and its judgements differ`() throws {
        let run = try ReplayCommandRun(
            records(try journal().bodies), lists: [try ReplayFixture.list(without: [1]).bytes])
        #expect(run.code == .failed)
        #expect(run.text.contains("the file given as agreements 1.1 is not the one that was put in force"))
        let rows = run.lines.filter { $0.hasPrefix("4 ") }
        #expect(rows.count == 3, "judgement, decision, photosDue: \(run.text)")
        #expect(rows.contains { $0.contains("read 1 approved ") && $0.contains("does not name the tag") })
        #expect(rows.contains { $0.contains("approved (green) ") && $0.contains("notOnList (yellow)") })
    }

    @Test func `a version that is not given is counted apart, and nothing is called equal`() throws {
        let run = try ReplayCommandRun(
            records(try journal().bodies), lists: [try ReplayFixture.list(version: 2).bytes])
        #expect(run.code == .failed)
        #expect(run.text.contains("missing   list agreements 1.1 is not given (5)"), "\(run.text)")
        #expect(run.sum.hasSuffix("4 passages and 5 reads COULD NOT BE DERIVED"))
    }

    @Test func `a chain that is broken is said, and the rest is derived all the same`() throws {
        var export = records(try journal().bodies)
        let place = try #require(export.firstIndex { $0.contains(#""photosDue":true"#) })
        export[place] = export[place].replacing(#""photosDue":true"#, with: #""photosDue":false"#)
        let run = try ReplayCommandRun(export, lists: lists())
        #expect(run.text.contains("record \(place + 1) is not as it was sealed"))
        #expect(run.sum.hasSuffix("1 difference; the chain is broken"))
        var shortened = records(try journal().bodies)
        shortened.remove(at: 3)
        let short = try ReplayCommandRun(shortened, lists: lists())
        #expect(short.text.contains("records 4 to 4 are missing"))
        #expect(short.code == .failed)
    }

    @Test func `an export that begins later says what cannot be checked`() throws {
        let run = try ReplayCommandRun(Array(records(try journal().bodies).dropFirst(4)), lists: lists())
        #expect(run.code == .ok)
        #expect(run.text.contains("the export begins at record 5"))
    }

    @Test func `another configuration is said, and what differs by it is shown`() throws {
        let other = ReplayFixture.configuration(photographDeniedBeside: false)
        let run = try ReplayCommandRun(records(try journal().bodies), lists: lists(), configuration: other)
        #expect(run.text.contains("6 records were made under configuration"))
        #expect(run.text.contains("photosDue"))
        #expect(run.code == .failed)
    }

    @Test func `numbers are shown to who asks for them`() throws {
        let export = changed(
            try journal().bodies, #""tag":"printed:1000000001","list":[1,1],"of":1"#,
            #""tag":"printed:1000000004","list":[1,1],"of":1"#)
        let run = try ReplayCommandRun(export, lists: lists())
        #expect(run.text.contains("printed:10-digits") && !run.text.contains("1000000001"))
        let clear = try ReplayCommandRun(export, lists: lists(), ["--clear"])
        #expect(clear.text.contains("read 1, printed:1000000001"))
    }

    @Test func `validity dates are those of the moment, and not held to while the clock is not good`() throws {
        var before = try ReplayFixture()
        before.drive(
            before.vehicle(at: 899_000, tags: [(9, -200, 40)]) + before.vehicle(at: 905_000, tags: [(9, -200, 40)]))
        #expect(before.passages.map(\.decision.outcome) == [.approved, .expired])
        #expect(try ReplayCommandRun(records(before.bodies), lists: lists()).code == .ok)
        var after = try ReplayFixture()
        after.clock = Stamp(
            at: ReplayFixture.noonMono, utc: UTC(milliseconds: noon.milliseconds + 3_600_000), clock: .good)
        after.record(.event(.clockStep(by: .hours(1), uncertainty: nil)), at: ReplayFixture.noonMono)
        after.drive(after.vehicle(at: 2_000, tags: [(9, -200, 40)]))
        #expect(after.passages.map(\.decision.outcome) == [.expired])
        #expect(try ReplayCommandRun(records(after.bodies), lists: lists()).code == .ok)
        var unknown = try ReplayFixture(clock: .unknown)
        unknown.clock.utc = UTC(milliseconds: noon.milliseconds + 3_600_000)
        unknown.drive(unknown.vehicle(at: 2_000, tags: [(9, -200, 40)]))
        #expect(unknown.passages.map(\.decision.outcome) == [.approved])
        #expect(try ReplayCommandRun(records(unknown.bodies), lists: lists()).code == .ok)
    }

    @Test func `JSON has what the table has`() throws {
        let run = try ReplayCommandRun(records(try journal().bodies), lists: lists(), ["--json"])
        #expect(run.lines.count == 1)
        #expect(run.text.contains(#""passages":6,"passagesDiffering":0,"passagesEqual":6"#), "\(run.text)")
    }
}
