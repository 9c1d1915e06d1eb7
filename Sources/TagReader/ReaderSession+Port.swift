import Lane

/// The port: opened, lost, tried again; and the two moments of quiet around the set-up.
extension ReaderSession {
    mutating func start(_ accepted: AcceptedFrame?) {
        guard phase == .idle else { return }
        if let accepted { intake.accept(accepted) }
        phase = .opening
        emit(.open)
    }

    mutating func opened(_ now: Instant) {
        guard phase == .opening else { return }
        decoder = ECPDecoder(crc: settings.crc)
        intake.reconnected()
        trouble = nil
        forgetRubbish()
        echo = EchoWatch()
        drain(now)
    }

    mutating func portFailed(_ reason: String, _ now: Instant) {
        guard phase != .idle else { return }
        if case .closed = phase { return }
        emit(.close)
        emit(.count(.portFailures))
        countTimeWithoutRF(now)
        trouble = .portMissing(reason)
        phase = .closed(until: now + backoff.next())
    }

    /// Leaves the reader reading: a session that stops during the set-up sends it back to data mode.
    mutating func stop() {
        guard phase != .idle else { return }
        writes = WriteLimit()
        if withoutRFSince != nil {
            emit(.write(ECPFrame(sequence: takeSequence(), data: Array("00".utf8)).encoded(.wild)))
        }
        phase = .idle
        emit(.close)
    }

    /// How long the reader is listened to first: a message that it has sent already comes again within its time-out.
    private var listenFor: Interval { settings.repeatAfter + .milliseconds(100) }
    /// How soon the next kept message follows an acknowledgement, before the reader's own pace is known: two frames' time at
    /// 9600 baud, and some for the reader.
    private static let drainPause = Interval.milliseconds(200)
    /// What is kept beyond this comes after the set-up, and is replayed then: with traffic the reader never falls silent.
    private static let mostDraining = Interval.milliseconds(1_500)
    /// As long as a reader does not pause once, what it says is from its memory, and old. After so long (some 500
    /// messages at 9600 baud) reads are called live all the same: what is kept even then meets the wrong vehicles.
    private static let mostSettling = Interval.seconds(30)
    /// A USB adapter's latency timer: what has arrived is told this much later.
    private static let adapterDelay = Interval.milliseconds(16)
    /// The least that a reader is given to begin its next message, beside the adapter's delay.
    private static let leastTurnaround = Interval.milliseconds(8)
    /// How often after a set-up a repeat may show that a pause was none: a reader that hears no ACK is another trouble.
    private static let mostResettling = 3
    /// A read that waited longer than this for its commit has had others queue up behind it in the reader.
    private static let heldTooLong = Interval.seconds(1)

    /// A reader that says nothing for this long after an ACK was written has an empty memory: what comes later is live.
    /// The ACK's eight bytes, then what this reader took for its answers in the set-up, at most `drainPause`.
    private var settlePause: Interval {
        let turnaround = max(Self.leastTurnaround, slowestAnswer) + Self.adapterDelay
        return min(settings.byteTime * 8 + turnaround, max(settings.byteTime * 8, Self.drainPause))
    }

    mutating func drain(_ now: Instant) {
        phase = .draining(Quiet(until: now + listenFor, atLatest: now + Self.mostDraining))
    }

    mutating func settle(_ now: Instant) { settle(listenFor, now) }

    private mutating func settle(_ length: Interval, _ now: Instant) {
        phase = .settling(Quiet(until: now + length, atLatest: now + Self.mostSettling))
    }

    mutating func beginReading(_ now: Instant) {
        backoff.reset()
        echo.begin()
        if case .faulty(.reported) = trouble {} else { trouble = nil }
        phase = .reading(Watch(probeAt: now + settings.probeAfter))
    }

    /// The reader said something that was, or has to be, taken: it may have more.
    mutating func stayQuiet(_ now: Instant) {
        switch phase {
        case .draining: extendQuiet(to: intake.isWaiting ? .never : now + Self.drainPause)
        case .settling: extendQuiet(to: intake.isWaiting ? .never : now + settlePause)
        case .idle, .closed, .opening, .settingUp, .reading, .resting: break
        }
    }

    /// A damaged message was not taken: the reader waits with it, however long it pauses.
    mutating func awaitRepeat(_ now: Instant) { awaitMore(until: now + listenFor) }

    /// A message has begun in the pause: its end is waited for, the longest frame's time.
    mutating func awaitLine(_ now: Instant) { awaitMore(until: now + settings.byteTime * 80 + Self.adapterDelay) }

    private mutating func awaitMore(until: Instant) {
        switch phase {
        case .draining(let quiet), .settling(let quiet): extendQuiet(to: max(quiet.until, until))
        case .idle, .closed, .opening, .settingUp, .reading, .resting: break
        }
    }

    private mutating func extendQuiet(to until: Instant) {
        switch phase {
        case .draining(var quiet):
            quiet.until = min(until, quiet.atLatest)
            phase = .draining(quiet)
        case .settling(var quiet):
            quiet.until = min(until, quiet.atLatest)
            phase = .settling(quiet)
        case .idle, .closed, .opening, .settingUp, .reading, .resting: break
        }
    }

    /// A new message: the reader had heard our acknowledgement when it paused.
    mutating func confirmPause() {
        guard case .reading(var watch) = phase else { return }
        watch.isConfirmed = true
        phase = .reading(watch)
    }

    /// A repeat straight after the settling: our acknowledgement was lost, and the pause said nothing of what is kept.
    mutating func doubtPause(_ now: Instant) {
        guard case .reading(let watch) = phase, !watch.isConfirmed, resettled < Self.mostResettling else { return }
        resettled += 1
        settle(settlePause, now)
    }

    mutating func noteDamage(at moment: Instant) {
        let pause = repeatPause
        if damage == nil { damage = DamageRun(at: moment) }
        damage?.add(at: moment, pause: pause)
    }

    /// When a message was heard first that comes well now: at its first, damaged copy. After damage that lasted, it and what the reader
    /// has kept behind it belong to no vehicle in the lane now.
    mutating func firstHeard(_ at: Instant, _ now: Instant) -> Instant {
        let pause = repeatPause
        guard let run = damage.take(), run.isRepeated(at: at, pause: pause) else { return at }
        if case .reading = phase, at - run.since > Self.heldTooLong { settle(settlePause, now) }
        return run.since
    }

    /// Between two repeats of a message at the most: the reader's time-out twice, and the longest frame.
    private var repeatPause: Interval { settings.repeatAfter * 2 + settings.byteTime * 80 }

    mutating func committed(_ token: ReadToken, _ now: Instant) {
        guard let release = intake.committed(token, now: now) else { return }
        guard isOpen else { return }
        acknowledge(release.sequence)
        if release.held > Self.heldTooLong, case .reading = phase {
            settle(settlePause, now)
        }
        stayQuiet(now)
    }

    /// What the line and the reader have kept meanwhile belongs to no vehicle in the lane now.
    mutating func stoodStill(until moment: Instant) {
        guard case .reading = phase else { return }
        settle(settlePause, moment)
        stayQuiet(moment)
    }

    private var isOpen: Bool {
        switch phase {
        case .idle, .closed, .opening: false
        case .draining, .settingUp, .settling, .reading, .resting: true
        }
    }

    mutating func countTimeWithoutRF(_ now: Instant) {
        guard let since = withoutRFSince else { return }
        emit(.count(.millisecondsWithoutRF, Int((now - since).milliseconds)))
        withoutRFSince = nil
    }
}
