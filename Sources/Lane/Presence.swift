/// A vehicle in the lane, from its leading edge until its passage is closed.
struct Presence {
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
    /// The detector's line was away when it left, or when its tag was heard: nobody saw it leave, or come.
    var isOutOfSight = false
    var decision: Passage.Decision?
    var earlier: Passage.Decision?
    /// Tags that it may have brought, until it is known that they are no other lane's.
    var doubtful: [Passage.Read] = []
    /// When to find out more of them.
    var askAgainAt: Instant?
    var reads: [Passage.Read] = []
    var readsLeftOut = 0
    var edges: [Edge] = []
    var edgesLeftOut = 0
    /// Which detectors its front has crossed, and its rear: a bit each.
    private var fronts: UInt8 = 0
    private var rears: UInt8 = 0
    /// Its way over the second detector.
    var second: SecondCrossing?
    /// It came to the second detector, which lies behind the first, first.
    var isWrongWay = false
    var pending: [PendingTrigger] = []
    var triggers: [Passage.Trigger] = []
    var triggersLeftOut = 0
    var flags: Passage.Flags = []

    init(id: PassageID, start: Instant, withoutDetector: Bool) {
        self.id = id
        self.start = start
        self.withoutDetector = withoutDetector
        if withoutDetector { flags.insert(.withoutDetector) }
    }

    /// Whether it has still to come to the detector. Without a detector that sees it come, it is awaited by none.
    func awaits(_ detector: DetectorNumber) -> Bool {
        !withoutDetector && fronts & Self.bit(detector) == 0
    }

    func isOver(_ detector: DetectorNumber) -> Bool { (fronts & ~rears) & Self.bit(detector) != 0 }

    /// It is awaited at the detector no more.
    mutating func miss(_ detector: DetectorNumber) {
        guard awaits(detector) else { return }
        fronts |= Self.bit(detector)
        rears |= Self.bit(detector)
    }

    /// Notes that an end of the vehicle has crossed a detector.
    mutating func cross(_ edge: Edge, isSecond: Bool) {
        add(edge)
        let bit = Self.bit(edge.detector)
        fronts |= bit
        if edge.isOccupied { rears &= ~bit } else { rears |= bit }
        guard isSecond else { return }
        if edge.isOccupied {
            second = SecondCrossing(on: edge.at, off: nil)
        } else if let on = second?.on {
            second?.off = max(edge.at, on)
        }
    }

    /// It was over the second detector a moment ago, and is again: a trailer, or a detector that bounces.
    mutating func comeBack(to edge: Edge) {
        add(edge)
        rears &= ~Self.bit(edge.detector)
        second?.off = nil
    }

    /// A lane has at most eight detectors.
    private static func bit(_ detector: DetectorNumber) -> UInt8 { 1 << (detector.number & 7) }

    /// Whether a tag that may decide here has been read.
    var hasOwnTag: Bool { reads.contains { $0.first.tag != nil && !$0.decidedElsewhere } }

    /// Whether one has been read that is its own, or may be.
    var mayHaveTag: Bool {
        guard doubtful.isEmpty else { return true }
        return hasOwnTag
    }

    /// Whether a tag may still decide it: nothing has, or nothing but the lack of a tag that could be read, and once.
    var mayBeRevised: Bool {
        guard let decision else { return true }
        return earlier == nil && decision.outcome.canBeRevised
    }

    /// Whether a tag that is not approved is in the vehicle.
    var hasDeniedTag: Bool { reads.hasDeniedTag }

    /// Adds a read; the record keeps the first `Passage.mostReads`, an approved one always.
    mutating func add(_ read: Passage.Read) {
        let displaces =
            read.first.judgement.outcome.isApproval
            && !reads.contains { $0.first.judgement.outcome.isApproval }
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
        if let index = reads.firstIndex(where: { $0.first.isSameTag(as: read) }) {
            reads[index].repeats += 1
            reads[index].last = max(reads[index].last, read.at)
            return true
        }
        guard let index = doubtful.firstIndex(where: { $0.first.isSameTag(as: read) }) else { return false }
        doubtful[index].repeats += 1
        doubtful[index].last = max(doubtful[index].last, read.at)
        return true
    }

    mutating func add(_ edge: Edge) {
        if edges.count < Passage.mostEdges {
            // Most vehicles have two or four, whose room is taken at once.
            if edges.isEmpty { edges.reserveCapacity(4) }
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
        self.decision?.reads = reads.count
        refreshFlags()
    }

    /// Marks the tags that are another vehicle's.
    mutating func disown(where isElsewhere: (Passage.Read) -> Bool) {
        for index in reads.indices where !reads[index].decidedElsewhere {
            reads[index].decidedElsewhere = isElsewhere(reads[index])
        }
        refreshFlags()
    }

    private mutating func refreshFlags() {
        let decision = decision
        flags.formUnion(reads.flags(decided: decision?.outcome))
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
