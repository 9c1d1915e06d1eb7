import Exchange
import Lane
import Station

/// Drives the reads and edges of a journal through fresh lanes, and holds their passages against the recorded ones: what this program's
/// lane would have done.
struct LaneReplay: Sendable {
    /// What a reader of the result has to know.
    static let limits = [
        "--lane: when a read or an edge reached the lane is not recorded; it is driven at the moment it was heard, so windows that it missed by its way may be met",
        "--lane: of repeated reads only the last is driven, and what came before the export's first record is not known",
        "--lane: whether a reader was down is taken from the passages that say so",
    ]

    private let sources: ReplaySources
    private var run: LaneRun?
    private var found: [ReplayDifference] = []
    /// How many passages the lanes have made.
    private(set) var passages = 0

    init(_ sources: ReplaySources) { self.sources = sources }

    /// Takes the next record; a start ends the run before it.
    mutating func take(_ record: RecordFields) throws {
        if record.event == "start" || run?.boot != record.boot {
            try finish()
            run = LaneRun(boot: record.boot)
        }
        guard run?.take(record, sources) != false else {
            throw CommandFailure(
                .failed,
                "more than \(LaneRun.mostEvents) reads and edges between two starts; export a part of it (--from) for --lane"
            )
        }
    }

    /// Ends the last run, and gives what differs.
    mutating func differences() throws -> [ReplayDifference] {
        try finish()
        return found
    }

    private mutating func finish() throws {
        guard let run else { return }
        self.run = nil
        var drive = LaneDrive(sources.configuration)
        drive.run(run)
        passages += drive.closed.count
        compare(drive.closed, run)
    }

    private mutating func compare(_ closed: [Passage], _ run: LaneRun) {
        var made: [LaneRun.Vehicle: Passage] = [:]
        for passage in closed {
            made[LaneRun.Vehicle(lane: passage.lane.number, start: passage.start.nanoseconds)] = passage
        }
        for vehicle in run.vehicles {
            guard let recorded = run.recorded[vehicle] else { continue }
            guard let passage = made.removeValue(forKey: vehicle) else {
                differ(
                    recorded, vehicle, words(of: recorded), "no passage",
                    "the lane makes no vehicle of its edges and reads")
                continue
            }
            compare(passage, recorded, vehicle)
        }
        for passage in closed {
            let vehicle = LaneRun.Vehicle(lane: passage.lane.number, start: passage.start.nanoseconds)
            guard made[vehicle] != nil else { continue }
            let utc = sources.timeline.clock(at: passage.start, in: run.boot)?.utc.text ?? "-"
            found.append(
                ReplayDifference(
                    sequence: 0, lane: vehicle.lane, time: utc, what: .passage, recorded: "no passage",
                    derived: words(of: passage), because: "the lane makes a vehicle that was not recorded"))
        }
    }

    private mutating func compare(_ passage: Passage, _ recorded: LaneRun.Recorded, _ vehicle: LaneRun.Vehicle) {
        let facts = recorded.facts
        let isSameDecision =
            passage.decision.outcome.word == facts.decision.outcome && passage.decision.tag == recorded.tag
            && passage.earlier?.outcome.word == facts.earlier?.outcome && passage.photosAreDue == facts.photosAreDue
        let ids = passage.reads.map(\.first.id.number)
        guard !isSameDecision || ids.sorted() != facts.reads.map(\.id).sorted() else { return }
        differ(
            recorded, vehicle, words(of: recorded), words(of: passage),
            isSameDecision ? "it has other reads" : "the lane decides it otherwise")
    }

    private mutating func differ(
        _ recorded: LaneRun.Recorded, _ vehicle: LaneRun.Vehicle, _ was: String, _ derived: String, _ because: String
    ) {
        found.append(
            ReplayDifference(
                sequence: recorded.sequence, lane: vehicle.lane, time: recorded.time, what: .passage, recorded: was,
                derived: derived, because: because))
    }

    private func words(of recorded: LaneRun.Recorded) -> String {
        words(
            recorded.facts.earlier?.outcome, recorded.facts.decision.outcome, recorded.facts.reads.map(\.id),
            photos: recorded.facts.photosAreDue)
    }

    private func words(of passage: Passage) -> String {
        words(
            passage.earlier?.outcome.word, passage.decision.outcome.word, passage.reads.map(\.first.id.number),
            photos: passage.photosAreDue)
    }

    private func words(_ earlier: String?, _ outcome: String, _ reads: [UInt64], photos: Bool) -> String {
        (earlier.map { "\($0), then " } ?? "") + outcome + (photos ? ", photos" : "") + " of "
            + (reads.isEmpty ? "no read" : "read " + reads.map(String.init).joined(separator: " "))
    }
}
