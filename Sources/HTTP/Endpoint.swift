/// Where a server is: the one place that says which ways of reaching it are safe.
///
///     https://host[:port]                    anywhere; the server's certificate is verified
///     http://127.0.0.1|[::1]|localhost[:port]   this computer only: plain text never leaves it
///     unix:/path                             a Unix socket on this computer
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// How the bytes travel.
    package enum Transport: Hashable, Sendable {
        case https
        case loopback
        /// The socket's absolute path.
        case unixSocket(String)
    }

    package let transport: Transport
    /// The name or address as in a URL, with brackets around an IPv6 address.
    package let host: String
    /// 1 to 65 535; 0 for a Unix socket.
    package let port: UInt16

    /// Longest path that `sockaddr_un` holds with its end mark (unix(7)).
    package static let longestSocketPath = 107
    /// Longest host name (RFC 1035 §2.3.4).
    package static let longestHost = 253

    /// An endpoint from its text, as it stands in a configuration.
    package init(_ text: String) throws(EndpointError) {
        if text.hasPrefix("unix:") {
            self = try Self.socket(at: String(text.dropFirst("unix:".count)), in: text)
        } else {
            let address = try WebAddress(text)
            guard address.target == "/" else { throw EndpointError(text, .path) }
            self = address.endpoint
        }
    }

    init(transport: Transport, host: String, port: UInt16) {
        self.transport = transport
        self.host = host
        self.port = port
    }

    /// The text that `init` takes; it holds no secret.
    package var description: String {
        switch transport {
        case .https: "https://\(host):\(port)"
        case .loopback: "http://\(host):\(port)"
        case .unixSocket(let path): "unix:\(path)"
        }
    }

    /// Whether both sides can show who they are.
    package var isSecure: Bool { transport == .https }

    /// What stands before the target in the URL that libcurl gets.
    var base: String {
        if case .unixSocket = transport { "http://localhost" } else { description }
    }

    private static func socket(at path: String, in text: String) throws(EndpointError) -> Endpoint {
        guard path.hasPrefix("/"), path.utf8.count <= longestSocketPath, !path.utf8.contains(0) else {
            throw EndpointError(text, .socketPath)
        }
        return Endpoint(transport: .unixSocket(path), host: "localhost", port: 0)
    }
}
