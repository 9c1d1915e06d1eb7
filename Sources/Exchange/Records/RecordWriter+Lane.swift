import Lane

extension RecordWriter {
    /// Counts in a record stop here (repeats, left out), so that their digits are bounded: one in every 3 ms of the longest passage.
    static let mostCounted = 99_999

    /// Offsets in a record stop here, about 16 minutes: longer than the longest passage (`passageMax`, 5 minutes) with its windows.
    static let farthest = Interval(nanoseconds: 999_999_999_999)

    /// How long after the start a moment was, in nanoseconds, negative for before.
    mutating func offset(_ name: StaticString, of instant: Instant, from start: Instant) {
        integer(name, Self.distance(to: instant, from: start))
    }

    /// The same in an array.
    mutating func offset(of instant: Instant, from start: Instant) {
        integer(Self.distance(to: instant, from: start))
    }

    /// `[epoch,version]`: arrays compare as list versions do, in `jq` too.
    mutating func version(_ name: StaticString, _ list: ListVersion) {
        openArray(name)
        integer(list.epoch)
        integer(list.version)
        closeArray()
    }

    /// A tag's number in clear, `TagNumber.recordText`.
    mutating func tag(_ name: StaticString, _ tag: TagNumber) {
        begin(name)
        put("\"")
        put(TagNumber.recordWord(of: tag.system))
        put(":")
        if let (value, count) = tag.digits { digits(value, count: count) } else { put(tag.characters) }
        put("\"")
        endValue()
    }

    private static func distance(to instant: Instant, from start: Instant) -> Int64 {
        let (apart, overflow) = instant.nanoseconds.subtractingReportingOverflow(start.nanoseconds)
        let distance = overflow ? (instant < start ? Int64.min : .max) : apart
        return min(max(distance, -farthest.nanoseconds), farthest.nanoseconds)
    }
}
