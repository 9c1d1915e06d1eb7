import Glibc

/// A socket that listens, and the file of a Unix socket, which goes with it.
package struct ListeningSocket: ~Copyable {
    /// For a poller; good as long as the owner lives.
    package let descriptor: Int32
    /// The port that the system gave; nil for a Unix socket.
    package let port: UInt16?
    private let path: String?

    /// Connections that wait until a thread is free.
    private static let backlog: Int32 = 64

    package init(_ address: ListenAddress) throws(ServerError) {
        switch address {
        case .tcp(let host, let port): self = try Self.tcp(host, port, "\(address)")
        case .unixSocket(let path, let mode, let group):
            self = try Self.unixSocket(path, mode, group, "\(address)")
        }
    }

    private init(descriptor: Int32, port: UInt16?, path: String?) {
        self.descriptor = descriptor
        self.port = port
        self.path = path
    }

    deinit {
        close(descriptor)
        if let path { _ = unsafe unlink(path) }
    }

    private static func tcp(_ host: String, _ port: UInt16, _ name: String) throws(ServerError) -> ListeningSocket {
        guard let address = SocketAddress(host, port) else { throw ServerError(name, .address) }
        let descriptor = try open(address.family, name)
        var yes: Int32 = 1
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard address.bind(descriptor), listen(descriptor, backlog) == 0 else {
            let cause = errno
            close(descriptor)
            throw ServerError(name, cause == EADDRINUSE ? .inUse : .system(systemWords(cause)))
        }
        return ListeningSocket(descriptor: descriptor, port: SocketAddress.port(of: descriptor), path: nil)
    }

    private static func unixSocket(
        _ path: String, _ mode: UInt32, _ group: UInt32?, _ name: String
    ) throws(ServerError) -> ListeningSocket {
        let address = SocketAddress(path: path)
        try removeStale(path, address, name)
        let descriptor = try open(AF_UNIX, name)
        // The mode is set before the name exists, so that it is never wider than asked; the umask may narrow it, hence again.
        guard fchmod(descriptor, mode) == 0, address.bind(descriptor) else {
            let cause = errno
            close(descriptor)
            throw ServerError(name, cause == EADDRINUSE ? .inUse : .system(systemWords(cause)))
        }
        // Nobody can connect before `listen`: owner, group and mode are in place by then.
        let isGiven = group.map { unsafe chown(path, uid_t.max, $0) == 0 } ?? true
        guard isGiven, unsafe chmod(path, mode) == 0, listen(descriptor, backlog) == 0 else {
            let cause = errno
            close(descriptor)
            _ = unsafe unlink(path)
            // Only root and a group's members may give it a file.
            let remedy = isGiven ? "" : "; make the program's user a member of group \(group ?? 0)"
            throw ServerError(name, .system(systemWords(cause) + remedy))
        }
        return ListeningSocket(descriptor: descriptor, port: nil, path: path)
    }

    /// A socket file that nobody listens on was left by a crash.
    private static func removeStale(_ path: String, _ address: SocketAddress, _ name: String) throws(ServerError) {
        var information = stat()
        guard unsafe lstat(path, &information) == 0 else { return }
        guard information.st_mode & S_IFMT == S_IFSOCK else { throw ServerError(name, .notASocket) }
        let probe = try open(AF_UNIX, name)
        defer { close(probe) }
        guard !address.connect(probe), errno == ECONNREFUSED else { throw ServerError(name, .inUse) }
        guard unsafe unlink(path) == 0 else { throw ServerError(name, .system(systemWords(errno))) }
    }

    private static func open(_ family: Int32, _ name: String) throws(ServerError) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw ServerError(name, .system(systemWords(errno))) }
        return descriptor
    }
}
