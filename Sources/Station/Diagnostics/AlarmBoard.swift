import Lane

/// Which alarms are set, on what, and since when.
package struct AlarmBoard: Sendable {
    /// One alarm on one subject: a reader's, camera's or list's name, a lane's number, or nothing.
    package struct Entry: Hashable, Sendable {
        package let alarm: Alarm
        package let subject: String
        /// The cause, in one line.
        package var reason: String
        package let since: Instant
    }

    /// A change that is to be logged and recorded.
    package struct Change: Hashable, Sendable {
        package let entry: Entry
        package let isSet: Bool
    }

    /// In the order in which they were set. There are as many as alarms × devices at the most.
    package private(set) var entries: [Entry] = []

    /// Whether an alarm stands.
    package func isSet(_ alarm: Alarm, on subject: String) -> Bool {
        entries.contains { $0.alarm == alarm && $0.subject == subject }
    }

    /// Sets or clears an alarm; nil when nothing changes.
    package mutating func set(
        _ alarm: Alarm, on subject: String, _ isSet: Bool, because reason: String = "", at now: Instant
    ) -> Change? {
        let index = entries.firstIndex { $0.alarm == alarm && $0.subject == subject }
        switch (index, isSet) {
        case (nil, true):
            let entry = Entry(alarm: alarm, subject: subject, reason: reason, since: now)
            entries.append(entry)
            return Change(entry: entry, isSet: true)
        case (.some(let index), true):
            entries[index].reason = reason
            return nil
        case (.some(let index), false): return Change(entry: entries.remove(at: index), isSet: false)
        case (nil, false): return nil
        }
    }
}
