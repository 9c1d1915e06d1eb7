import Lane

/// Vehicles that were decided and could not be recorded: the journal was not writable and the memory for them was full.
package struct Gap: Hashable, Sendable {
    package let lane: LaneNumber
    /// The first vehicle's time.
    package let from: Instant
    /// The last vehicle's time.
    package let to: Instant
    /// How many.
    package let count: Int

    package init(lane: LaneNumber, from: Instant, to: Instant, count: Int) {
        self.lane = lane
        self.from = from
        self.to = to
        self.count = count
    }
}
