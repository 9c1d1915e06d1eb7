import Lane

/// Commands and their answers: the set-up, and the display query that probes a silence.
extension ReaderSession {
    /// The command that waits for an answer.
    var query: Query? {
        switch phase {
        case .settingUp(let query): query
        case .reading(let watch): watch.probe
        case .idle, .closed, .opening, .draining, .settling, .resting: nil
        }
    }

    /// The next odd digit: each command has its own, so that only a retry can be taken for one.
    mutating func takeSequence() -> UInt8 {
        defer { nextSequence = nextSequence == 15 ? 1 : nextSequence + 2 }
        return Hex.digit(nextSequence)
    }

    private mutating func send(_ command: SetUp.Command, _ now: Instant) -> Query {
        let sequence: UInt8? = command.form == .basic ? nil : takeSequence()
        let bytes: [UInt8] =
            if let sequence {
                ECPFrame(sequence: sequence, data: command.data)
                    .encoded(command.form == .wild ? .wild : .crc(settings.crc))
            } else {
                [ECPFrame.start] + command.data + [ECPFrame.end]
            }
        emit(.write(bytes))
        return Query(
            command: command, sequence: sequence, bytes: bytes, sentAt: now, until: now + settings.answerWithin)
    }

    mutating func beginSetUp(_ now: Instant) {
        setUp = SetUp(settings)
        setUp.hasEcho = echo.wasHeard
        slowestAnswer = .zero
        phase = .settingUp(send(setUp.first, now))
    }

    /// A good frame with an odd sequence digit.
    mutating func answer(_ frame: ECPFrame, at: Instant, _ now: Instant) {
        guard let query, query.sequence == nil || query.sequence == frame.sequence else {
            return emit(.count(.strayAnswers))
        }
        noteDelay(of: query, answeredAt: at)
        answer(SetUp.Answer(frame.data), to: query, now)
    }

    /// Learns how soon this reader, on this line, begins to speak. `00` writes to its memory and says nothing of that.
    private mutating func noteDelay(of query: Query, answeredAt at: Instant) {
        guard case .settingUp = phase, query.tries == 1, query.command.data != Array("00".utf8) else { return }
        slowestAnswer = max(slowestAnswer, at - query.sentAt - settings.byteTime * Int64(query.bytes.count + 1))
    }

    /// An answer to the command that waits.
    mutating func answer(_ answer: SetUp.Answer, to query: Query, _ now: Instant) {
        if case .settingUp = phase { return advance(answer, query, now) }
        guard case .reading(var watch) = phase else { return }
        switch answer {
        case .plainDone:
            break
        case .plainError:
            // The reader has fallen back to the Basic protocol, in which nothing is acknowledged.
            drain(now)
        case .done, .error, .text, .none:
            watch.probe = nil
            phase = .reading(watch)
            sawLife(now)
        }
    }

    private mutating func advance(_ answer: SetUp.Answer, _ query: Query, _ now: Instant) {
        noteMode(answer, query, now)
        let refused = setUp.refused
        let next = setUp.next(after: answer)
        if setUp.refused > refused { emit(.count(.refusedSettings, setUp.refused - refused)) }
        switch next {
        case .wait: break
        case .send(let command): phase = .settingUp(send(command, now))
        case .finished:
            emit(.count(.setUps))
            resettled = 0
            settle(now)
        case .failed(let state):
            trouble = state == .silent ? silence : state
            phase = .resting(until: now + backoff.next())
        }
    }

    /// RF is off from the answer to `01`, counted from its sending, to the answer to `00`.
    private mutating func noteMode(_ answer: SetUp.Answer, _ query: Query, _ now: Instant) {
        guard answer == .done || answer == .plainDone else { return }
        switch query.command.data {
        case Array("01".utf8): withoutRFSince = withoutRFSince ?? query.sentAt
        case Array("00".utf8): countTimeWithoutRF(now)
        default: break
        }
    }

    /// Nothing has come: once more with the same sequence digit, which a reader that has obeyed only answers again.
    mutating func unanswered(_ query: Query, _ now: Instant) {
        if let again = retried(query, now) {
            phase = .settingUp(again)
        } else {
            advance(.none, query, now)
        }
    }

    private mutating func retried(_ query: Query, _ now: Instant) -> Query? {
        // In Basic there is no sequence digit: a reader that has obeyed `611` would misread a second one.
        guard query.sequence != nil, query.tries < settings.commandTries else {
            emit(.count(.unansweredCommands))
            return nil
        }
        var again = query
        again.tries += 1
        again.until = now + settings.answerWithin
        emit(.write(query.bytes))
        return again
    }

    /// Why nothing good is heard.
    private var silence: ReaderState {
        if let otherCRC { return .faulty(.otherCRC(otherCRC)) }
        return rubbish > Self.strayBytes ? .faulty(.nonsense) : .silent
    }

    /// A glitch on a quiet line is not a reader that talks nonsense; a garbled answer or two are.
    private static let strayBytes = 16

    /// More than this without one good frame is asked about at once: about six seconds of a full line at 1200 baud.
    private static let mostRubbish = 720

    mutating func probeRubbish(_ now: Instant) {
        guard case .reading(var watch) = phase, rubbish > Self.mostRubbish, watch.probe == nil, trouble == nil
        else { return }
        probe(&watch, now)
        phase = .reading(watch)
    }

    /// A good frame has come: the reader lives.
    mutating func sawLife(_ now: Instant) {
        if trouble == .silent || trouble == .faulty(.nonsense) { trouble = nil }
        if case .faulty(.otherCRC) = trouble { trouble = nil }
        guard case .reading(var watch) = phase else { return }
        watch.probeAt = now + settings.probeAfter
        phase = .reading(watch)
    }

    /// The moments that a session in data mode keeps.
    mutating func watch(_ now: Instant) {
        guard case .reading(var watch) = phase else { return }
        if let evidence = watch.evidence, evidence.until <= now {
            watch.evidence = nil
            give(evidence)
        }
        if let query = watch.probe, query.until <= now {
            watch.probe = retried(query, now)
            if watch.probe == nil {
                trouble = silence
                watch.probeAt = now + settings.probeAfter
            }
        } else if watch.probe == nil, watch.probeAt <= now {
            probe(&watch, now)
        }
        phase = .reading(watch)
    }

    /// A display query: any answer proves life. Never `01`, which would switch RF off.
    private mutating func probe(_ watch: inout Watch, _ now: Instant) {
        emit(.count(.probes))
        watch.probe = send(SetUp.Command(data: Array("505".utf8), form: .checked), now)
    }

    /// Only damage came of this tag: it was there and could not be read.
    private mutating func give(_ evidence: Evidence) {
        hasGivenEvidence = true
        emit(
            .read(
                HeardRead(
                    token: intake.nextToken(), at: evidence.at, antennaPort: nil, content: .unreadable,
                    raw: evidence.line, isReplayed: false, accepted: nil)))
    }
}

extension SetUp.Answer {
    /// The answer in an ECP frame.
    init(_ data: [UInt8]) {
        if data == Array("Done".utf8) {
            self = .done
        } else {
            self = data.starts(with: "Error".utf8) ? .error : .text(data)
        }
    }

    /// The answer in a line without CRC; nil when it is none. An error may come with its sequence digit alone: `7Error`.
    init?(plain line: [UInt8], to sequence: UInt8?) {
        if line == Array("Done".utf8) {
            self = .plainDone
        } else if line == Array("Error".utf8) {
            self = .plainError
        } else if let sequence, line == [sequence] + Array("Error".utf8) {
            self = .error
        } else {
            return nil
        }
    }
}
