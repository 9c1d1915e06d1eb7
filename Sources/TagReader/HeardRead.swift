import Lane

/// One read as the reader told it.
package struct HeardRead: Hashable, Sendable {
    /// What the site's tag text rule makes of the text.
    package enum Content: Hashable, Sendable {
        case tag(TagNumber)
        /// A number that breaks its system's rules.
        case malformed
        /// A text that the site's rule does not accept, or only damaged frames.
        case unreadable
    }

    /// Names this read in `.committed` and `.commitFailed`.
    package let token: ReadToken
    /// When the tag was in the zone: the arrival of the frame's first byte less the line's delay.
    package let at: Instant
    /// The reader's antenna port, 0 to 15, from the auxiliary part (`%xx-y-zz-q`: y); 0 where there is none. Nil: nobody
    /// knows, because only damaged frames came.
    package let antennaPort: UInt8?
    package let content: Content
    /// The message as it came, between the sequence digit and the CRC: evidence, and personal data.
    package let raw: [UInt8]
    /// Taken before the session was synchronised, or given out once already: it belongs to no vehicle in the lane now.
    package let isReplayed: Bool
    /// What is to be committed with the read; nil for evidence that is not acknowledged to the reader (damaged frames).
    package let accepted: AcceptedFrame?

    package init(
        token: ReadToken, at: Instant, antennaPort: UInt8?, content: Content, raw: [UInt8], isReplayed: Bool,
        accepted: AcceptedFrame?
    ) {
        self.token = token
        self.at = at
        self.antennaPort = antennaPort
        self.content = content
        self.raw = raw
        self.isReplayed = isReplayed
        self.accepted = accepted
    }
}

/// Names a read between session and journal, counted from 1 since the program started.
package struct ReadToken: Hashable, Sendable {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }
}

/// The reader's message that a read came in: a repeat after a restart is recognised by it.
package struct AcceptedFrame: Hashable, Sendable {
    /// The sequence digit, an even hex digit as its ASCII character.
    package let sequence: UInt8
    /// The characters between the sequence digit and the CRC, 1 to 72.
    package let bytes: [UInt8]

    package init(sequence: UInt8, bytes: [UInt8]) {
        self.sequence = sequence
        self.bytes = bytes
    }
}

/// Printed anywhere, a read does not show its tag: it is personal data.
extension HeardRead: CustomStringConvertible, CustomReflectable {
    package var description: String {
        "read \(token.number) of \(raw.count) characters at \(at.nanoseconds) ns, antenna port \(antennaPort.map { "\($0)" } ?? "unknown")"
            + (isReplayed ? ", replayed" : "")
    }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Printed anywhere, a frame shows its sequence digit and length only.
extension AcceptedFrame: CustomStringConvertible, CustomReflectable {
    package var description: String { "frame \(Character(UnicodeScalar(sequence))) of \(bytes.count) characters" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
