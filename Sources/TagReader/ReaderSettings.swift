import Lane

/// Everything a reader session is told by configuration.
package struct ReaderSettings: Hashable, Sendable {
    /// Which tags the reader may leave out as repeats (Encompass 4 p. 187; the codes differ by model).
    package enum Uniqueness: Hashable, Sendable {
        /// Whatever the reader is set to.
        case asFound
        /// `4100`, the factory's: a tag is reported once until another comes or two minutes have passed.
        case once
        /// `40`: every read is transmitted (on MPRX; other models: use `.command`).
        case everyRead
        /// The model's own command, such as `41` (AI1422E) or `43`.
        case command(String)
    }

    /// The reader's name, as configuration and alarms know it.
    package let name: String
    /// How the frames are checked.
    package var crc = ECPCRC.printed
    /// What makes a number of a tag's text.
    package var tagText = TagText.printed10or16
    /// Which repeated reads of one tag the reader may leave out.
    package var uniqueness = Uniqueness.once
    /// Further set-up commands of the model without `#` and CRC, e.g. `311` (append auxiliary: the antenna port). At most 16;
    /// a command in `refused` is left out.
    package var furtherCommands: [String] = []
    /// Messages that begin so are reports of presence or of inputs, not tags. The texts are unpublished: *assumed*.
    package var reportPrefixes = ["Presence", "Input"]
    /// `#612`: how long the reader waits for an acknowledgement before it repeats. 50 ms to 12.65 s in steps of 50 ms;
    /// it must stay above the slowest commit, and silences a lane this long after one lost acknowledgement.
    package var repeatAfter = Interval.milliseconds(500)
    /// How long an answer to a command may take; writing to its memory (`00`) is the slowest. 100 ms to 10 s.
    package var answerWithin = Interval.seconds(1)
    /// How often a command is sent before it counts as unanswered. 1 to 10.
    package var commandTries = 3
    /// After so long without a good frame a reader in data mode is asked a display query. 5 s to 10 min.
    package var probeAfter = Interval.seconds(30)
    /// A damaged tag message that is not repeated well within this is given out as unreadable. 60 ms to 2 s (a NAK takes
    /// 7 ms, the repeat 42 ms at 9600 baud).
    package var evidenceAfter = Interval.milliseconds(150)
    /// The shortest wait before a lost port or a failed set-up is tried again. 10 ms to 60 s.
    package var retryMinimum = Interval.milliseconds(500)
    /// The longest such wait; each one is drawn between the two once the growing bound has been capped. Up to 10 min. A port of this
    /// computer costs nothing to try, and while it is away each vehicle in its lanes is `readerDown`.
    package var retryMaximum = Interval.seconds(2)
    /// The time of one byte on the line: ten bits. At 9600 baud 1.042 ms.
    package var byteTime = ReaderSettings.byteTime(baud: 9_600)
    /// The seed of the session's own small generator, which spreads the retries.
    package var seed: UInt64 = 0

    package init(name: String) { self.name = name }

    /// The time of one byte, 8N1, at 1200 to 38400 baud (any positive rate is taken).
    package static func byteTime(baud: Int64) -> Interval {
        Interval(nanoseconds: 10_000_000_000 / max(1, baud))
    }

    /// Why a further set-up command is not sent; nil when it may be.
    ///
    /// `63` clears all that the reader has buffered; mode, protocol, time-out and flow control are the session's own, and `10…`
    /// would change the line under it.
    package static func refusal(of command: String) -> String? {
        let characters = Array(command.utf8)
        guard (1...72).contains(characters.count), characters.allSatisfy({ Hex.value($0) != nil }) else {
            return "a command is 1 to 72 hex digits"
        }
        if command.hasPrefix("63") { return "63 would clear the reads that the reader has buffered" }
        let own = ["00", "01", "10", "610", "611", "612", "613", "614"]
        return own.contains { command.hasPrefix($0) } ? "the session itself sets mode, line and protocol" : nil
    }
}

extension ReaderSettings {
    /// The data of `#612NN`, two hex digits of 50 ms each, 01 to FD (FE would be 12.7 s, FF never).
    var repeatAfterDigits: [UInt8] {
        let units = UInt8(min(max(1, repeatAfter.milliseconds / 50), 0xFD))
        return [Hex.digit(units >> 4), Hex.digit(units)]
    }
}
