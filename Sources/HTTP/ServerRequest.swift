/// Who is at the other end of a connection.
package enum Peer: Hashable, Sendable {
    /// Somebody who has shown no certificate, or was not asked for one.
    case network
    /// Who holds the key of this certificate, which one of the server's authorities for clients has signed. Its dates are not judged.
    case certified(Certificate)
    /// Who has shown a certificate that is not of that authority, or not for clients.
    case foreign
    /// A program of this computer, as the kernel vouches for it (unix(7), SO_PEERCRED and SO_PEERGROUPS).
    case local(Credentials)

    /// Numbers of the calling program; `groups` holds its group and its supplementary groups.
    package struct Credentials: Hashable, Sendable {
        package let process: Int32
        package let user: UInt32
        package let groups: Set<UInt32>
    }
}

/// A request as far as its headers say.
package struct RequestHead: Hashable, Sendable {
    package let method: Method
    /// The path as it was sent, without the query.
    package let path: String
    /// The path's parts between slashes, escapes decoded: `/v1/a%2Fb` is `["v1", "a/b"]`.
    package let segments: [String]
    /// Names and values after the question mark, decoded, in their order.
    package let query: [Headers.Field]
    package let headers: Headers
    package let peer: Peer
    /// The numeric address that the connection comes from, of IPv6 its network of 64 bits; nil on a Unix socket.
    package var address: String?

    /// The first value of that name in the query.
    package func queryValue(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

extension RequestHead {
    /// What was sent, its escapes to be decoded; nil where a path or a query cannot be.
    package init?(
        method: Method, path: String, query: [Headers.Field], headers: Headers, peer: Peer, address: String? = nil
    ) {
        var decoded: [Headers.Field] = []
        for field in query {
            guard let name = Escapes.decode(field.name, plusIsSpace: true),
                let value = Escapes.decode(field.value, plusIsSpace: true)
            else { return nil }
            decoded.append(Headers.Field(name: name, value: value))
        }
        guard path.hasPrefix("/"), let segments = Escapes.segments(of: path) else { return nil }
        self.init(
            method: method, path: path, segments: segments, query: decoded, headers: headers, peer: peer,
            address: address)
    }
}

/// A request with its whole body.
package struct ServerRequest: Hashable, Sendable {
    package let head: RequestHead
    package let body: [UInt8]

    package init(head: RequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }

    package var method: Method { head.method }
    package var path: String { head.path }
    package var segments: [String] { head.segments }
    package var headers: Headers { head.headers }
    package var peer: Peer { head.peer }
}

/// What a server does with a request once its headers are there.
package enum Reception {
    /// Answer at once; a body is not read.
    case answer(ServerResponse)
    /// Collect up to `mostBytes` of the body, then ask. A longer body is answered with 413.
    case collect(mostBytes: Int, (ServerRequest) -> ServerResponse)
    /// Hand the body on piece by piece.
    case stream(BodySink)
}

/// Takes a request's body piece by piece, on the connection's thread.
package struct BodySink {
    /// Takes a piece; after an error the rest of the body is dropped, and `end` is asked all the same.
    package let receive: ([UInt8]) throws -> Void
    /// The body is complete, or a piece was not taken: gives the answer.
    package let end: () -> ServerResponse
    /// The client has gone before the end; neither of the others is called any more.
    package let abandon: () -> Void

    package init(
        receive: @escaping ([UInt8]) throws -> Void, end: @escaping () -> ServerResponse,
        abandon: @escaping () -> Void
    ) {
        self.receive = receive
        self.end = end
        self.abandon = abandon
    }
}
