/// Where a server listens.
///
///     127.0.0.1:8080  [::1]:0  0.0.0.0:8443     TCP; port 0: the system chooses
///     unix:/run/station/control.sock            a Unix socket
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// A numeric address, without brackets, and a port.
    case tcp(address: String, port: UInt16)
    /// An absolute path, and who may connect: permission bits such as 0o660, and the group that they mean; nil: the program's.
    case unixSocket(path: String, mode: UInt32, group: UInt32? = nil)

    /// Owner and group: the daemon's own people.
    package static let socketMode: UInt32 = 0o660

    package init(_ text: String) throws(ServerError) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/"), path.utf8.count <= Endpoint.longestSocketPath, !path.utf8.contains(0) else {
                throw ServerError(text, .address)
            }
            self = .unixSocket(path: path, mode: Self.socketMode)
            return
        }
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw ServerError(text, .address)
        }
        var address = text[..<colon]
        if address.hasPrefix("["), address.hasSuffix("]") {
            address = address.dropFirst().dropLast()
        } else if address.contains(":") {
            throw ServerError(text, .address)
        }
        self = .tcp(address: String(address), port: port)
    }

    /// Only programs of this computer reach it.
    package var isLocal: Bool {
        switch self {
        case .unixSocket: true
        case .tcp(let address, _): address == "::1" || WebAddress.isLoopback(address)
        }
    }

    package var description: String {
        switch self {
        case .tcp(let address, let port): address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)"
        case .unixSocket(let path, _, _): "unix:\(path)"
        }
    }
}
