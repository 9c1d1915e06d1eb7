/// One vehicle through one lane, as the station knows it.
package struct Passage: Hashable, Sendable {
    /// An outcome with the time and the list it was decided by.
    package struct Decision: Hashable, Sendable {
        package let outcome: Outcome
        /// The tag that decided; nil when none did.
        package let tag: TagNumber?
        package let list: ListVersion?
        package let at: Instant
        /// How many of the passage's reads it was made of, the first ones: with them it can be derived again (I4).
        package internal(set) var reads = 0

        package init(_ outcome: Outcome, tag: TagNumber?, list: ListVersion?, at: Instant, reads: Int = 0) {
            self.outcome = outcome
            self.tag = tag
            self.list = list
            self.at = at
            self.reads = reads
        }
    }

    /// A read that belongs to the passage, with how often the same tag was read again.
    package struct Read: Hashable, Sendable {
        package let first: TagRead
        package var repeats: Int
        package var last: Instant
        /// It decided another vehicle, in this lane or another, within `crossLane`, or another lane has the better claim: recorded here,
        /// and decides nothing.
        package var decidedElsewhere: Bool

        package init(_ first: TagRead, decidedElsewhere: Bool) {
            self.first = first
            self.decidedElsewhere = decidedElsewhere
            repeats = 0
            last = first.at
        }
    }

    /// A camera that was triggered for the passage.
    package struct Trigger: Hashable, Sendable {
        package let camera: CameraNumber
        package let at: Instant

        package init(camera: CameraNumber, at: Instant) {
            self.camera = camera
            self.at = at
        }
    }

    /// What a reader of the record should know beside the outcome.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// More than one tag was in the vehicle.
        package static let secondTag = Flags(rawValue: 1 << 0)
        /// A tag that is not approved was beside the one that decided.
        package static let deniedBeside = Flags(rawValue: 1 << 1)
        /// The decision was revised by a late read.
        package static let revised = Flags(rawValue: 1 << 2)
        /// A tag was heard here that decided another vehicle, or belongs to another lane.
        package static let decidedElsewhere = Flags(rawValue: 1 << 3)
        /// Opened by a read alone: no detector, or the detector is stuck.
        package static let withoutDetector = Flags(rawValue: 1 << 4)
        /// Closed by `passageMax` while the vehicle was still there.
        package static let tooLong = Flags(rawValue: 1 << 5)
        /// Closed by a stop of the station before its windows were over.
        package static let cutByStop = Flags(rawValue: 1 << 6)
        /// Found open in the journal at a start, and closed as it stood.
        package static let recovered = Flags(rawValue: 1 << 7)
        /// Decided by a list older than its `staleAfter`.
        package static let staleList = Flags(rawValue: 1 << 8)
        /// The clock was not good: validity dates were not enforced.
        package static let clockNotGood = Flags(rawValue: 1 << 9)
        /// Sealed by `sealAfter` before all its photos were settled.
        package static let sealedEarly = Flags(rawValue: 1 << 10)
        /// More reads, edges or triggers than the record keeps; the counts say how many.
        package static let truncated = Flags(rawValue: 1 << 11)
        /// It went against the lane's direction of travel: it is no passage to charge, and the lamp stayed dark.
        package static let wrongWay = Flags(rawValue: 1 << 12)
        /// The vehicle drove between two lanes and was approved in the other one: it is no second passage, and no photo is kept.
        package static let straddling = Flags(rawValue: 1 << 13)
        /// Decided by a list that was used from the start on, before all of it had been read and found good.
        package static let listUnverified = Flags(rawValue: 1 << 14)

        /// Each flag with the word that records and documents use.
        package static let words: [(Flags, String)] = [
            (.secondTag, "secondTag"), (.deniedBeside, "deniedBeside"), (.revised, "revised"),
            (.decidedElsewhere, "decidedElsewhere"), (.withoutDetector, "withoutDetector"), (.tooLong, "tooLong"),
            (.cutByStop, "cutByStop"), (.recovered, "recovered"), (.staleList, "staleList"),
            (.clockNotGood, "clockNotGood"), (.sealedEarly, "sealedEarly"), (.truncated, "truncated"),
            (.wrongWay, "wrongWay"), (.straddling, "straddling"), (.listUnverified, "listUnverified"),
        ]
    }

    /// Bounds of the record, so that its bytes are bounded (`Record.mostBytes`).
    package static let mostReads = 8
    package static let mostEdges = 12
    package static let mostTriggers = 4

    package let id: PassageID
    package let lane: LaneNumber
    /// The time of the passage: the leading edge at the lane's named detector, or the first read where there is none.
    package let start: Instant
    /// The last trailing edge, or the last read; nil while the vehicle is there.
    package var end: Instant?
    package var decision: Decision
    /// The decision that a late read revised.
    package var earlier: Decision?
    package var reads: [Read]
    package var readsLeftOut = 0
    package var edges: [Edge]
    package var edgesLeftOut = 0
    package var triggers: [Trigger]
    package var triggersLeftOut = 0
    package var flags: Flags
    /// Speed, length and direction; nil in a lane without a second detector, and where its edges come to nothing plausible.
    package var motion: Motion?
    /// Whether the photos of this passage are to be kept; final once the passage is closed.
    package var photosAreDue: Bool

    package init(id: PassageID, lane: LaneNumber, start: Instant, decision: Decision) {
        self.id = id
        self.lane = lane
        self.start = start
        self.decision = decision
        reads = []
        edges = []
        triggers = []
        flags = []
        photosAreDue = false
    }
}
