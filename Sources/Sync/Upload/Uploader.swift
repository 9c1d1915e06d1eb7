import Exchange
import Lane

/// Sends the sealed records in sequence, and retries for ever. Pure; `CentralLink` carries it out.
///
///     stopped ─start─▶ asking ─position─▶ idle ─sealed─▶ sending ─batch─▶ idle, or sending on
///                        ▲                                 │
///                        └── wake ── waiting ◀── later ────┘       full jitter after the cap
///
/// * Only central's own word moves the position, and only when its digest is the one that our journal has there.
/// * After anything that means nothing (no answer, 5xx, rubbish, 301) central is asked for its position before more is sent.
/// * It delivers when central has taken something or nothing is left to send. An answered position alone says neither, and does
///   not shorten the pause.
/// * Central that went back is served again from where it is, and told by a `gap` what is past its retention here. So it is of a record
///   that is damaged: delivery goes on after it.
/// * Central that has more than we, or another digest, has what a
///   restored disk of ours no longer knows: the station begins a new journal, as often as `JournalSuccession` allows.
package struct Uploader: Hashable, Sendable {
    /// The most records in a first batch: central answers in tens of milliseconds. `BatchSize` says what comes after it.
    package static let mostRecords = 500
    /// The most bytes in a first batch: some seconds on the slowest link.
    package static let mostBytes = 512 * 1_024
    /// The longest pause that central can ask for, between batches or after a 503.
    package static let longestPause = Interval.hours(1)

    package enum Event: Hashable, Sendable {
        /// The journal is open, after a start or as a new one.
        case start(JournalState)
        case sealed(upTo: Sequence)
        case answer(UploadAnswer)
        case wake
    }

    package enum Action: Hashable, Sendable {
        case askPosition(JournalID)
        case send(JournalID, from: Sequence, mostRecords: Int, mostBytes: Int)
        case acknowledged(upTo: Sequence, rejected: [BatchAnswer.Rejection])
        /// This record and perhaps those after it cannot be delivered; central has that digest before it.
        case lose(from: Sequence, after: Digest)
        case beginNewJournal(reason: String)
        case condition(DeliveryCondition)
        case wake(Instant?)
    }

    private enum Phase: Hashable {
        /// No journal is open.
        case stopped
        case asking
        case idle
        case sending(from: Sequence)
        /// Then ask for the position.
        case waiting(until: Instant)
        /// Central wants a pause; then go on.
        case pausing(until: Instant)
    }

    private var phase = Phase.stopped
    private var journal: JournalID?
    private var sealed = Sequence(0)
    /// Central has everything up to here.
    private var acknowledged = Sequence(0)
    /// What central has there, and we too; nil until it has said so.
    private var digest: Digest?
    /// The farthest that central ever had this journal.
    private var farthest = Sequence(0)
    /// The first record that central is sent next.
    private var next = Sequence(1)
    /// A question to a journal that was given up is still under way: its answer means nothing.
    private var isStale = false
    private var size = BatchSize()
    private var pause = Interval.zero
    private var backOff: BackOff
    private var succession = JournalSuccession()
    private var condition: DeliveryCondition?
    private var wakeAt: Instant?

    package init(seed: UInt64) { backOff = BackOff(seed: seed) }

    /// How many sealed records central does not have, as far as we know.
    package var backlog: UInt64 { sealed.number - min(acknowledged.number, sealed.number) }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch (event, phase) {
        case (.start(let state), _): start(state, now, &actions)
        case (.sealed(let upTo), _):
            sealed = max(sealed, upTo)
            if phase == .idle { goOn(now, &actions) }
        case (.answer, _) where isStale:
            isStale = false
            ask(&actions)
        case (.answer(let answer), .asking): take(answer, now, &actions)
        case (.answer(let answer), .sending): take(answer, now, &actions)
        case (.answer, .stopped), (.answer, .idle), (.answer, .waiting), (.answer, .pausing): break
        case (.wake, .waiting(let until)): if until <= now { ask(&actions) }
        case (.wake, .pausing(let until)):
            if until <= now {
                phase = .idle
                goOn(now, &actions)
            }
        case (.wake, .stopped), (.wake, .asking), (.wake, .idle), (.wake, .sending): break
        }
        setWake(&actions)
        return actions
    }

    private mutating func start(_ state: JournalState, _ now: Instant, _ actions: inout [Action]) {
        let isUnderWay =
            switch phase {
            case .asking, .sending: true
            case .stopped, .idle, .waiting, .pausing: false
            }
        if journal == state.journal { succession.settle() }
        if let before = state.succession {
            succession.resume(before, isProved: state.acknowledgedUpTo.number > 0, at: now)
        }
        journal = state.journal
        sealed = state.sealedUpTo
        acknowledged = state.acknowledgedUpTo
        digest = nil
        farthest = acknowledged
        next = acknowledged.next
        if isUnderWay { isStale = true } else { ask(&actions) }
    }

    private mutating func ask(_ actions: inout [Action]) {
        guard let journal else { return }
        phase = .asking
        actions.append(.askPosition(journal))
    }

    private mutating func goOn(_ now: Instant, _ actions: inout [Action]) {
        guard let journal, next <= sealed else {
            phase = .idle
            return
        }
        phase = .sending(from: next)
        size.sent(at: now)
        actions.append(.send(journal, from: next, mostRecords: size.records, mostBytes: size.bytes))
    }

    // MARK: Answers

    private mutating func take(_ answer: UploadAnswer, _ now: Instant, _ actions: inout [Action]) {
        switch answer {
        case .position(let answer, let ours):
            guard agree(answer.journal, answer.contiguous, answer.digest, ours, now, &actions) else { return }
            let isProgress = answer.contiguous > farthest || answer.contiguous == sealed
            acknowledge(answer.contiguous, [], isProgress: isProgress, &actions)
            goOn(now, &actions)
        case .batch(let answer, let ours): take(answer, ours, now, &actions)
        case .refused(let refusal): take(refusal, now, &actions)
        case .later(let reason, let notBefore): wait(.unreachable(reason), notBefore, now, &actions)
        case .unreadable(let reason): wait(.cannotRead(reason), nil, now, &actions)
        case .damaged(let record, let reason): lose(record, reason, now, &actions)
        }
    }

    /// Lets a damaged record be declared, and tries again until that has been done. A file that cannot be read is given up.
    private mutating func lose(
        _ record: Sequence?, _ reason: String, _ now: Instant, _ actions: inout [Action]
    ) {
        guard let record else { return beginNewJournal(reason, now, &actions) }
        if let digest, record == acknowledged.next { actions.append(.lose(from: record, after: digest)) }
        wait(.cannotRead(reason), nil, now, &actions)
    }

    private mutating func take(
        _ answer: BatchAnswer, _ ours: Digest?, _ now: Instant, _ actions: inout [Action]
    ) {
        guard case .sending(let from) = phase else {
            return wait(.unreachable("not what was asked"), nil, now, &actions)
        }
        guard agree(answer.journal, answer.contiguous, answer.digest, ours, now, &actions) else { return }
        guard answer.contiguous >= from else {
            return wait(.refused("central took nothing from record \(from.number) on"), nil, now, &actions)
        }
        // After a gap the same records go once more: that is no progress yet.
        acknowledge(answer.contiguous, answer.rejected, isProgress: answer.contiguous > acknowledged, &actions)
        setPace(answer.pace, after: answer.contiguous.number - from.number + 1, now)
        guard pause > .zero, next <= sealed else { return goOn(now, &actions) }
        phase = .pausing(until: now + pause)
    }

    /// Whether central's journal is ours up to its position. If not, the answer is acted on here.
    private mutating func agree(
        _ journal: JournalID, _ contiguous: Sequence, _ digest: Digest, _ ours: Digest?, _ now: Instant,
        _ actions: inout [Action]
    ) -> Bool {
        guard journal == self.journal else {
            wait(.unreachable("the answer is for another journal"), nil, now, &actions)
            return false
        }
        guard contiguous <= sealed else {
            beginNewJournal("central has \(contiguous.number) records, we have \(sealed.number)", now, &actions)
            return false
        }
        guard let ours else {
            let reason = "central went back to record \(contiguous.number), which is past its retention here"
            actions.append(.lose(from: contiguous.next, after: digest))
            wait(.refused(reason), nil, now, &actions)
            return false
        }
        guard ours == digest else {
            beginNewJournal("central has another record \(contiguous.number) than we", now, &actions)
            return false
        }
        self.digest = digest
        return true
    }

    private mutating func acknowledge(
        _ upTo: Sequence, _ rejected: [BatchAnswer.Rejection], isProgress: Bool, _ actions: inout [Action]
    ) {
        if isProgress {
            backOff.reset()
            report(.delivering, &actions)
        }
        if upTo.number > 0, upTo > farthest { succession.settle() }
        farthest = max(farthest, upTo)
        next = upTo.next
        guard upTo != acknowledged || !rejected.isEmpty else { return }
        acknowledged = upTo
        actions.append(.acknowledged(upTo: upTo, rejected: rejected.filter { $0.sequence <= upTo }))
    }

    private mutating func take(_ refusal: Refusal, _ now: Instant, _ actions: inout [Action]) {
        guard case .sending(let from) = phase else { return wait(.refused(refusal.message), nil, now, &actions) }
        switch refusal.error {
        case .gap:
            // Central went back: it is served again from what it expects, if we have come from beyond that. At once only the
            // first time: one that says so again and again is given pauses.
            guard let expected = refusal.expected, (1..<from.number).contains(expected.number), backOff.failures == 0
            else { return wait(.refused(refusal.message), nil, now, &actions) }
            _ = backOff.next()
            next = expected
            goOn(now, &actions)
        case .tooLarge where size.tooLarge(): goOn(now, &actions)
        case .chain, .malformed, .tooLarge, .notFound, .notYet, .otherDigest, .unavailable, .notEnrolled, .notAllowed,
            .tooMany:
            // Damage on the way looks like this too. The position, asked for next, tells whether the journals have parted.
            wait(.refused(refusal.message), nil, now, &actions)
        }
    }

    // MARK: Waiting

    private mutating func wait(
        _ condition: DeliveryCondition, _ notBefore: Interval?, _ now: Instant, _ actions: inout [Action]
    ) {
        report(condition, &actions)
        size.failed()
        phase = .waiting(until: now + max(backOff.next(), min(notBefore ?? .zero, Self.longestPause)))
    }

    private mutating func beginNewJournal(_ reason: String, _ now: Instant, _ actions: inout [Action]) {
        if let objection = succession.begin(at: now) {
            return wait(.refused("\(reason), \(objection); its operator has to look"), nil, now, &actions)
        }
        actions.append(.beginNewJournal(reason: reason))
        // Until `.start` with the new journal; should that not come, the same question is asked again.
        phase = .waiting(until: now + backOff.next())
    }

    private mutating func setPace(_ pace: BatchAnswer.Pace?, after count: UInt64, _ now: Instant) {
        size.taken(count, at: now, pace: pace)
        let milliseconds = min(max(pace?.pauseMilliseconds ?? 0, 0), Int(Self.longestPause.milliseconds))
        pause = .milliseconds(Int64(milliseconds))
    }

    private mutating func report(_ condition: DeliveryCondition, _ actions: inout [Action]) {
        guard condition != self.condition else { return }
        self.condition = condition
        actions.append(.condition(condition))
    }

    private mutating func setWake(_ actions: inout [Action]) {
        let next: Instant? =
            switch phase {
            case .waiting(let until), .pausing(let until): until
            case .stopped, .asking, .idle, .sending: nil
            }
        guard next != wakeAt else { return }
        wakeAt = next
        actions.append(.wake(next))
    }
}
