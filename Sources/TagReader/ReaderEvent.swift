/// What a reader session hears; each comes with `at`, when it happened, and `now`.
package enum ReaderEvent: Hashable, Sendable {
    /// The program starts. The frame is the one committed with the last journalled read of this reader: if the reader
    /// sends it once more, it is acknowledged at once and not journalled twice. Nil: there is none.
    case start(lastAccepted: AcceptedFrame?)
    /// The port stands open, with nothing of an earlier connection left in its buffers.
    case opened
    /// The port could not be opened; one line for people.
    case openFailed(String)
    /// The open port failed (EIO, end of file, hang-up); one line for people.
    case lost(String)
    /// Bytes of the line; `at` is when the first of them arrived.
    case bytes([UInt8])
    /// Nobody listened to the line until then (`at`), for so long that what waits in it, or in the reader, is old.
    case stoodStill
    /// The commit that holds this read has returned.
    case committed(ReadToken)
    /// This read was not made durable. The reader keeps it: when it repeats it, it is given out anew under another token.
    /// A `.committed` that comes after all is still honoured.
    case commitFailed(ReadToken)
    /// The moment that the last `.wake` asked for.
    case wake
    /// The program stops.
    case stop
}
