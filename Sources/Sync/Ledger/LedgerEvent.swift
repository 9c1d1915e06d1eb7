import Exchange
import Lane

/// What the ledger hears.
package enum LedgerEvent: Hashable, Sendable {
    /// The program has started.
    case start
    /// The journal is open, after a start or as a new one.
    case opened(JournalState)
    case openFailed(JournalFailure)

    /// A reader delivered a read; it is told `.durable` when a commit with it has returned.
    case read(ReadRow)
    /// A read that goes to no lane: reader's position and record are one commit.
    case replayedRead(ReplayedRead, ReaderPosition, Stamp)
    /// A record that is complete at once: an event, a stray read.
    case record(RecordDraft, Stamp)
    case passageDecided(Passage, Stamp)
    case passageRevised(Passage, Stamp)
    /// Nothing more will change in the passage but its photos; how many of them have no result yet.
    case passageClosed(Passage, photosAwaited: Int, Stamp)
    /// Results of the passage's photos; once it is closed, these are the last ones.
    case photosSettled(PassageID, [PhotoResult], Stamp)

    case committed(Int, CommitResult)
    case failed(Int, JournalFailure)
    /// The uploader's word: central has everything up to here.
    case acknowledged(upTo: Sequence, rejected: [BatchAnswer.Rejection])
    case photoSent(PhotoName)
    case photoRefused(PhotoName, reason: String)
    /// The uploader's word: this record cannot be delivered, and central has that digest before it.
    case lose(from: Sequence, after: Digest)
    /// Central has more than we, or another digest: our disk was restored.
    case beginNewJournal
    /// The moment that the last `.wake` asked for.
    case wake

    /// The disk had no room for it.
    package var isForWantOfRoom: Bool {
        switch self {
        case .openFailed(let failure), .failed(_, let failure): failure.isFull
        case .start, .opened, .lose, .read, .replayedRead, .record, .passageDecided, .passageRevised, .passageClosed,
            .photosSettled, .committed, .acknowledged, .photoSent, .photoRefused, .beginNewJournal, .wake:
            false
        }
    }

    /// The disk has done, or not, what it was asked for.
    package var isAnswer: Bool {
        switch self {
        case .opened, .openFailed, .committed, .failed: true
        case .start, .lose, .read, .replayedRead, .record, .passageDecided, .passageRevised, .passageClosed,
            .photosSettled, .acknowledged, .photoSent, .photoRefused, .beginNewJournal, .wake:
            false
        }
    }
}

/// What the ledger wants done, in this order.
package enum LedgerAction: Hashable, Sendable {
    /// Open the journal, or make it; answer `.opened` or `.openFailed`.
    case open(settingAside: Bool)
    /// One transaction; answer `.committed` or `.failed` with its number. One at a time.
    case commit(Int, [JournalWrite])
    /// These reads will survive any crash: acknowledge them.
    case durable([ReadID])
    /// The passage's name in this journal; a second time when a new journal was begun.
    case sequence(PassageID, Sequence)
    /// There was no room: the passage is counted in a gap and has no record, its photos go.
    case notKept(PassageID)
    /// Everything up to here is durable and will never change: it can be sent.
    case sealed(upTo: Sequence)
    /// Central has these photos: delete their files.
    case deletePhotos([PhotoName])
    /// These records will never be delivered; gaps stand in their place.
    case lost([LostRecords])
    case condition(LedgerCondition)
    /// Copy the write-ahead log into the file: nothing waits just now, or the log has grown too long.
    case checkpoint
    /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
    case wake(Instant?)
}

/// Whether what happens on the road is being written.
package enum LedgerCondition: Hashable, Sendable {
    case writable
    case notWritable(String)
}

/// What the ledger is told by configuration.
package struct LedgerSettings: Hashable, Sendable {
    /// A record is sealed after this, photos or not, so that it holds nothing back. 30 s to 10 min.
    package var sealAfter = Interval.seconds(120)
    /// How long a record is kept after central acknowledged it. 1 to 3 650 days.
    package var retention = Interval.days(90)
    /// The most records in memory that are not sealed: twice what eight lanes at 2 vehicles a second make in `sealAfter`.
    package var mostWaiting = 4_096
    /// Where antennas hang. The tag that one lane's vehicle has decided, heard in the next lane, is no repeat: that lane makes a record of it.
    package var laneOfAntenna: [AntennaNumber: LaneNumber] = [:]

    package init() {}
}
