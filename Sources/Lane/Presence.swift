/// A vehicle in the lane, from its leading edge until its passage is closed.
struct Presence {
    /// Where the vehicle stands towards one detector.
    enum Crossing: UInt8 {
        case before
        case over
        case past
    }

    /// A camera that will be triggered at a moment, if a photo may be due then.
    struct PendingTrigger {
        let camera: CameraNumber
        let at: Instant
    }

    let id: PassageID
    let start: Instant
    /// The last trailing edge, or the last read where there is no detector; nil while the vehicle is over the detector.
    var end: Instant?
    let withoutDetector: Bool
    var decision: Passage.Decision?
    var earlier: Passage.Decision?
    var reads: [Passage.Read] = []
    var readsLeftOut = 0
    var edges: [Edge] = []
    var edgesLeftOut = 0
    var crossings: [Crossing]
    var pending: [PendingTrigger] = []
    var triggers: [Passage.Trigger] = []
    var triggersLeftOut = 0
    var flags: Passage.Flags = []

    init(id: PassageID, start: Instant, detectors: Int, withoutDetector: Bool) {
        self.id = id
        self.start = start
        self.withoutDetector = withoutDetector
        crossings = Array(repeating: .before, count: detectors)
        if withoutDetector { flags.insert(.withoutDetector) }
    }

    /// Whether a tag that may decide here has been read.
    var hasOwnTag: Bool { reads.contains { $0.first.tag != nil && !$0.decidedElsewhere } }

    /// The read that decides: the first approved tag, else the first tag, else a malformed number, else an unreadable tag.
    var deciding: TagRead? {
        let own = reads.lazy.filter { !$0.decidedElsewhere }.map(\.first)
        return own.first { $0.judgement.outcome.isApproval }
            ?? own.first { $0.tag != nil }
            ?? own.first { $0.content == .malformed }
            ?? own.first
    }

    /// Whether a tag that is not approved is in the vehicle.
    var hasDeniedTag: Bool {
        reads.contains { $0.first.tag != nil && !$0.decidedElsewhere && !$0.first.judgement.outcome.isApproval }
    }

    /// Adds a read; the record keeps the first `Passage.mostReads`, an approved one always.
    mutating func add(_ read: Passage.Read) {
        let displaces =
            read.first.judgement.outcome.isApproval && !reads.contains { $0.first.judgement.outcome.isApproval }
        if reads.count < Passage.mostReads {
            reads.append(read)
        } else {
            if displaces { reads[reads.count - 1] = read }
            readsLeftOut += 1
            flags.insert(.truncated)
        }
        refreshFlags()
    }

    /// Notes that a read was heard again; false when it is not one of ours.
    mutating func addRepeat(of read: TagRead) -> Bool {
        guard let index = reads.firstIndex(where: { $0.first.isSameTag(as: read) }) else { return false }
        reads[index].repeats += 1
        reads[index].last = max(reads[index].last, read.at)
        return true
    }

    mutating func add(_ edge: Edge) {
        if edges.count < Passage.mostEdges {
            edges.append(edge)
        } else {
            edgesLeftOut += 1
            flags.insert(.truncated)
        }
    }

    mutating func add(_ trigger: Passage.Trigger) {
        triggers.append(trigger)
    }

    mutating func decide(_ decision: Passage.Decision) {
        if let first = self.decision {
            earlier = first
            flags.insert(.revised)
        }
        self.decision = decision
        refreshFlags()
    }

    /// Marks the tags that have decided another vehicle.
    mutating func disown(where isDecided: ((tag: TagNumber, at: Instant)) -> Bool) {
        for index in reads.indices where !reads[index].decidedElsewhere {
            guard let tag = reads[index].first.tag else { continue }
            reads[index].decidedElsewhere = isDecided((tag, reads[index].first.at))
        }
        refreshFlags()
    }

    private mutating func refreshFlags() {
        let tags = reads.count { $0.first.tag != nil && !$0.decidedElsewhere }
        if tags > 1 { flags.insert(.secondTag) }
        if reads.contains(where: \.decidedElsewhere) { flags.insert(.decidedElsewhere) }
        if decision?.outcome.isApproval == true, hasDeniedTag { flags.insert(.deniedBeside) }
    }

    /// The passage as it stands; nil before the decision.
    func passage(in lane: LaneNumber, _ settings: LaneSettings) -> Passage? {
        guard let decision else { return nil }
        var passage = Passage(id: id, lane: lane, start: start, decision: decision)
        passage.end = end
        passage.earlier = earlier
        passage.reads = reads
        passage.readsLeftOut = readsLeftOut
        passage.edges = edges
        passage.edgesLeftOut = edgesLeftOut
        passage.triggers = triggers
        passage.triggersLeftOut = triggersLeftOut
        passage.flags = flags
        passage.photosAreDue =
            decision.outcome.photoIsDue(unjudged: settings.photographUnjudged)
            || (settings.photographDeniedBeside && flags.contains(.deniedBeside))
        return passage
    }
}

extension TagRead {
    /// Whether both reads are of one tag; two reads without a number count as one tag.
    func isSameTag(as other: TagRead) -> Bool {
        switch (content, other.content) {
        case (.tag(let a, _), .tag(let b, _)): a == b
        case (.malformed, .malformed), (.unreadable, .unreadable): true
        case (.tag, _), (.malformed, _), (.unreadable, _): false
        }
    }
}
