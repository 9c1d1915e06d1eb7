/// One lane: takes edges and reads, decides each vehicle, and says what is to be done.
///
///     clear ──edge on──▶ occupied ──edge off──▶ gap ──gapHold──▶ clear
///                           ▲                    │
///                           └──edge on, no new tag (a trailer)
///
/// A *presence* lives from the leading edge until its passage is closed, which is later than the trailing edge. Reads come
/// before, during and after it. `LaneMachine+Reads` gives them to presences, `+Detector` opens and ends presences,
/// `+Decisions` decides them, `+Timers` does what is due.
package struct LaneMachine: Sendable {
    /// What the passage detector says of the space under it.
    enum Occupancy: Hashable {
        /// No level has been told yet.
        case unknown
        case clear
        /// A vehicle is under the detector; its passage may have been closed by `passageMax`.
        case occupied(PassageID, since: Instant, tags: [TagNumber])
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

    let settings: LaneSettings
    let windows: LaneWindows
    var occupancy: Occupancy
    /// In order of their leading edges.
    var presences: [Presence] = []
    /// In order of their reads.
    var waiting: [WaitingRead] = []
    /// Tags of the vehicle that is still over the detector although its passage was closed: they are no other vehicle's.
    var standing: [TagNumber] = []
    var readerIsDown = false
    var wakeAsked: Instant?
    private var passagesOpened: UInt64 = 0

    package init(_ settings: LaneSettings) {
        self.settings = settings
        windows = LaneWindows(settings.geometry)
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
    /// - Parameter decided: the station's memory of decided tags, shared by its lanes.
    package mutating func handle(_ event: LaneEvent, at now: Instant, decided: inout DecidedTags) -> [LaneAction] {
        var turn = Turn(now: now, decided: decided)
        // Taken over, not copied: it comes back at the end.
        decided = DecidedTags()
        let before = state
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
        decided = turn.decided
        return turn.actions
    }

    mutating func newPassageID() -> PassageID {
        passagesOpened += 1
        return PassageID(passagesOpened, in: settings.lane)
    }
}

/// One call of `handle`: its time, what it has to say, and the station's memory while it runs.
struct Turn {
    let now: Instant
    var decided: DecidedTags
    var actions: [LaneAction] = []
}
