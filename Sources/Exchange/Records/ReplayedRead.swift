import Lane

/// A read that a reader or our own journal gave back later: a record of its own, no light, no photo, never given to a vehicle.
package struct ReplayedRead: Hashable, Sendable {
    /// What was read. It is not looked up: what the list said then is not known.
    package enum Content: Hashable, Sendable {
        case tag(TagNumber)
        case malformed
        case unreadable
    }

    /// When it was read, as far as anybody knows.
    package enum Moment: Hashable, Sendable {
        case at(Instant)
        /// After the first, where that is known, and before the second.
        case between(Instant?, Instant)
        /// As it was journalled in an earlier run, whose monotonic clock was another.
        case earlier(boot: String, at: Instant, utc: UTC)
    }

    /// Why it stands alone; the raw value is the word in records.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// Taken by the reader before the session with it was synchronised.
        case beforeSynchronised
        /// Heard at an antenna port that no lane is configured for.
        case unknownAntenna
        /// Journalled before a crash, and in no record.
        case withoutRecord
    }

    package let id: ReadID
    /// The reader's configured name.
    package let reader: String
    /// Nil where the reader does not say.
    package let antenna: AntennaNumber?
    package let content: Content
    package let moment: Moment
    package let reason: Reason

    package init(
        id: ReadID, reader: String, antenna: AntennaNumber?, content: Content, moment: Moment, reason: Reason
    ) {
        self.id = id
        self.reader = reader
        self.antenna = antenna
        self.content = content
        self.moment = moment
        self.reason = reason
    }
}
