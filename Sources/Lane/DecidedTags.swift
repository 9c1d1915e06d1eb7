/// Which tags have decided a vehicle a moment ago, for the whole station: a tag decides one vehicle only. What is heard of it
/// later, in another lane or behind its own vehicle, must not make another vehicle's passage approved.
package struct DecidedTags: Sendable {
    /// Eight lanes at two vehicles a second for sixty seconds, the longest `crossLane`, and some.
    package static let most = 1_024

    private struct Entry {
        let tag: TagNumber
        let at: Instant
    }
    /// In the order of their decisions; a read that waited for its vehicle comes after later reads.
    private var entries: [Entry] = []

    package init() {}

    /// Whether a vehicle was decided by this tag since `since`, in any lane.
    func contains(_ tag: TagNumber, since: Instant) -> Bool {
        entries.contains { $0.tag == tag && $0.at >= since }
    }

    /// Remembers a decision; what is older than `since` or too much is forgotten.
    mutating func insert(_ tag: TagNumber, at: Instant, forgetBefore since: Instant) {
        let stale = entries.prefix { $0.at < since }.count
        entries.removeFirst(max(stale, entries.count + 1 - Self.most))
        entries.append(Entry(tag: tag, at: at))
    }
}
