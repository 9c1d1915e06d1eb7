import Lane

extension ECPFirmware {
    private static let start = UInt8(ascii: "#")
    private static let end = UInt8(ascii: "\r")
    private static let enquiry: UInt8 = 0x05

    /// Takes one byte from the host: a `#` aborts what was in progress, a CR ends it.
    mutating func take(_ byte: UInt8, _ now: Instant, _ actions: inout [Action]) {
        if setup.mode != .ecp, setup.echoes, byte != Self.enquiry { echo(byte, &actions) }
        switch byte {
        case Self.start:
            if frame != nil { counts.framesIgnored += 1 }
            frame = []
        case Self.end:
            guard let characters = frame else { return }
            frame = nil
            take(frame: characters, now, &actions)
        case Self.enquiry where setup.mode == .inquiry && frame == nil:
            if !memory.isEmpty { sendPlain(memory.removeFirst(), &actions) }
        default:
            guard frame != nil else { return }
            frame?.append(byte)
            if let count = frame?.count, count > Self.mostCharacters {
                counts.framesIgnored += 1
                frame = nil
            }
        }
    }

    /// Echoes what the host types, joined to the echo just before.
    private func echo(_ byte: UInt8, _ actions: inout [Action]) {
        if case .send(let bytes)? = actions.last, bytes.last != UInt8(ascii: "\n") {
            actions[actions.count - 1] = .send(bytes + [byte])
        } else {
            actions.append(.send([byte]))
        }
    }

    private mutating func take(frame characters: [UInt8], _ now: Instant, _ actions: inout [Action]) {
        guard setup.mode == .ecp else {
            if let answer = execute(characters, now, &actions) { actions.append(.send(Self.plain(answer))) }
            return transmit(now, &actions)
        }
        let body = characters.dropLast(4)
        let check = Array(characters.suffix(4))
        let isWhole = body.count >= 2 && (check == ECPChecksum.wildCard || check == ECPChecksum.digits(of: body))
        let digit = characters.first.flatMap(ECPChecksum.value)
        if characters.count > 1, [UInt8(ascii: "@"), UInt8(ascii: "?")].contains(characters[1]) {
            let isAcknowledged = isWhole && body.count == 2 && characters[1] == UInt8(ascii: "@")
            return settle(isAcknowledged: isAcknowledged, sequence: digit, now, &actions)
        }
        guard isWhole, let digit, digit % 2 == 1 else {
            counts.framesIgnored += 1
            return
        }
        answer(digit, Array(body.dropFirst()), now, &actions)
    }

    /// A command again with the seq of the last one is a retry: its answer is repeated, and nothing is done.
    private mutating func answer(_ digit: UInt8, _ command: [UInt8], _ now: Instant, _ actions: inout [Action]) {
        if let last = lastCommand, last.sequence == digit {
            actions.append(.send(last.answer))
            return
        }
        guard let text = execute(command, now, &actions) else { return }
        let isLeaving = setup.mode != .ecp && !model.answersSwitchInOldProtocol
        let answer = isLeaving ? Self.plain(text) : Self.frame(digit, text)
        lastCommand = (digit, answer)
        actions.append(.send(answer))
        transmit(now, &actions)
    }
}
