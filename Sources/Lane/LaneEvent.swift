/// What a lane hears.
package enum LaneEvent: Hashable, Sendable {
    /// A detector's level as it stood when the program started, or when the detector came back.
    case level(DetectorNumber, isOccupied: Bool)
    case edge(Edge)
    case read(TagRead)
    /// The reader of this lane has fallen silent or reports faults, or is well again.
    case reader(isDown: Bool)
    /// The detector line can or cannot be read.
    case detector(isAbsent: Bool)
    /// The moment that the last `.wake` asked for.
    case wake
    /// The station stops: close what is open as it stands.
    case stop
}

/// What a lane wants done, in this order. A passage is some 250 bytes: it stands in a box, so that a wake is not as long.
package enum LaneAction: Hashable, Sendable {
    /// A vehicle has been decided: light its outcome, give it a sequence, write it down.
    indirect case decided(Passage)
    /// A late read has revised the decision, once. `lights` is false when the vehicle has passed the head.
    indirect case revised(Passage, lights: Bool)
    /// Take a photo for this passage now.
    case trigger(PassageID, Passage.Trigger)
    /// Nothing more will change in this passage.
    indirect case closed(Passage)
    /// A read that no vehicle of this lane carried.
    indirect case stray(StrayRead)
    /// The lane changed the way it works.
    case state(LaneState)
    /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
    case wake(Instant?)
}

/// A tag that was read without a vehicle: a tag in the post, a vehicle beside the lane, a read that came too late.
package struct StrayRead: Hashable, Sendable {
    package let lane: LaneNumber
    package let read: Passage.Read
    package init(lane: LaneNumber, read: Passage.Read) {
        self.lane = lane
        self.read = read
    }
}

/// How a lane finds its vehicles.
package enum LaneState: UInt8, Hashable, Sendable {
    /// The detector opens and closes presences.
    case normal
    /// No detector is configured, or its line is away: reads alone open passages; no tag cannot be told.
    case withoutDetector
    /// The detector was occupied at the start: its release opens nothing.
    case occupiedAtStart
    /// The detector does not let go while tags come and go: works as without it.
    case detectorStuck
}
