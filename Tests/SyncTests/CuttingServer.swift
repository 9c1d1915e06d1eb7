import Glibc
import Testing

/// A server that answers one request with exactly these bytes, and cuts the connection.
struct CuttingServer: ~Copyable {
    private let path: String
    private let listening: Int32
    private let thread: pthread_t

    private final class Script: Sendable {
        let listening: Int32
        let bytes: [UInt8]
        init(_ listening: Int32, _ bytes: [UInt8]) {
            self.listening = listening
            self.bytes = bytes
        }
    }

    init(at path: String, saying bytes: [UInt8]) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let listening = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        let isBound = unsafe withUnsafePointer(to: &address) {
            unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(listening, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isBound && listen(listening, 1) == 0)
        var thread = pthread_t()
        let script = unsafe Unmanaged.passRetained(Script(listening, bytes)).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    CuttingServer.play(unsafe Unmanaged<Script>.fromOpaque(context).takeRetainedValue())
                }
                return nil
            }, script)
        try #require(result == 0)
        self.path = path
        self.listening = listening
        self.thread = thread
    }

    deinit {
        shutdown(listening, Int32(SHUT_RDWR))
        _ = pthread_join(thread, nil)
        close(listening)
        _ = unsafe unlink(path)
    }

    consuming func stop() {}

    private static func play(_ script: Script) {
        let connection = accept(script.listening, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        var request: [UInt8] = []
        var byte: UInt8 = 0
        while !request.reversed().starts(with: [10, 13, 10, 13]), unsafe read(connection, &byte, 1) == 1 {
            request.append(byte)
        }
        var rest = script.bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}
