/// One lane: takes edges and reads, decides each vehicle, and says what is to be done.
///
///     clear ──edge on──▶ occupied ──edge off──▶ gap ──gapHold──▶ clear
///                           ▲                    │
///                           └──edge on, no new tag (a trailer)
///
/// A *presence* lives from the leading edge until its passage is closed, which is later than the trailing edge. Reads come
/// before, during and after it. `LaneMachine+Reads` gives them to presences, `+Detector` opens and ends presences,
/// `+SecondDetector` tells how they went, `+Arbitration` tells whose a tag is, `+Decisions` decides them,
/// `+Timers` does what is due.
package struct LaneMachine: Sendable {
    /// What the passage detector says of the space under it.
    enum Occupancy: Hashable {
        /// No level has been told yet.
        case unknown
        case clear
        /// A vehicle is under the detector; its passage may have been closed by `passageMax`.
        case occupied(PassageID, since: Instant)
        /// The detector has let go less than `gapHold` ago: a trailer may follow.
        case gap(PassageID, since: Instant)
        /// Occupied since before we looked: the release opens nothing.
        case occupiedAtStart
        /// Occupied longer than `stuckAfter` while tags came and went.
        case stuck
        /// There is no detector, or its line is away.
        case absent
    }

    /// More tags than two vehicles in the zone carry: so many different ones were read under a detector that did not let go.
    static let stuckTags = 4
    /// Vehicles between their leading edge and their close; a lane of 2 vehicles a second closes each within a few seconds.
    static let mostPresences = 64
    /// Reads that wait for a vehicle.
    static let mostWaiting = 64

    /// How long a tag waits behind a vehicle that stands: a minute less than the ledger waits for what comes of a read.
    static let longestHeldUp = Interval.minutes(5)

    let settings: LaneSettings
    /// Whether tags are arbitrated between this lane and others.
    let isContested: Bool
    let windows: LaneWindows
    /// Nil: speed, length and direction cannot be told.
    let second: SecondDetector?
    var occupancy: Occupancy
    /// The different tags that were read since the detector was occupied, the first `stuckTags`.
    var tagsMeanwhile: [TagNumber] = []
    /// In order of their leading edges.
    var presences: [Presence] = []
    /// In order of their reads.
    var waiting: [WaitingRead] = []
    /// Tags of the vehicle that is still over the detector although its passage was closed: they are no other vehicle's.
    var standing: [TagNumber] = []
    /// Vehicles that have crossed the second detector and have not come to the passage detector, in order.
    var ahead: [SecondCrossing] = []
    /// When vehicles came whose passage was closed before they reached the second detector behind it.
    var owed: [Instant] = []
    var readerIsDown = false
    var wakeAsked: Instant?
    /// The moment up to which everything that was due is done.
    private var lived = Instant(nanoseconds: .min)
    private var passagesOpened: UInt64 = 0

    /// - Parameter isContested: other lanes of the station have antennas that may hear this one's tags.
    package init(_ settings: LaneSettings, isContested: Bool = false) {
        self.settings = settings
        self.isContested = isContested && settings.arbitration > .zero
        windows = LaneWindows(settings.geometry)
        second = SecondDetector(settings.geometry)
        occupancy = settings.geometry.detectors.isEmpty ? .absent : .unknown
    }

    /// How the lane finds its vehicles now.
    package var state: LaneState {
        switch occupancy {
        case .unknown, .clear, .occupied, .gap: .normal
        case .occupiedAtStart: .occupiedAtStart
        case .stuck: .detectorStuck
        case .absent: .withoutDetector
        }
    }

    /// Takes one event. `now` never goes back; what happened may lie before it.
    ///
    /// - Parameter memory: what the station knows of tags, shared by its lanes.
    package mutating func handle(_ event: LaneEvent, at now: Instant, memory: inout TagMemory)
        -> [LaneAction]
    {
        var actions: [LaneAction] = []
        handle(event, at: now, memory: &memory, into: &actions)
        return actions
    }

    /// The same for millions of events: the actions go behind those of an array that the caller uses again.
    package mutating func handle(
        _ event: LaneEvent, at now: Instant, memory: inout TagMemory, into actions: inout [LaneAction]
    ) {
        var turn = Turn(now: now, memory: memory, actions: actions)
        // Taken over, not copied: they come back at the end.
        memory = TagMemory()
        actions = []
        let before = state
        if case .edge(let edge) = event { live(to: min(edge.at, now), &turn) }
        lived = turn.now
        switch event {
        case .level(let detector, let isOccupied): takeLevel(detector, isOccupied, &turn)
        case .edge(let edge): take(edge, &turn)
        case .read(let read): take(read, &turn)
        case .reader(let isDown): readerIsDown = isDown
        case .detector(let isAbsent): takeDetector(isAbsent: isAbsent, &turn)
        case .wake: wakeAsked = nil
        case .stop: stop(&turn)
        }
        doWhatIsDue(&turn)
        if state != before { turn.actions.append(.state(state)) }
        let next = nextWake()
        if next != wakeAsked {
            wakeAsked = next
            turn.actions.append(.wake(next))
        }
        memory = turn.memory
        actions = turn.actions
    }

    /// An edge that waited, because the station stood still, is taken at its own moment, and what was due before it is done before it: the
    /// lane makes of its vehicles what it would have made of them in time.
    private mutating func live(to moment: Instant, _ turn: inout Turn) {
        let moment = max(lived, moment)
        var due = wakeAsked
        turn.now = lived
        while let next = due, next > turn.now, next < moment {
            turn.now = next
            doWhatIsDue(&turn)
            due = nextWake()
        }
        turn.now = moment
    }

    /// Whether a vehicle is over the detector whose passage is closed.
    var isOverClosed: Bool {
        guard case .occupied(let id, _) = occupancy else { return false }
        return index(of: id) == nil
    }

    /// Whether reads alone open passages now.
    var opensByReads: Bool {
        switch occupancy {
        case .absent, .stuck, .occupiedAtStart: true
        case .unknown, .clear, .occupied, .gap: false
        }
    }

    /// The vehicle is over the detector.
    mutating func occupy(_ id: PassageID, since moment: Instant) {
        occupancy = .occupied(id, since: moment)
        tagsMeanwhile.removeAll(keepingCapacity: true)
    }

    /// Where a presence is. Looked for by its place: a closure would copy each vehicle with all its arrays.
    func index(of id: PassageID) -> Int? {
        for index in presences.indices where presences[index].id == id { return index }
        return nil
    }

    mutating func newPassageID() -> PassageID {
        passagesOpened += 1
        return PassageID(passagesOpened, in: settings.lane)
    }
}

/// One call of `handle`: its time, what it has to say, and the station's memory while it runs.
struct Turn {
    var now: Instant
    var memory: TagMemory
    var actions: [LaneAction]
    /// A vehicle takes several reads at once: it is decided when it has them all.
    var isGathering = false
}
