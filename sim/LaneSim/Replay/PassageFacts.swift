import Exchange
import Lane

/// The members of a passage's record without which nothing can be derived from it.
struct PassageFacts: Hashable, Sendable {
    let lane: UInt8
    let start: RecordFields.Moment
    let decision: RecordFields.Decision
    let earlier: RecordFields.Decision?
    let reads: [RecordFields.Read]
    let edges: [RecordFields.Edge]
    let photos: [RecordFields.Photo]
    let leftOut: RecordFields.LeftOut?
    let flags: Set<String>
    let photosAreDue: Bool

    /// Nil for a record that is no passage, or lacks one of them.
    init?(_ record: RecordFields) {
        guard record.type == "passage", let lane = record.lane, let start = record.start,
            let decision = record.decision, let reads = record.reads, let edges = record.edges,
            let photos = record.photos, let flags = record.flags, let photosAreDue = record.photosDue
        else { return nil }
        self.lane = lane
        self.start = start
        self.decision = decision
        self.reads = reads
        self.edges = edges
        self.photos = photos
        self.flags = Set(flags)
        self.photosAreDue = photosAreDue
        earlier = record.earlier
        leftOut = record.leftOut
    }

    func has(_ flag: Passage.Flags) -> Bool { flags.contains { word in flag.recordWords == [word] } }

    /// Opened by a read alone: a vehicle that a detector saw has its leading edge in the record, at its start. A detector that comes back
    /// under a vehicle gives it edges, all of them later.
    var isWithoutDetector: Bool { edges.allSatisfy { $0.offset > 0 } }

    /// Whether it ended before its windows were over: by a stop, a crash, or `passageMax`.
    var isCut: Bool { has(.cutByStop) || has(.recovered) || has(.tooLong) }
}

extension Passage.Flags {
    /// The words of those that are set, in the order of the record.
    var recordWords: [String] { Self.words.filter { contains($0.0) }.map(\.1) }
}
