import Lane

/// The program inside a simulated TransCore reader ("#" protocol, Basic and ECP), as a pure machine over bytes, tags and time.
///
/// Written from the makers' manuals (Encompass 4 System Guide p. 141–187, MPRX User Guide p. 47–111, AI1611 System Guide
/// p. 111–119) and not from our driver, so that one mistake is not made twice.
///
/// ```
/// Basic  #<text>CRLF                          host #<command>CR          answer #Done CRLF
/// ECP    #<even seq><text><crc>CRLF           host #<seq>@<crc>CR (taken), #<seq>?<crc>CR (again)
///        answer #<odd seq>Done<crc>CRLF       host #<odd seq><command><crc>CR
/// ```
package struct ECPFirmware: Sendable {
    /// What happens to a reader.
    package enum Event: Hashable, Sendable {
        case powerOn
        case powerOff
        /// Bytes from the host, cut anywhere.
        case bytes([UInt8])
        /// A tag answers at an antenna (0 to 9).
        case tag(text: String, antenna: UInt8)
        /// The reader has something else to tell: an `Error06`, a presence or input report.
        case say(String)
        /// The level of an input, as the auxiliary part tells it (0 to F).
        case inputs(UInt8)
        /// The moment that the last `.wake` asked for.
        case wake
    }

    /// What a reader does.
    package enum Action: Hashable, Sendable {
        /// Puts bytes on the line: one frame, or an echo.
        case send([UInt8])
        /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
        case wake(Instant?)
    }

    /// What has happened so far, for tests and for whoever watches.
    package struct Counts: Hashable, Sendable {
        package var tagsSeen = 0
        /// Tags that came while the radio was off: in command mode, or without power.
        package var tagsMissed = 0
        /// Tags that found the memory full.
        package var tagsLost = 0
        /// Reads not reported because the tag had just been.
        package var tagsNotUnique = 0
        package var messagesSent = 0
        package var repeats = 0
        package var acknowledged = 0
        /// Frames from the host that were ignored: damaged, too long, cut off by a new `#`, without a hex digit.
        package var framesIgnored = 0
        package var commands = 0
    }

    /// The most characters between `#` and the end (manual: 72 of data, with seq and checksum).
    package static let mostCharacters = 72 + 5

    package let model: ReaderModel
    package internal(set) var setup: ReaderSetup
    package internal(set) var counts = Counts()
    package internal(set) var isOn = false
    /// In command mode the radio is off.
    package internal(set) var isInCommandMode = false
    /// Messages that wait or are not acknowledged, oldest first.
    package internal(set) var memory: [[UInt8]] = []

    var saved: ReaderSetup
    /// The seq digit of the oldest message in memory: even.
    var sequence: UInt8 = 0
    /// Whether the oldest message has been sent and waits for its acknowledgement.
    var isAwaiting = false
    var repeatAt: Instant?
    var lastCommand: (sequence: UInt8, answer: [UInt8])?
    /// The frame that the host is sending; nil between frames.
    var frame: [UInt8]?
    var lastTag: (text: String, reads: UInt32, at: Instant)?
    var inputs: UInt8 = 0
    var poweredAt = Instant(nanoseconds: 0)
    private var announcedWake: Instant?

    /// A reader without power, with what its memory of settings holds.
    package init(model: ReaderModel = ReaderModel(), setup: ReaderSetup = ReaderSetup()) {
        self.model = model
        self.setup = setup
        saved = setup
    }

    package mutating func handle(_ event: Event, at now: Instant) -> [Action] {
        var actions: [Action] = []
        switch event {
        case .powerOn: powerOn(now, &actions)
        case .powerOff: isOn = false
        case .bytes(let bytes):
            if isOn { for byte in bytes { take(byte, now, &actions) } }
        case .tag(let text, let antenna): hear(text, antenna, now, &actions)
        case .say(let text):
            if isOn { keep(Array(text.utf8), now, &actions) }
        case .inputs(let levels): inputs = levels & 0xF
        case .wake:
            if isOn, isAwaiting, let due = repeatAt, due <= now { sendOldest(again: true, now, &actions) }
        }
        if !isOn { repeatAt = nil }
        if repeatAt != announcedWake {
            announcedWake = repeatAt
            actions.append(.wake(repeatAt))
        }
        return actions
    }

    /// Starts as after a power cut or `63`: data mode, saved settings, and a sign-on before all else.
    mutating func powerOn(_ now: Instant, _ actions: inout [Action]) {
        let kept = model.keepsMessages ? memory : []
        setup = saved
        isOn = true
        isInCommandMode = false
        sequence = 0
        isAwaiting = false
        repeatAt = nil
        lastCommand = nil
        frame = nil
        lastTag = nil
        poweredAt = now
        memory = []
        for line in [model.version, model.copyright] where !line.isEmpty { keep(Array(line.utf8), now, &actions) }
        for message in kept { keep(message, now, &actions) }
    }
}
