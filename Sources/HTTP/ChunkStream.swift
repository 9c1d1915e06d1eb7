import Lane

/// A body that comes in pieces, asked for on the connection's thread.
package struct ChunkStream: Sendable {
    /// What there is to send.
    package enum Step: Hashable, Sendable {
        case chunk([UInt8])
        /// Nothing within `longestWait`; ask again.
        case nothingYet
        case end
    }

    /// How long `next` may block: the end of the client and the stop of the server are noticed between two calls.
    package static let longestWait = Interval.milliseconds(200)
    /// Silence after which a heartbeat is sent, well within the idle time-outs of both sides.
    package static let heartbeatAfter = Interval.seconds(10)

    let next: @Sendable () -> Step
    let ended: @Sendable () -> Void
    let heartbeat: [UInt8]

    /// - Parameters:
    ///   - heartbeat: sent when nothing else was for `heartbeatAfter`, so that a dead client is noticed; empty: none, and a
    ///     stream that is silent for longer than the server's idle time-out is cut.
    ///   - next: gives the next piece, and may block for `longestWait`.
    ///   - ended: called once, when the client has gone, the server stops, or `next` has said so.
    package init(
        heartbeat: [UInt8] = [], next: @escaping @Sendable () -> Step, ended: @escaping @Sendable () -> Void = {}
    ) {
        self.heartbeat = heartbeat
        self.next = next
        self.ended = ended
    }

    /// What is posted to an outbox; the outbox is closed when the stream ends.
    package init(_ outbox: Outbox, heartbeat: [UInt8] = []) {
        self.init(heartbeat: heartbeat, next: { outbox.take() }, ended: { outbox.close() })
    }
}
