import Exchange
import Lane

/// A passage as its record has it, with moments counted from the scenario's first.
struct SeenPassage: Sendable {
    /// Its place in the observation's records.
    let place: Int
    let lane: LaneNumber
    let start: Interval
    /// Nil: the record does not say when the vehicle was gone.
    let end: Interval?
    let fields: RecordFields

    /// Nil when the record is no passage of a lane.
    init?(_ record: Observation.SealedLine, at place: Int) {
        guard record.fields.type == "passage", let lane = record.fields.lane else { return nil }
        self.place = place
        self.lane = LaneNumber(lane)
        start = record.at
        end = record.fields.end.map { record.at + Interval(nanoseconds: $0) }
        fields = record.fields
    }

    /// Nil: the record has a word that this program does not know.
    var outcome: Outcome? { fields.decision.flatMap { Outcome(word: $0.outcome) } }

    var earlier: Outcome? { fields.earlier.flatMap { Outcome(word: $0.outcome) } }

    /// When it was decided first.
    var decidedAt: Interval {
        start + Interval(nanoseconds: (fields.earlier ?? fields.decision)?.offset ?? 0)
    }

    /// The tag that decided it.
    var decidingTag: TagNumber? { fields.decision?.tag.flatMap { TagNumber(recordText: $0) } }

    /// Every tag that was read in it, those that had decided another vehicle included.
    var tags: [TagNumber] { (fields.reads ?? []).compactMap { $0.tag.flatMap { TagNumber(recordText: $0) } } }

    /// Opened by a read alone.
    var isByReadAlone: Bool { fields.flags?.contains("withoutDetector") ?? false }

    var name: String { "record \(fields.sequence.number)" }

    /// Cameras with a photo that is kept.
    var photosKept: [String] { (fields.photos ?? []).filter { $0.digest != nil }.map(\.camera).sorted() }
}
