import Lane

extension ECPFirmware {
    /// Hears a tag, and makes a message of it unless it has just been reported.
    mutating func hear(_ text: String, _ antenna: UInt8, _ now: Instant, _ actions: inout [Action]) {
        counts.tagsSeen += 1
        guard isOn, !isInCommandMode else {
            counts.tagsMissed += 1
            return
        }
        let readsOfPrevious = lastTag?.reads ?? 0
        if let last = lastTag, last.text == text, now - last.at < silence {
            lastTag?.reads += 1
            counts.tagsNotUnique += 1
            return
        }
        lastTag = (text, 1, now)
        guard memory.count < model.depth else {
            counts.tagsLost += 1
            return
        }
        var message = Array(text.utf8)
        if setup.appendsTime { message += clock(now) }
        if setup.appendsAuxiliary { message += auxiliary(antenna, readsOfPrevious) }
        keep(message, now, &actions)
    }

    private var silence: Interval {
        switch setup.uniqueness {
        case .transmitAll: .zero
        case .twoMinutes: .minutes(2)
        case .quarterMinute: .seconds(15)
        }
    }

    /// `%xx-y-zz-q`: reader id, antenna, reads of the previous tag, inputs.
    private func auxiliary(_ antenna: UInt8, _ readsOfPrevious: UInt32) -> [UInt8] {
        let dash = [UInt8(ascii: "-")]
        let reads = ECPChecksum.hex(min(readsOfPrevious, 0xFF), digits: 2)
        return Array("%".utf8) + ECPChecksum.hex(UInt32(setup.id), digits: 2) + dash
            + ECPChecksum.hex(UInt32(antenna), digits: 1) + dash + reads + dash
            + ECPChecksum.hex(UInt32(inputs), digits: 1)
    }

    /// `&HH:MM:SS.hh MM/DD/YY` of a clock that nobody has set since power came.
    private func clock(_ now: Instant) -> [UInt8] {
        let hundredths = (now - poweredAt).nanoseconds / 10_000_000
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let seconds = hundredths / 100
        let time =
            "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(two(hundredths % 100))"
        return Array("&\(time) 01/01/00".utf8)
    }

    /// Takes a message into memory, and sends it if nothing stands before it.
    mutating func keep(_ message: [UInt8], _ now: Instant, _ actions: inout [Action]) {
        memory.append(message)
        transmit(now, &actions)
    }

    /// Sends what the protocol lets go now.
    mutating func transmit(_ now: Instant, _ actions: inout [Action]) {
        switch setup.mode {
        case .basic:
            while !memory.isEmpty { sendPlain(memory.removeFirst(), &actions) }
        case .ecp:
            if !isAwaiting, !memory.isEmpty { sendOldest(again: false, now, &actions) }
        case .inquiry:
            break
        }
    }

    /// Sends the oldest message in ECP, and waits for its acknowledgement.
    mutating func sendOldest(again isRepeat: Bool, _ now: Instant, _ actions: inout [Action]) {
        guard let message = memory.first else { return }
        let bytes = Self.frame(sequence, message)
        counts.messagesSent += 1
        if isRepeat { counts.repeats += 1 }
        isAwaiting = true
        let wait = Interval.milliseconds(50) * Int64(setup.timeout)
        repeatAt = setup.timeout == 0xFF ? nil : now + model.byteTime * Int64(bytes.count) + wait
        actions.append(.send(bytes))
    }

    /// Sends a message that nobody acknowledges.
    mutating func sendPlain(_ message: [UInt8], _ actions: inout [Action]) {
        counts.messagesSent += 1
        actions.append(.send(Self.plain(message)))
    }

    /// The host has answered a message: it moves on only after an acknowledgement with the right seq and checksum.
    mutating func settle(isAcknowledged: Bool, sequence answered: UInt8?, _ now: Instant, _ actions: inout [Action]) {
        guard isAwaiting else {
            counts.framesIgnored += 1
            return
        }
        guard isAcknowledged, answered == sequence else { return sendOldest(again: true, now, &actions) }
        counts.acknowledged += 1
        memory.removeFirst()
        sequence = (sequence + 2) & 0xF
        isAwaiting = false
        repeatAt = nil
        transmit(now, &actions)
    }

    /// `#<seq><text><crc>CRLF`
    static func frame(_ sequence: UInt8, _ text: [UInt8]) -> [UInt8] {
        let characters = ECPChecksum.hex(UInt32(sequence), digits: 1) + text
        return plain(characters + ECPChecksum.digits(of: characters))
    }

    /// `#<text>CRLF`
    static func plain(_ text: [UInt8]) -> [UInt8] {
        [UInt8(ascii: "#")] + text + [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }
}
