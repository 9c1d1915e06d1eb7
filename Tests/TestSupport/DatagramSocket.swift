import Glibc

/// A Unix datagram socket at which a test listens, as systemd does.
package final class DatagramSocket: Sendable {
    private let descriptor: Int32

    /// - Parameter address: a path, or an abstract name behind `@`.
    package init(_ address: String) throws {
        var name = sockaddr_un()
        name.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &name.sun_path) { bytes in
            unsafe bytes.copyBytes(from: address.utf8)
            if address.hasPrefix("@") { unsafe bytes[0] = 0 }
        }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + address.utf8.count)
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        let result = unsafe withUnsafePointer(to: &name) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
        }
        guard result == 0 else { throw TemporaryFolder.Errno(number: errno) }
    }

    deinit { close(descriptor) }

    /// The next datagram; nil when none comes within so many milliseconds.
    package func next(within milliseconds: Int32) -> String? {
        var waited = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waited, 1, milliseconds) == 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = unsafe recv(descriptor, &bytes, bytes.count, 0)
        return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
    }
}
