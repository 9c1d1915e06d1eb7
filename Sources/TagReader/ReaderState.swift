/// How a reader is doing, as status and alarms show it.
package enum ReaderState: Hashable, Sendable {
    /// The port cannot be opened or went away; it is tried again for ever.
    case portMissing(String)
    /// The port is open; the reader's state is being found out and set.
    case synchronising
    /// Reads are live.
    case reading
    /// No answer, not even to a display query.
    case silent
    /// The reader answers, and cannot be worked with.
    case faulty(ReaderFault)

    /// Vehicles that pass meanwhile cannot be told from vehicles without a tag.
    package var isDown: Bool { self != .reading }
}

/// Why a reader that can be heard cannot be worked with.
package enum ReaderFault: Hashable, Sendable {
    /// Bytes, but no frame whose CRC is right.
    case nonsense
    /// The frames' CRC is right by another variant than the configured one.
    case otherCRC(ECPCRC)
    /// It stays in the Basic protocol although `#611` was sent.
    case basicOnly
    /// It does not take the command that leads back to data mode (`00`): no reads.
    case staysInCommandMode
    /// It reports an error of its own that keeps it from reading (`Error06`: the frequency is not set).
    case reported(UInt8)
}

/// What a reader session counts.
package enum ReaderCounter: String, CaseIterable, Hashable, Sendable {
    /// Lines whose CRC is wrong, and frames broken off.
    case damagedFrames
    /// Bytes outside any frame.
    case noiseBytes
    /// Requests to the reader to send a message once more.
    case naksSent
    /// Acknowledgements sent.
    case acksSent
    /// Messages that had been taken already: our acknowledgement was lost or late.
    case repeats
    /// A `#` inside a good frame's text, which the protocol's abort rule would have broken off.
    case startClashes
    /// More reads at once than the protocol allows; the reader keeps those that were not taken.
    case crowdedReads
    /// Sign-on messages: the reader has started.
    case signOns
    /// `ErrorNN` messages.
    case errorMessages
    /// Presence and input reports, and what else is neither a tag nor known.
    case reports
    /// Frames of our own that reader or adapter sent back; never answered.
    case echoes
    /// Writes left out because there were more in a second than any line needs.
    case writesHeldBack
    /// Damage that was evidence of a tag, but of which of several lanes' nobody can say: given to none.
    case unplacedEvidence
    /// Commands that were not answered in time.
    case unansweredCommands
    /// Set-up commands that the reader refused, or that did not take effect.
    case refusedSettings
    /// Answers that no command waited for.
    case strayAnswers
    /// Silences that were probed with a display query.
    case probes
    /// Times that the reader was set up to the end.
    case setUps
    /// Milliseconds in command mode, in which the reader reads no tags.
    case millisecondsWithoutRF
    /// Times that the port was lost or could not be opened.
    case portFailures
}
