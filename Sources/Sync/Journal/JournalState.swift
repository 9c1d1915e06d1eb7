import Exchange
import Lane

/// What a journal says of itself when it has been opened.
package struct JournalState: Hashable, Sendable {
    package var journal: JournalID
    /// The last sealed record; 0 when there is none. Opening seals everything, so the next record is the one after it.
    package var sealedUpTo: Sequence
    /// Central has everything up to here, as far as we know.
    package var acknowledgedUpTo: Sequence
    /// The first read's number that this journal has not used.
    package var nextRead: ReadID
    /// The last durable frame of each reader, by its configured name.
    package var readers: [String: ReaderPosition]
    /// Records found open, and sealed as they stood.
    package var recovered: Int
    /// Reads found in no record, which now have one each.
    package var readsRecovered: Int
    /// The latest that the file tells of the run before; nil in a new journal, or when no clock reaches from there to here.
    package var lastMoment: LastMoment?
    /// What a damaged file is called now, and why it was set aside.
    package var setAside: SetAside?
    /// The journals that were given up for it; nil: none was.
    package var succession: Succession?
    /// Whether there are journals beside it out of which something may be salvaged.
    package var hasSalvage = false

    /// A moment of an earlier run, on the clock by which it can be compared with now.
    package enum LastMoment: Hashable, Sendable {
        /// In this run of the kernel: monotonic time goes on, whatever the civil clock did.
        case sinceBoot(Instant)
        /// Before the computer started, when the civil clock was good.
        case civil(UTC)

        /// How long before that moment it was; nil when the civil clock does not say.
        package func downtime(before stamp: Stamp) -> Interval? {
            let downtime: Interval
            switch self {
            case .sinceBoot(let instant): downtime = stamp.at - instant
            case .civil(let utc):
                guard stamp.clock == .good else { return nil }
                downtime = .milliseconds(stamp.utc.milliseconds - utc.milliseconds)
            }
            return downtime < .zero ? nil : downtime
        }
    }

    /// Journals that running programs gave up, one for the other, up to this one.
    package struct Succession: Hashable, Sendable {
        package let count: Int
        /// How long ago the last was; none, where the clocks do not say.
        package let age: Interval

        package init(count: Int, age: Interval) {
            self.count = count
            self.age = age
        }

        init?(_ givenUp: [GivenUpJournal], _ stamp: Stamp) {
            guard let last = givenUp.last else { return nil }
            let utc = stamp.clock == .good ? last.at : nil
            let age = utc.map { Interval.milliseconds(stamp.utc.milliseconds - $0.milliseconds) } ?? .zero
            self.init(count: givenUp.count, age: max(age, .zero))
        }
    }

    /// A file that could not be used.
    package struct SetAside: Hashable, Sendable {
        package let path: String
        package let reason: String

        package init(path: String, reason: String) {
            self.path = path
            self.reason = reason
        }
    }

    package init(
        journal: JournalID, sealedUpTo: Sequence = Sequence(0), acknowledgedUpTo: Sequence = Sequence(0),
        nextRead: ReadID = ReadID(1), readers: [String: ReaderPosition] = [:], recovered: Int = 0,
        readsRecovered: Int = 0, lastMoment: LastMoment? = nil, setAside: SetAside? = nil
    ) {
        self.journal = journal
        self.sealedUpTo = sealedUpTo
        self.acknowledgedUpTo = acknowledgedUpTo
        self.nextRead = nextRead
        self.readers = readers
        self.recovered = recovered
        self.readsRecovered = readsRecovered
        self.lastMoment = lastMoment
        self.setAside = setAside
    }
}
