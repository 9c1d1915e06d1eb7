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
        if withoutRFSince != nil {
            emit(.write(ECPFrame(sequence: takeSequence(), data: Array("00".utf8)).encoded(.wild)))
        }
        phase = .idle
        emit(.close)
    }

    /// How long the reader is listened to first: a message that it has sent already comes again within its time-out.
    private var listenFor: Interval { settings.repeatAfter + .milliseconds(100) }
    /// How soon the next kept message follows an acknowledgement: two frames' time at 9600 baud, and some for the reader.
    private static let pause = Interval.milliseconds(200)
    /// What is still kept by the reader after so long is taken later.
    private static let mostListening = Interval.seconds(30)
    /// A read that waited longer than this for its commit has had others queue up behind it in the reader.
    private static let heldTooLong = Interval.seconds(1)

    private func quiet(_ length: Interval, _ now: Instant) -> Quiet {
        Quiet(until: now + length, atLatest: now + Self.mostListening)
    }

    mutating func drain(_ now: Instant) { phase = .draining(quiet(listenFor, now)) }

    mutating func settle(_ now: Instant) { phase = .settling(quiet(listenFor, now)) }

    mutating func beginReading(_ now: Instant) {
        backoff.reset()
        if case .faulty(.reported) = trouble {} else { trouble = nil }
        phase = .reading(Watch(probeAt: now + settings.probeAfter))
    }

    /// The reader said something that was, or has to be, taken: it may have more.
    mutating func stayQuiet(_ now: Instant) {
        switch phase {
        case .draining(let quiet): phase = .draining(extended(quiet, now))
        case .settling(let quiet): phase = .settling(extended(quiet, now))
        case .idle, .closed, .opening, .settingUp, .reading, .resting: break
        }
    }

    private func extended(_ quiet: Quiet, _ now: Instant) -> Quiet {
        let until = intake.isWaiting ? quiet.atLatest : now + Self.pause
        return Quiet(until: min(until, quiet.atLatest), atLatest: quiet.atLatest)
    }

    mutating func committed(_ token: ReadToken, _ now: Instant) {
        guard let release = intake.committed(token, now: now) else { return }
        guard isOpen else { return }
        acknowledge(release.sequence)
        if release.held > Self.heldTooLong, case .reading = phase {
            phase = .settling(quiet(Self.pause, now))
        }
        stayQuiet(now)
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
