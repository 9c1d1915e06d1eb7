import Lane

/// What comes over the line: bytes, frames, damage.
extension ReaderSession {
    mutating func hear(_ bytes: [UInt8], at: Instant, now: Instant) {
        switch phase {
        case .idle, .closed, .opening: return
        case .draining, .settingUp, .settling, .reading, .resting: break
        }
        for (index, byte) in bytes.enumerated() {
            let arrival = min(at + settings.byteTime * Int64(index), max(at, now))
            for output in decoder.decode(byte, at: arrival) { take(output, now) }
        }
        let noise = decoder.takeNoise()
        if noise > 0 {
            emit(.count(.noiseBytes, noise))
            rubbish += noise
            awaitRepeat(now)
        }
        if decoder.isInLine { awaitLine(now) }
        probeRubbish(now)
    }

    private mutating func take(_ output: ECPDecoder.Output, _ now: Instant) {
        switch output {
        case .frame(let frame, _, _) where isEcho(frame):
            // It says nothing about the reader: an adapter echoes also when the reader is dead.
            echoed()
        case .frame(let frame, let at, let clashes):
            if clashes > 0 { emit(.count(.startClashes, clashes)) }
            forgetRubbish()
            if frame.isMessage {
                message(frame, at: at, now)
            } else {
                answer(frame, at: at, now)
            }
            sawLife(now)
        case .line(let line, let at):
            takeLine(line, at: at, now)
        case .brokenOff(let beginning, let at):
            emit(.count(.damagedFrames))
            rubbish += beginning.count
            if Self.beginsLikeMessage(beginning.dropFirst()) { noteDamage(at: at) }
            awaitRepeat(now)
        }
    }

    mutating func forgetRubbish() {
        rubbish = 0
        otherCRC = nil
        hasGivenEvidence = false
    }

    /// A line without a good CRC: of a reader in the Basic protocol, or damaged.
    private mutating func takeLine(_ line: [UInt8], at: Instant, _ now: Instant) {
        let tail = Array(line[(line.lastIndex(of: ECPFrame.start).map { $0 + 1 } ?? 0)...])
        if isEcho(tail) { return echoed() }
        if let query, let plain = SetUp.Answer(plain: tail, to: query.sequence) {
            return answer(plain, to: query, now)
        }
        switch ReaderMessage(tail, reportPrefixes: settings.reportPrefixes) {
        case .signOn: signOn(tail, now)
        case .error(let code): reported(code)
        case .report: emit(.count(.reports))
        case .tag: damaged(line, tail, at: at, now)
        }
    }

    /// Data that only a host sends: `@` and `?` are our ACK and NAK, and a command's answer never is the command.
    private func isEcho(_ frame: ECPFrame) -> Bool {
        if frame.isMessage { return frame.data == Self.ack || frame.data == Self.nak }
        return frame.sequence == query?.sequence && frame.data == query?.command.data
    }

    /// The same without a good CRC: the wild card is the host's alone.
    private func isEcho(_ line: [UInt8]) -> Bool {
        if let query, line == Array(query.bytes.dropFirst().dropLast()) { return true }
        if line.count == 1 + Self.ack.count + 4, line[1] == Self.ack[0] || line[1] == Self.nak[0] { return true }
        return line.suffix(4) == [UInt8](repeating: UInt8(ascii: "`"), count: 4)[...]
    }

    private static let ack = ECPFrame.acknowledgement(of: UInt8(ascii: "0")).data
    private static let nak = ECPFrame.refusal(of: UInt8(ascii: "0")).data

    /// Our own bytes have come back: counted, never answered.
    private mutating func echoed() {
        emit(.count(.echoes))
        setUp.hasEcho = true
        if echo.heard() { emit(.echoing(true)) }
    }

    private mutating func noteOtherCRC(_ line: [UInt8]) {
        for variant in ECPCRC.allCases where variant != settings.crc && ECPFrame(line, checking: variant) != nil {
            otherCRC = variant
        }
    }

    /// Enough of a message's form to ask for it once more: an even sequence digit, then data and CRC.
    private static func looksLikeMessage(_ line: [UInt8]) -> Bool {
        beginsLikeMessage(line[...]) && line.count > ECPFrame.overhead
    }

    private static func beginsLikeMessage(_ line: ArraySlice<UInt8>) -> Bool {
        line.first.flatMap(Hex.value).map { $0 % 2 == 0 } ?? false
    }

    /// Asks for a damaged message once more, and keeps it as evidence in case that only damage comes of it.
    private mutating func damaged(_ line: [UInt8], _ tail: [UInt8], at: Instant, _ now: Instant) {
        emit(.count(.damagedFrames))
        rubbish += line.count
        if [tail, line].contains(where: Self.looksLikeMessage) { noteDamage(at: at) }
        noteOtherCRC(tail)
        awaitRepeat(now)
        guard rubbish <= Self.mostRefused, let message = [tail, line].first(where: Self.looksLikeMessage) else {
            return
        }
        emit(.write(ECPFrame.refusal(of: message[0]).encoded(check)))
        emit(.count(.naksSent))
        guard case .reading(var watch) = phase, trouble == nil, watch.evidence == nil, !hasGivenEvidence,
            !intake.knows(message[0])
        else { return }
        watch.evidence = Evidence(at: at - settings.byteTime, line: message, until: now + settings.evidenceAfter)
        phase = .reading(watch)
    }

    /// Noise is not answered for ever: after three longest lines without a good frame the reader's own time-out serves.
    private static let mostRefused = 240

    /// A message of the reader's own.
    private mutating func message(_ frame: ECPFrame, at: Instant, _ now: Instant) {
        if let query, query.sequence == nil, frame.data == Array("Done".utf8) {
            return answer(.done, to: query, now)
        }
        let accepted = AcceptedFrame(sequence: frame.sequence, bytes: frame.data)
        dropEvidence()
        let at = firstHeard(at, now)
        switch intake.receive(accepted) {
        case .fresh:
            confirmPause()
            fresh(accepted, at: at, now)
        case .taken:
            emit(.count(.repeats))
            acknowledge(frame.sequence)
            doubtPause(now)
        case .waiting: emit(.count(.repeats))
        case .failed:
            emit(.count(.repeats))
            journal(TagMessage(frame.data), accepted, at: at, isReplayed: true)
        case .crowded: emit(.count(.crowdedReads))
        }
        stayQuiet(now)
    }

    private mutating func fresh(_ frame: AcceptedFrame, at: Instant, _ now: Instant) {
        switch ReaderMessage(frame.bytes, reportPrefixes: settings.reportPrefixes) {
        case .tag(let message):
            if case .faulty(.reported) = trouble { trouble = nil }
            journal(message, frame, at: at, isReplayed: !isReading)
        case .signOn:
            intake.forget()
            take(frame)
            signOn(frame.bytes, now)
        case .error(let code):
            take(frame)
            reported(code)
        case .report:
            take(frame)
            emit(.count(.reports))
        }
    }

    /// A message that needs no journal.
    private mutating func take(_ frame: AcceptedFrame) {
        intake.accept(frame)
        acknowledge(frame.sequence)
    }

    private mutating func journal(_ message: TagMessage, _ frame: AcceptedFrame, at: Instant, isReplayed: Bool) {
        let token = intake.journal(frame, heardAt: at)
        emit(
            .read(
                HeardRead(
                    token: token, at: at - settings.byteTime, antennaPort: message.antennaPort,
                    content: settings.tagText.content(of: message.text), raw: frame.bytes, isReplayed: isReplayed,
                    accepted: frame)))
    }

    private mutating func dropEvidence() {
        guard case .reading(var watch) = phase else { return }
        watch.evidence = nil
        phase = .reading(watch)
    }

    /// The reader has started anew: everything it was told may be gone. The second line, `Copyright …`, says no more.
    private mutating func signOn(_ text: [UInt8], _ now: Instant) {
        guard text.starts(with: "Model".utf8) else { return }
        emit(.count(.signOns))
        countTimeWithoutRF(now)
        trouble = nil
        if case .draining = phase { return stayQuiet(now) }
        drain(now)
    }

    private mutating func reported(_ code: UInt8) {
        emit(.count(.errorMessages))
        emit(.errorReported(code))
        if code == Self.frequencyNotSet { trouble = .faulty(.reported(code)) }
    }

    /// `Error06`: without a frequency the reader reads nothing. The others concern its buffers and inputs.
    private static let frequencyNotSet: UInt8 = 6

    private var isReading: Bool {
        if case .reading = phase { true } else { false }
    }

    mutating func acknowledge(_ sequence: UInt8) {
        emit(.write(ECPFrame.acknowledgement(of: sequence).encoded(check)))
        emit(.count(.acksSent))
        if echo.wrote() { emit(.echoing(false)) }
    }

    /// The wild card as long as nobody knows how the reader checks.
    private var check: ECPFrame.Check {
        switch phase {
        case .settling, .reading: .crc(settings.crc)
        case .idle, .closed, .opening, .draining, .settingUp, .resting: .wild
        }
    }
}
