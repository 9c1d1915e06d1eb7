import Exchange
import Lane

/// One read as it is journalled, before any lane has made something of it.
package struct ReadRow: Hashable, Sendable {
    package let id: ReadID
    /// The reader's configured name.
    package let reader: String
    /// Where the reader stands with this read; committed together with it.
    package let position: ReaderPosition
    /// Nil where the reader does not say.
    package let antenna: AntennaNumber?
    package let content: ReplayedRead.Content
    package let at: Instant
    /// The civil time at `at`: after a restart the monotonic clock is another.
    package let utc: UTC

    package init(
        id: ReadID, reader: String, position: ReaderPosition, antenna: AntennaNumber?, content: ReplayedRead.Content,
        at: Instant, utc: UTC
    ) {
        self.id = id
        self.reader = reader
        self.position = position
        self.antenna = antenna
        self.content = content
        self.at = at
        self.utc = utc
    }
}

/// The last frame of a reader that is durable: a repeat of it is acknowledged at once, also after `kill -9`.
package struct ReaderPosition: Hashable, Sendable {
    /// The sequence digit that the reader gave the frame, 0 to 15.
    package let digit: UInt8
    /// The frame's bytes.
    package let frame: [UInt8]

    package init(digit: UInt8, frame: [UInt8]) {
        self.digit = digit
        self.frame = frame
    }
}
