import Lane

/// A conversation with one TransCore reader: from bytes on a port to reads, and from commits to acknowledgements.
///
/// The reader keeps each message until it is acknowledged, and only `.committed` makes the session acknowledge a read:
/// its memory is our safety net. One read is under way at a time; the next comes after the acknowledgement.
///
///     closed ⇄ opening ─▶ draining ─▶ settingUp ─▶ settling ─▶ reading ──silence──▶ (display query)
///                            ▲  ▲         │            └── sign-on ──┘
///                            │  └─resting─┘ failed
///                            └── sign-on, or a Basic answer
package struct ReaderSession: Sendable {
    /// Where the conversation stands.
    enum Phase: Hashable, Sendable {
        /// Not started, or stopped.
        case idle
        /// The port is away; tried again at this moment.
        case closed(until: Instant)
        case opening
        /// Taking what the reader has kept, before it is touched.
        case draining(Quiet)
        /// A set-up command is under way.
        case settingUp(Query)
        /// In data mode; what comes without a pause was kept meanwhile, and belongs to no vehicle in the lane now.
        case settling(Quiet)
        case reading(Watch)
        /// The set-up has failed; begun again at this moment.
        case resting(until: Instant)
    }

    /// Waiting until the reader has nothing more to say.
    struct Quiet: Hashable, Sendable {
        var until: Instant
        /// Not even a reader that never stops holds the session up beyond this.
        let atLatest: Instant
    }

    /// A command that waits for its answer.
    struct Query: Hashable, Sendable {
        let command: SetUp.Command
        /// The odd sequence digit; nil in the Basic protocol.
        let sequence: UInt8?
        let bytes: [UInt8]
        let sentAt: Instant
        var tries = 1
        var until: Instant
    }

    /// Reads are live: what is watched meanwhile.
    struct Watch: Hashable, Sendable {
        /// When the reader is asked whether it lives.
        var probeAt: Instant
        var probe: Query?
        var evidence: Evidence?
        /// Whether a new message has come: the pause that ended the settling was no lost acknowledgement.
        var isConfirmed = false
    }

    /// A damaged tag message that waits for its repeat.
    struct Evidence: Hashable, Sendable {
        let at: Instant
        let line: [UInt8]
        let until: Instant
    }

    let settings: ReaderSettings
    var phase = Phase.idle
    var decoder: ECPDecoder
    var intake = ReadIntake()
    var setUp: SetUp
    var backoff: Backoff
    /// What keeps the reader from reading; it stays until a good frame says otherwise.
    var trouble: ReaderState?
    /// The odd sequence digit of the next command: 1, 3, … F, 1, …
    var nextSequence: UInt8 = 1
    /// Since when the reader has been in command mode, where it reads no tags.
    var withoutRFSince: Instant?
    /// Damaged and stray characters since the last good frame.
    var rubbish = 0
    /// Another variant by which a damaged line would have been good.
    var otherCRC: ECPCRC?
    /// Damaged messages since the last good one.
    var damage: DamageRun?
    /// Evidence of damage has been given out and no good frame has come since.
    var hasGivenEvidence = false
    var echo = EchoWatch()
    /// How long the reader and the line took, at most, to begin an answer in the last set-up.
    var slowestAnswer = Interval.zero
    /// Times that a repeat showed the end of the settling to be a lost acknowledgement, since the set-up.
    var resettled = 0
    var writes = WriteLimit()
    private var present = Instant(nanoseconds: 0)
    private var outbox: [ReaderAction] = []
    private var toldState: ReaderState?
    private var wakeAt: Instant?

    package init(_ settings: ReaderSettings) {
        self.settings = settings
        decoder = ECPDecoder(crc: settings.crc)
        setUp = SetUp(settings)
        backoff = Backoff(minimum: settings.retryMinimum, maximum: settings.retryMaximum, seed: settings.seed)
    }

    /// Takes an event.
    ///
    /// - Parameters:
    ///   - at: when it happened; for bytes, when the first of them arrived.
    ///   - now: the present; never goes back.
    package mutating func handle(_ event: ReaderEvent, at: Instant, now: Instant) -> [ReaderAction] {
        present = now
        switch event {
        case .start(let accepted): start(accepted)
        case .opened: opened(now)
        case .openFailed(let reason): portFailed(reason, now)
        case .lost(let reason): portFailed(reason, now)
        case .bytes(let bytes): hear(bytes, at: at, now: now)
        case .stoodStill: stoodStill(until: at)
        case .committed(let token): committed(token, now)
        case .commitFailed(let token): intake.failed(token)
        case .wake: wake(now)
        case .stop: stop()
        }
        tellState()
        askWake(wasWoken: event == .wake)
        defer { outbox.removeAll() }
        return outbox
    }

    /// Wants something done.
    mutating func emit(_ action: ReaderAction) {
        if case .write = action, !writes.allows(at: present) { return outbox.append(.count(.writesHeldBack)) }
        outbox.append(action)
    }

    private mutating func tellState() {
        guard phase != .idle else { return }
        let state: ReaderState = if case .reading = phase { trouble ?? .reading } else { trouble ?? .synchronising }
        guard state != toldState else { return }
        toldState = state
        emit(.state(state))
    }

    private mutating func askWake(wasWoken: Bool) {
        if wasWoken { wakeAt = nil }
        guard deadline != wakeAt else { return }
        wakeAt = deadline
        emit(.wake(wakeAt))
    }

    /// The earliest moment at which something is to be done without being told.
    private var deadline: Instant? {
        switch phase {
        case .idle, .opening: nil
        case .closed(let until), .resting(let until): until
        case .draining(let quiet), .settling(let quiet): quiet.until
        case .settingUp(let query): query.until
        case .reading(let watch): min(watch.probe?.until ?? watch.probeAt, watch.evidence?.until ?? .never)
        }
    }

    private mutating func wake(_ now: Instant) {
        if case .reading = phase { return watch(now) }
        guard let deadline, deadline <= now else { return }
        switch phase {
        case .closed:
            phase = .opening
            emit(.open)
        case .resting: drain(now)
        case .draining: beginSetUp(now)
        case .settling: beginReading(now)
        case .settingUp(let query): unanswered(query, now)
        case .idle, .opening, .reading: break
        }
    }
}

extension Instant {
    /// Later than anything.
    static let never = Instant(nanoseconds: .max)
}
