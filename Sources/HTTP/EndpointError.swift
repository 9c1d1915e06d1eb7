/// Why a text names no place that we would speak to.
package struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with it.
    package enum Cause: Hashable, Sendable {
        case scheme
        case host
        case port
        /// `user:password@` would end up in logs.
        case credentials
        case path
        case socketPath
        case plainTextToNetwork
    }

    /// The text without anything that could be a secret.
    package let text: String
    package let cause: Cause

    init(_ text: String, _ cause: Cause) {
        self.text = cause == .credentials ? "(address with credentials)" : String(text.prefix(120).prefix { $0 != "?" })
        self.cause = cause
    }

    package var description: String { "address \(text): \(words)" }

    private var words: String {
        switch cause {
        case .scheme: "begins with none of https://, http:// and unix:"
        case .host: "the host is no name, IPv4 address or [IPv6 address]"
        case .port: "the port is no number from 1 to 65535"
        case .credentials: "take the user name and password out of it"
        case .path: "has a path, query or fragment where only https://host:port is expected"
        case .socketPath: "a Unix socket is unix: and an absolute path of at most \(Endpoint.longestSocketPath) bytes"
        case .plainTextToNetwork: "plain http goes to this computer only (127.0.0.1, [::1], localhost); use https"
        }
    }
}
