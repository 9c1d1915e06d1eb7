import FoundationEssentials
import Lane
import Testing

@testable import LaneSim

@Suite struct TortureStoryTests {
    private static let notes: [TortureNote] = [
        .begun(seed: 5), .round(number: 1, boot: "b", at: 100), .taken(text: "10 1", at: 150),
        .killed(.station, since: 200, at: 205), .killed(.central, since: 210, at: 210), .well(at: 300), .linked,
        .filled,
        .paused(.station, at: 310), .paused(.devices, at: 320),
    ]

    private static func downtime(
        _ program: Fault.Program, since: Int64, at: Int64, to: Int64?
    ) -> TortureStory.Downtime {
        let moment = Instant.init(nanoseconds:)
        return .init(program: program, from: moment(since), end: moment(at), to: to.map(moment))
    }

    @Test func `notes come to kills, downtimes and reads that were acknowledged`() throws {
        let story = TortureStory(Self.notes)
        #expect(story.kills == 2)
        #expect(story.pauses == 2)
        #expect(story.linkFaults == 1)
        #expect(story.fills == 1)
        #expect(story.nextRound == 2)
        #expect(story.wasGood == nil)
        let round = try #require(story.rounds.first)
        #expect(round.taken == ["10 1"])
        #expect(round.lastMoment == Instant(nanoseconds: 320))
        // Neither the central server nor a station that stands still makes a vehicle be missed.
        #expect(
            round.downtimes == [
                Self.downtime(.station, since: 200, at: 205, to: 300),
                Self.downtime(.devices, since: 320, at: 320, to: nil),
            ])
    }

    @Test func `what is late again and again is one downtime`() throws {
        let late: [TortureNote] = [.late(from: 400, to: 900), .late(from: 500, to: 910), .late(from: 2_000, to: 2_300)]
        let round = try #require(TortureStory([.round(number: 1, boot: "b", at: 0)] + late).rounds.first)
        #expect(round.downtimes.map { $0.from.nanoseconds } == [400, 2_000])
        #expect(round.downtimes.map { $0.to?.nanoseconds } == [910, 2_300])
    }

    @Test func `notes are gone on with, a line that was cut off is not`() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/torture-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) } }
        #expect(try TortureNotes.story(in: folder) == nil)
        do {
            var notes = try TortureNotes(in: folder)
            for note in Self.notes { try notes.write(note) }
        }
        let path = URL(filePath: "\(folder)/notes.ndjson")
        let whole = try Data(contentsOf: path)
        try (whole + Data(#"{"killed":{"_0":"sta"#.utf8)).write(to: path)
        var again = try TortureNotes(in: folder)
        #expect(again.story == TortureStory(Self.notes))
        try again.write(.drained)
        #expect(try TortureNotes.story(in: folder) == TortureStory(Self.notes + [.drained]))
        try (Data("x\n".utf8) + whole).write(to: path)
        #expect(throws: (any Error).self) { try TortureNotes.story(in: folder) }
    }
}
