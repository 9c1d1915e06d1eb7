import Lane

/// A passage for those who watch: told when it is decided, revised and closed.
package struct PassageNotice: Hashable, Sendable {
    package enum Moment: String, Codable, Hashable, Sendable {
        case decided
        case revised
        case closed
        case stray
    }

    package let moment: Moment
    package let sequence: Sequence?
    package let lane: LaneNumber
    package let utc: UTC
    package let outcome: Outcome
    package let tag: TagNumber?
    /// The word for what the head shows for it.
    package let aspect: String
    package let photos: Int
    package let flags: Passage.Flags
    /// Speed, length and direction, once the vehicle has gone.
    package let motion: Motion?
    /// From the passage's time to its decision.
    package let decidedAfter: Interval
}
