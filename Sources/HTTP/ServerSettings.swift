import Lane

/// What a server is told by configuration.
package struct ServerSettings: Sendable {
    package var address: ListenAddress
    /// With it the server speaks TLS 1.2 or newer; without, plain and to this computer only.
    package var identity: Identity?
    /// Clients are asked for a certificate of this authority; `Peer` says what came of it. Only with `identity`.
    package var clientAuthority: Certificate?
    /// Connections served at a time, a thread each; further ones wait in the system's queue. 1 to 1 000.
    package var mostConnections = 64
    /// A connection on which nothing moves for this long while a request is answered is closed. Whole seconds, 1 s to 1 h.
    package var idle = Interval.seconds(30)
    /// A connection that sends no whole request head for this long is closed. Whole seconds, 1 s to 1 h. Short where many
    /// could connect and say nothing: each holds a thread and a place among `mostConnections`.
    package var requestWithin = Interval.seconds(30)
    /// The most bytes of a request's body that is collected; beyond it the answer is 413.
    package var mostBodyBytes = 1 << 20

    package init(address: ListenAddress, identity: Identity? = nil) {
        self.address = address
        self.identity = identity
    }
}
