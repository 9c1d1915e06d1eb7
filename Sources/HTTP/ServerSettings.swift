import Lane

/// What a server is told by configuration.
package struct ServerSettings: Sendable {
    package var address: ListenAddress
    /// With it the server speaks TLS 1.2 or newer; without, plain and to this computer only.
    package var identity: Identity?
    /// Clients are asked for a certificate of one of these authorities; `Peer` says what came of it. Only with `identity`.
    package var clientAuthorities: [Certificate] = []
    /// Connections served at a time, a thread each; further ones are closed at once, and come again. 1 to 1 000.
    package var mostConnections = 64
    /// A connection on which nothing moves for this long is closed. Whole seconds, 1 s to 1 h.
    package var idle = Interval.seconds(30)
    /// A connection that has sent no whole request head this long after it was made, or after the answer before, is cut. Short
    /// where many could connect and say little: each holds a thread and a place among `mostConnections`.
    package var requestWithin = Interval.seconds(30)
    /// A body, or an answer, may take this long, and beyond it the time that its bytes need at `slowest`; then it is cut. Our own
    /// client breaks off after 60 s (`TimeOuts`).
    package var transferWithin = Interval.seconds(60)
    /// The least rate in bytes a second of what is too long for `transferWithin`: half a megabit.
    package var slowest = 65_536
    /// The most bytes of a request's body that is collected; beyond it the answer is 413.
    package var mostBodyBytes = 1 << 20

    package init(address: ListenAddress, identity: Identity? = nil) {
        self.address = address
        self.identity = identity
    }
}
