import Glibc

/// The address structures of the socket calls.
package struct SocketAddress {
    private enum Form {
        case four(sockaddr_in)
        case six(sockaddr_in6)
        case path(sockaddr_un)
    }

    private let form: Form

    /// A numeric IPv4 or IPv6 address; nil when it is neither.
    package init?(_ host: String, _ port: UInt16) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            form = .four(four)
        } else if unsafe inet_pton(AF_INET6, host, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            form = .six(six)
        } else {
            return nil
        }
    }

    /// A Unix socket's path, at most `Endpoint.longestSocketPath` bytes.
    init(path: String) {
        precondition(path.utf8.count <= Endpoint.longestSocketPath, "a listen address has a path that fits")
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        form = .path(address)
    }

    /// `AF_INET`, `AF_INET6` or `AF_UNIX`.
    package var family: Int32 {
        switch form {
        case .four: AF_INET
        case .six: AF_INET6
        case .path: AF_UNIX
        }
    }

    /// True on success, else `errno` says why.
    func bind(_ descriptor: Int32) -> Bool {
        unsafe withPointer { unsafe Glibc.bind(descriptor, $0, $1) } == 0
    }

    /// True on success, else `errno` says why.
    package func connect(_ descriptor: Int32) -> Bool {
        unsafe withPointer { unsafe Glibc.connect(descriptor, $0, $1) } == 0
    }

    /// The port of a bound TCP socket; IPv4 and IPv6 have it at the same place.
    static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in6()
        var length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        return result == 0 ? UInt16(bigEndian: address.sin6_port) : nil
    }

    private func withPointer<T>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        switch form {
        case .four(let address): unsafe Self.with(address, body)
        case .six(let address): unsafe Self.with(address, body)
        case .path(let address): unsafe Self.with(address, body)
        }
    }

    private static func with<A, T>(_ address: A, _ body: (UnsafePointer<sockaddr>, socklen_t) -> T) -> T {
        unsafe withUnsafePointer(to: address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<A>.size))
            }
        }
    }
}
