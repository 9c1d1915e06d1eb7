import Exchange
import Lane
import Testing

@testable import LaneSim

/// Two vehicles, their records, and what a run noted; then one thing is broken.
@Suite struct TortureCheckTests {
    private static let tags = ["10 0000001 1", "10 0000002 2"]

    private func check(
        _ notes: [TortureNote] = [.drained], _ change: (inout Observation) -> Void = { _ in }
    ) throws -> TortureResult {
        var story = try Story()
        for (place, tag) in Self.tags.enumerated() {
            story.drive("v\(place)", at: Int64(place + 1) * 5_000, tag: tag)
            try story.passage(at: Int64(place + 1) * 5_000, .approved, tag: tag)
        }
        for index in story.observation.records.indices {
            let moment = story.observation.records[index].at.nanoseconds
            story.observation.records[index].fields.start?.mono = moment
        }
        let boot = story.observation.records[0].fields.boot
        change(&story.observation)
        let taken = Self.tags.map { TortureNote.taken(text: $0.filter { $0 != " " }, at: 5_000_000_000) }
        let (scenario, plan) = (story.scenario, story.plan)
        return TortureCheck(
            TortureStory([.round(number: 1, boot: boot, at: 0)] + taken + notes), story.observation
        ) { _ in (scenario, plan) }.result
    }

    @Test func `a run in which all arrived is good`() throws {
        let result = try check()
        #expect(result.isGood, "\(result.complaints)")
        #expect(result.vehicles == 2)
        #expect(result.passages == 2)
        #expect(result.acknowledged == 2)
    }

    @Test func `a record that the central server does not have is lost`() throws {
        let result = try check { $0.atCentral.removeLast() }
        #expect(result.lost.count == 1)
        #expect(!result.isGood)
    }

    @Test func `one that it has twice is duplicated, and records in another order are out of order`() throws {
        #expect(try check { $0.atCentral.append($0.atCentral[1]) }.duplicated.count == 1)
        #expect(try check { $0.atCentral.swapAt(0, 1) }.outOfOrder > 0)
    }

    @Test func `a vehicle without a passage is lost, and its acknowledged read with it`() throws {
        let result = try check {
            $0.records.removeLast()
            $0.atCentral.removeLast()
        }
        #expect(result.lost.count == 2)
        #expect(result.excused.isEmpty)
    }

    @Test func `where a program was down the vehicle may be missing, but never a read that was acknowledged`() throws {
        for (end, isUncommitted) in [(9_950_000_000 as Int64, false), (10_600_000_000, true)] {
            let notes = [
                TortureNote.killed(.station, since: 9_900_000_000, at: end), .well(at: 11_000_000_000), .drained,
            ]
            let result = try check(notes) {
                $0.records.removeLast()
                $0.atCentral.removeLast()
            }
            #expect(result.excused.map(\.vehicle) == ["v1"] && result.excused.map(\.isUncommitted) == [isUncommitted])
            #expect(result.lost.count == 1)
        }
    }

    @Test func `a downtime before it or after its front is no excuse, nor is one of the central server`() throws {
        for note in [
            [TortureNote.killed(.station, since: 7_000_000_000, at: 8_000_000_000), .well(at: 8_000_000_000)],
            [.killed(.station, since: 10_050_000_000, at: 10_750_000_000), .well(at: 11_000_000_000)],
            [.killed(.central, since: 9_900_000_000, at: 10_600_000_000), .well(at: 11_000_000_000)],
        ] {
            let result = try check(note + [.drained]) {
                $0.records.removeLast()
                $0.atCentral.removeLast()
            }
            #expect(result.excused.isEmpty)
            #expect(result.lost.count == 2)
        }
    }

    @Test func `of a run that was killed itself no more is asked than had happened`() throws {
        let result = try check([]) {
            $0.records.removeLast()
            $0.atCentral.removeLast()
        }
        #expect(result.vehicles == 1)
        #expect(result.lost.count == 1, "the read that was acknowledged")
    }

    @Test func `a passage that nobody drove is a trouble, and so is a second one of a vehicle`() throws {
        #expect(!(try check { $0.records[1].fields.start?.mono = 30_000_000_000 }.troubles.isEmpty))
        #expect(try check { $0.records[1].fields.start?.mono = 5_300_000_000 }.duplicated.count == 1)
    }
}
