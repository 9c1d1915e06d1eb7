import Lane

/// What a reader session wants done, in this order.
package enum ReaderAction: Hashable, Sendable {
    /// Open the port and answer with `.opened` or `.openFailed`.
    case open
    /// Close the port; harmless when it is closed already.
    case close
    /// Write these bytes to the line.
    case write([UInt8])
    /// A read: give it to the lane (unless it is replayed) and journal it at once.
    case read(HeardRead)
    /// Send `.wake` at this moment; it replaces the one before. Nil: no wake.
    case wake(Instant?)
    /// The session's state has changed.
    case state(ReaderState)
    /// Add to a counter.
    case count(ReaderCounter, Int)
    /// The reader reported an error of its own (`Error06` → 6): an alarm.
    case errorReported(UInt8)
    /// Reader or adapter sends back what we write, and goes on doing so; or no longer does.
    case echoing(Bool)
}

extension ReaderAction {
    /// One more of this.
    static func count(_ counter: ReaderCounter) -> ReaderAction { .count(counter, 1) }
}
