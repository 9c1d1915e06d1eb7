import Exchange
import Lane
import Station
import Testing

@testable import LaneSim

@Suite struct ReplayBadInputTests {
    private func export() throws -> [String] {
        var fixture = try ReplayFixture()
        fixture.drive(fixture.vehicle(at: 1_000, tags: [(1, -200, 40)]))
        return records(fixture.bodies)
    }

    private func lists() throws -> [[UInt8]] { [try ReplayFixture.list().bytes] }

    @Test(arguments: ["", "hello", #"{"digest":"#, "{}"]) func `a line that is no record is named`(bad: String) throws {
        var lines = try export()
        lines.insert(bad, at: 2)
        let run = try ReplayCommandRun(lines, lists: lists())
        #expect(run.code == .badData)
        #expect(
            run.notes.count == 1 && run.notes[0].contains("records.ndjson:3: no record, or a damaged one"),
            "\(run.notes)")
    }

    @Test func `a line that ends too early is named`() throws {
        var lines = try export()
        lines[1] = String(lines[1].dropLast(20))
        let run = try ReplayCommandRun(lines, lists: lists())
        #expect(run.code == .badData && run.notes[0].contains("records.ndjson:2: "))
    }

    @Test func `a record of another format is said to be one`() throws {
        var lines = try export()
        lines[0] = lines[0].replacing(#"{"v":1,"#, with: #"{"v":2,"#)
        let run = try ReplayCommandRun(lines, lists: lists())
        #expect(run.code == .badData)
        #expect(run.notes[0].contains("records.ndjson:1: a record of format 2, and this program knows 1"))
    }

    @Test func `a passage that lacks its edges is named`() throws {
        let lines = records([body(1, type: "passage", #","lane":1"#)])
        let run = try ReplayCommandRun(lines, lists: lists())
        #expect(run.code == .badData && run.notes[0].contains("records.ndjson:1: a passage without"))
    }

    @Test func `a journal without passages says so`() throws {
        let run = try ReplayCommandRun(records([body(1, type: "event")]), lists: lists())
        #expect(run.sum == "replay: no passage in it" && run.code == .ok)
    }

    @Test func `an export without any record is no journal`() throws {
        let empty = try ReplayCommandRun([], lists: lists())
        #expect(empty.code == .badData && empty.notes[0].contains("records.ndjson: no record in it"))
    }

    @Test func `files that are missing are named`() throws {
        let journal = try ReplayCommandRun(nil, lists: lists())
        #expect(journal.code == .noInput && journal.notes[0].contains("records.ndjson"))
        let list = try ReplayCommandRun(export(), lists: [], ["--list", "/tmp/none.list"])
        #expect(list.code == .noInput && list.notes[0].contains("/tmp/none.list"))
    }

    @Test func `a list that cannot be trusted is refused with its reason`() throws {
        var bytes = try ReplayFixture.list().bytes
        bytes[bytes.count - 1] ^= 1
        let damaged = try ReplayCommandRun(export(), lists: [bytes])
        #expect(damaged.code == .badData && damaged.notes[0].contains("list's content is damaged"))
        let twice = try ReplayCommandRun(
            export(), lists: [try ReplayFixture.list().bytes, try ReplayFixture.list(without: [2]).bytes])
        #expect(twice.code == .badData && twice.notes[0].contains("agreements 1.1 too, and differs"))
    }

    @Test func `words that are missing are asked for`() {
        let console = Console(line: { _ in }, note: { _ in })
        #expect(LaneSimCommands.program.run(["replay"], console) == .usage)
        #expect(LaneSimCommands.program.run(["replay", "a.ndjson"], console) == .usage)
    }
}
