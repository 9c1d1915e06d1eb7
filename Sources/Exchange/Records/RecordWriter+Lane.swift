import Lane

extension RecordWriter {
    /// Counts in a record stop here (repeats, left out), so that their digits are bounded.
    static let mostCounted = 999_999

    /// Offsets in a record stop here, about 16 minutes: longer than the longest passage (`passageMax`, 5 minutes) with its windows.
    static let farthest = Interval(nanoseconds: 999_999_999_999)

    /// How long after the start a moment was, in nanoseconds, negative for before.
    mutating func offset(_ name: String?, of instant: Instant, from start: Instant) {
        let (apart, overflow) = instant.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
        let distance = overflow ? (instant < start ? Int64.min : .max) : apart
        integer(name, min(max(distance, -Self.farthest.nanoseconds), Self.farthest.nanoseconds))
    }

    /// `[epoch,version]`: arrays compare as list versions do, in `jq` too.
    mutating func version(_ name: String, _ list: ListVersion) {
        openArray(name)
        integer(nil, list.epoch)
        integer(nil, list.version)
        closeArray()
    }
}
