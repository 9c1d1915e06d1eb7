import Devices
import Glibc
import Lane
import Testing

@testable import HTTP

/// A server that says these bytes to each connection, whatever it asks, and closes.
final class BluntServer {
    private let listening: Int32
    private var thread: WorkerThread?

    init(port: UInt16, saying words: String) throws {
        let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let address = try #require(SocketAddress("127.0.0.1", port))
        var yes: Int32 = 1
        _ = unsafe setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        try #require(address.bind(listening) && listen(listening, 8) == 0)
        self.listening = listening
        let bytes = Array(words.utf8)
        thread = WorkerThread(named: "blunt") { Self.answer(listening, bytes) }
    }

    /// Returns when the port is free.
    func stop() {
        shutdown(listening, Int32(SHUT_RDWR))
        thread.take()?.join()
        close(listening)
    }

    private static func answer(_ listening: Int32, _ bytes: [UInt8]) {
        while true {
            let connection = accept(listening, nil, nil)
            guard connection >= 0 else { return }
            var request = [UInt8](repeating: 0, count: 65_536)
            _ = unsafe read(connection, &request, request.count)
            _ = unsafe send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            close(connection)
        }
    }
}
