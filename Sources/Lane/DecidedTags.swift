/// Which tags have decided a vehicle a moment ago, for the whole station: a tag decides one vehicle only. What is heard of it
/// later, in another lane or behind its own vehicle, must not make another vehicle's passage approved.
package struct DecidedTags: Sendable {
    /// Eight lanes at two vehicles a second for sixty seconds, the longest `crossLane`, and some.
    package static let most = 1_024

    private struct Entry {
        let tag: TagNumber
        var at: Instant
    }
    /// In the order of their decisions; a read that waited for its vehicle comes after later reads.
    private var entries: [Entry] = []

    package init() {}

    /// Whether a vehicle was decided by this tag since `since`, in any lane.
    func contains(_ tag: TagNumber, since: Instant) -> Bool {
        entries.contains { $0.tag == tag && $0.at >= since }
    }

    /// The tag was heard again: the time in which it decides no other vehicle begins anew.
    mutating func refresh(_ tag: TagNumber, at: Instant) {
        if let place = entries.lastIndex(where: { $0.tag == tag }) {
            entries[place].at = max(entries[place].at, at)
        } else {
            insert(tag, at: at, forgetBefore: at - .minutes(1))
        }
    }

    /// Remembers a decision; what is older than `since` or too much is forgotten.
    mutating func insert(_ tag: TagNumber, at: Instant, forgetBefore since: Instant) {
        entries.removeAll { $0.at < since }
        entries.removeFirst(max(0, entries.count + 1 - Self.most))
        entries.append(Entry(tag: tag, at: at))
    }
}
