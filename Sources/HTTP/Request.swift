import Lane

/// What a client asks of a server.
package struct Request: Sendable {
    package var method: Method
    package var endpoint: Endpoint
    /// Path and query, from the slash on, escaped as it is to be sent.
    package var target: String
    package var headers: Headers
    /// Sent with its length; empty for GET, HEAD and DELETE. A `BodySource` takes its place.
    package var body: [UInt8]
    package var timeOuts: TimeOuts
    /// The answer's most bytes; beyond it the transfer fails with `answerTooLarge`.
    package var mostBytes: Int

    /// What an answer may have if nobody says otherwise: acknowledgements and refusals are far smaller.
    package static let mostBytesByDefault = 1 << 20

    package init(
        _ method: Method, _ endpoint: Endpoint, _ target: String, headers: Headers = [:], body: [UInt8] = [],
        timeOuts: TimeOuts = TimeOuts(), mostBytes: Int = Request.mostBytesByDefault
    ) {
        self.method = method
        self.endpoint = endpoint
        self.target = target
        self.headers = headers
        self.body = body
        self.timeOuts = timeOuts
        self.mostBytes = mostBytes
    }

    /// Method and address for a message, without the query, which may hold a secret.
    package var summary: String { "\(method.rawValue) \(endpoint)\(target.prefix { $0 != "?" })" }
}

/// How long a transfer may take; each is at least a millisecond.
package struct TimeOuts: Hashable, Sendable {
    /// Name, connection and TLS handshake.
    package var connect: Interval
    /// From the first connected byte on: the longest silence in both directions.
    package var stall: Interval
    /// The whole transfer.
    package var total: Interval

    package init(connect: Interval = .seconds(10), stall: Interval = .seconds(20), total: Interval = .seconds(60)) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}

/// A body that is pulled piece by piece while it is sent, so that it need not be in memory.
package struct BodySource {
    /// Sent as Content-Length; nil: in chunks, since nobody knows it.
    package let length: Int?
    /// Gives 1 to the asked number of bytes, or none at the end; an error breaks the transfer off.
    package let next: (_ most: Int) throws -> [UInt8]

    package init(length: Int?, next: @escaping (_ most: Int) throws -> [UInt8]) {
        self.length = length
        self.next = next
    }
}

/// By whose signature a server is trusted, and how we show who we are.
package struct Trust: Hashable, Sendable {
    /// PEM file with the certificates that sign servers; nothing else is trusted. Nil: what the operating system trusts.
    package var authorities: String?
    /// PEM files with our own certificate and its key.
    package var identity: Identity?

    package init(authorities: String? = nil, identity: Identity? = nil) {
        self.authorities = authorities
        self.identity = identity
    }
}

/// A certificate with its private key, as two PEM files.
package struct Identity: Hashable, Sendable {
    package let certificate: String
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
