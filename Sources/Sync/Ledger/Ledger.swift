import Exchange
import Lane

/// What goes into the journal and when: sequence numbers, group commit, sealing, retention. Pure; `Journal` carries it out.
///
/// * One commit at a time, and each takes all that waits: no timer, so a lone read is durable at once and a burst shares a sync.
/// * A record has its sequence from its making and is sealed in order, when it and its photos are final or after `sealAfter`.
/// * While the journal cannot be written, nothing is acknowledged, records wait up to a bound, and beyond it vehicles are counted;
///   the first record after that is a `gap`.
/// * A read that no record has taken up within `readsSettle` becomes a record of its own: what was acknowledged to a reader
///   is never only forgotten.
package struct Ledger: Sendable {
    /// A failed commit or opening is tried again after this: often enough for a disk that comes back, no load on one that does not.
    package static let retryAfter = Interval.seconds(2)
    /// An acknowledgement alone waits this long for a commit to share: after a crash central is asked again anyway.
    package static let noteWait = Interval.seconds(5)
    /// No lane still holds a read after this (`passageMax` at most 5 min, is 30 s by default, and its windows).
    package static let readsSettle = Interval.minutes(6)
    /// The most reads in memory that no record has taken up; a reader sends its next only after the acknowledgement.
    package static let mostReads = 4_096
    /// Records other than passages may go this far beyond `mostWaiting`: a few events and the gaps themselves.
    package static let reserve = 256
    /// The most records in one transaction, so that none takes long.
    package static let mostRecords = 1_024
    /// Records deleted in one commit.
    package static let deletedAtOnce = 512
    /// Pages in the log after which a quiet moment is used for a checkpoint (4 MB, SQLite's own default).
    package static let checkpointPages = 1_000
    /// Pages after which it is done in any case (64 MB), so that the log stays bounded.
    package static let mostLogPages = 16_000
    /// The most passages sealed early whose photos are still taken.
    package static let mostSealedEarly = 64

    /// How the journal stands.
    enum Phase: Hashable, Sendable {
        case notStarted
        case opening
        /// Opening failed.
        case closed(until: Instant)
        case idle
        case writing(Batch)
        /// The last commit failed.
        case failed(until: Instant)
    }

    /// What a commit under way has in it, beside the entries that are marked.
    struct Batch: Hashable, Sendable {
        let number: Int
        let reads: [ReadRow]
        let notes: [JournalWrite]
        /// It tells a new journal how far the readers were.
        let hasPositions: Bool
    }

    package let settings: LedgerSettings
    var phase = Phase.notStarted
    var nextSequence = Sequence(1)
    var lastCommit = 0
    private var nextRead: UInt64 = 1
    /// Nil until a journal is open.
    var numbering: ReadNumbering?

    /// Everything that is not durably sealed, in the order of the sequence.
    var entries: [LedgerEntry] = []
    /// Where a passage is among the entries, counted from the first entry ever.
    var places: [PassageID: Int] = [:]
    /// How many entries have left.
    var entriesGone = 0
    /// Passages that were sealed before their photos came.
    var sealedEarly: [SealedEarly] = []

    struct SealedEarly: Hashable, Sendable {
        let passage: PassageID
        let lane: LaneNumber
        let sequence: Sequence
    }

    /// The last durable frame of each reader, by its configured name, and the last read that the journal had of it.
    var positions: [String: Position] = [:]
    /// The journal was begun anew, and does not know them yet.
    var positionsAreDue = false

    struct Position: Hashable, Sendable {
        let position: ReaderPosition
        let read: ReadID
    }

    var readsWaiting: [ReadRow] = []
    /// Journalled reads that no record has taken up.
    var readsAlone: [ReadRow] = []
    /// Reads whose own commit has not returned, and which a record has taken up meanwhile.
    var readsTakenUp: Set<ReadID> = []
    var notes: [JournalWrite] = []
    var notesDue: Instant?
    var gaps: [LaneGap] = []
    var lastStamp: Stamp?
    var expireAt: Instant?
    var wantsNewJournal = false
    private var journal: JournalID?
    var logPages = 0
    private var condition: LedgerCondition?
    private var wakeAt: Instant?

    /// Vehicles that could not be kept, until a record says so.
    struct LaneGap: Hashable, Sendable {
        let lane: LaneNumber
        let from: Instant
        var to: Instant
        var count: Int
    }

    package init(settings: LedgerSettings = LedgerSettings()) { self.settings = settings }

    /// The number of the next read that arrives.
    package mutating func nextReadID() -> ReadID {
        defer { nextRead += 1 }
        return ReadID(nextRead)
    }

    /// Whether everything that was heard is durable and sealed: a good moment to stop.
    package var isQuiet: Bool {
        if case .writing = phase { return false }
        return entries.isEmpty && readsWaiting.isEmpty && gaps.isEmpty
    }

    /// How many records are not sealed, for `status`.
    package var waiting: Int { entries.count }

    /// Takes what has happened; then does whatever is due.
    package mutating func handle(_ event: LedgerEvent, at now: Instant) -> [LedgerAction] {
        var actions: [LedgerAction] = []
        switch event {
        case .start: open(settingAside: false, &actions)
        case .opened(let state): opened(state, &actions)
        case .openFailed(let failure):
            phase = .closed(until: now + Self.retryAfter)
            report(.notWritable(failure.reason), &actions)

        case .read(let row): add(row)
        case .replayedRead(let read, let position, let stamp): add(read, position, stamp)
        case .record(let draft, let stamp): add(draft, stamp)
        case .passageDecided(let passage, let stamp): add(passage, stamp, &actions)
        case .passageRevised(let passage, let stamp): update(passage, stamp)
        case .passageClosed(let passage, let awaited, let stamp): close(passage, photosAwaited: awaited, stamp, now)
        case .photosSettled(let passage, let results, let stamp): settle(results, of: passage, stamp, now)

        case .committed(let number, let result): committed(number, result, now, &actions)
        case .failed(let number, let failure): failed(number, failure, now, &actions)
        case .acknowledged(let upTo, let rejected): note(upTo, rejected, now)
        case .photoSent(let name): note(.photoSent(name), now, wait: .zero)
        case .photoRefused(let name, let reason): note(.photoRefused(name, reason: reason), now)
        case .lose(let first, let previous): lose(from: first, after: previous, now)
        case .beginNewJournal: wantsNewJournal = true
        case .wake: wakeAt = nil
        }
        doWhatIsDue(now, &actions)
        return actions
    }

    /// Opens the journal, if no commit is under way.
    mutating func open(settingAside: Bool, _ actions: inout [LedgerAction]) {
        phase = .opening
        actions.append(.open(settingAside: settingAside))
    }

    /// A journal is open: everything that waits gets its name in it.
    private mutating func opened(_ state: JournalState, _ actions: inout [LedgerAction]) {
        phase = .idle
        if journal != state.journal {
            // What central said of another journal's records and photos is no word about this one's.
            notes = []
            notesDue = nil
            // A repeat of a frame is one in any journal, and no two reads of a journal have one number.
            positionsAreDue = !positions.isEmpty
        }
        let last = ReadID(max(state.nextRead.number, 1) - 1)
        for (reader, position) in state.readers where positions[reader] == nil {
            positions[reader] = Position(position: position, read: last)
        }
        journal = state.journal
        nextSequence = state.sealedUpTo.next
        if numbering == nil {
            let shift = max(state.nextRead.number, 1) - 1
            numbering = ReadNumbering(end: nextRead, shift: shift)
            nextRead += shift
        }
        nextRead = max(nextRead, state.nextRead.number)
        readsWaiting = readsAlone + readsWaiting
        readsAlone = []
        for index in entries.indices {
            entries[index].putBack()
            entries[index].know(state.lastMoment)
            entries[index].sequence = nextSequence
            if let passage = entries[index].passage { actions.append(.sequence(passage.id, nextSequence)) }
            nextSequence = nextSequence.next
        }
        sealedEarly = []
        report(.writable, &actions)
    }

    /// Whether the last that we heard of the journal was good.
    var isUsable: Bool {
        switch phase {
        case .idle, .writing: true
        case .notStarted, .opening, .closed, .failed: false
        }
    }

    /// Says so when the condition has changed.
    mutating func report(_ condition: LedgerCondition, _ actions: inout [LedgerAction]) {
        guard condition != self.condition else { return }
        self.condition = condition
        actions.append(.condition(condition))
    }

    /// Sealing by time, gaps, retention, retries, the next commit, the next wake.
    private mutating func doWhatIsDue(_ now: Instant, _ actions: inout [LedgerAction]) {
        completeWhatIsLate(now)
        recordReadsAlone(now)
        recordGaps()
        expire(now)
        switch phase {
        case .closed(let until) where until <= now: open(settingAside: wantsNewJournal, &actions)
        case .idle where wantsNewJournal, .failed where wantsNewJournal: open(settingAside: true, &actions)
        case .idle: commitWhatWaits(now, &actions)
        case .failed(let until) where until <= now: commitWhatWaits(now, &actions)
        case .notStarted, .opening, .closed, .writing, .failed: break
        }
        if phase == .opening { wantsNewJournal = false }
        setWake(now, &actions)
    }

    private mutating func setWake(_ now: Instant, _ actions: inout [LedgerAction]) {
        var times: [Instant] = []
        switch phase {
        case .closed(let until), .failed(let until): times.append(until)
        case .idle: if let notesDue { times.append(notesDue) }
        case .notStarted, .opening, .writing: break
        }
        if let late = entries.lazy.compactMap(\.awaitsPhotosSince).min() { times.append(late + settings.sealAfter) }
        if let first = readsAlone.first, hasRoom { times.append(first.at + Self.readsSettle) }
        if let expireAt, isUsable { times.append(expireAt) }
        let next = times.min()
        guard next != wakeAt else { return }
        wakeAt = next
        actions.append(.wake(next))
    }
}
