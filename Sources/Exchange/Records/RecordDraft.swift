import Lane

/// What becomes a record: its content, before it has a sequence and bytes. A passage stands in a box: drafts wait and are handed on.
package enum RecordDraft: Hashable, Sendable {
    /// A vehicle, with what became of its photos; triggers without a result are written as unsettled.
    indirect case passage(Passage, photos: [PhotoResult])
    /// A tag that no vehicle carried.
    case strayRead(StrayRead)
    /// A read that is given to no vehicle, because nobody can say when or where it was.
    case replayedRead(ReplayedRead)
    case event(StationEvent)
    /// Vehicles that are known to be missing.
    case gap(Gap)
    /// Records of the journal itself that are known to be missing.
    case lost(LostRecords)
}

/// When a record was made: one moment on both clocks, from which the UTC of every other moment in the record follows.
package struct Stamp: Hashable, Sendable {
    package var at: Instant
    /// The civil time at `at`.
    package var utc: UTC
    package var clock: ClockQuality

    package init(at: Instant, utc: UTC, clock: ClockQuality) {
        self.at = at
        self.utc = utc
        self.clock = clock
    }

    /// The civil time at another moment of the same run, rounded down to the millisecond; it stops at the ends of `Int64`.
    package func utc(at other: Instant) -> UTC {
        let (apart, overflow) = other.nanoseconds.subtractingReportingOverflow(at.nanoseconds)
        let distance = overflow ? (other < at ? Int64.min : .max) : apart
        let milliseconds = distance / 1_000_000 - (distance % 1_000_000 < 0 ? 1 : 0)
        let (sum, tooFar) = utc.milliseconds.addingReportingOverflow(milliseconds)
        return UTC(milliseconds: tooFar ? (milliseconds < 0 ? .min : .max) : sum)
    }
}
