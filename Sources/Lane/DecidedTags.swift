/// Which tag was decided in which lane a moment ago, for the whole station: a tag decides in one lane only.
package struct DecidedTags: Sendable {
    /// Eight lanes at two vehicles a second for sixty seconds, the longest `crossLane`, and some.
    package static let most = 1_024

    private struct Entry {
        let tag: TagNumber
        let lane: LaneNumber
        let at: Instant
    }
    /// Oldest first.
    private var entries: [Entry] = []

    package init() {}

    /// Another lane that has decided this tag since `since`.
    func lane(of tag: TagNumber, since: Instant, otherThan lane: LaneNumber) -> LaneNumber? {
        for entry in entries.reversed() {
            if entry.at < since { return nil }
            if entry.tag == tag, entry.lane != lane { return entry.lane }
        }
        return nil
    }

    /// Remembers a decision; what is older than `since` or too much is forgotten.
    mutating func insert(_ tag: TagNumber, lane: LaneNumber, at: Instant, forgetBefore since: Instant) {
        let stale = entries.prefix { $0.at < since }.count
        entries.removeFirst(max(stale, entries.count + 1 - Self.most))
        entries.append(Entry(tag: tag, lane: lane, at: at))
    }
}
