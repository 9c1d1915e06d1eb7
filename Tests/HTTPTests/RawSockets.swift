import Glibc
import Testing

@testable import HTTP

/// A client that says exactly these bytes, and reads what comes.
struct RawClient: ~Copyable {
    let descriptor: Int32

    init(port: UInt16) throws {
        let address = try #require(SocketAddress("127.0.0.1", port))
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        try #require(address.connect(descriptor))
        self.descriptor = descriptor
    }

    deinit { Glibc.close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        #expect(unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    }

    /// All that comes until the text is there, or the other side closes.
    func read(until text: String = "\u{0}") -> String {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while !String(decoding: all, as: UTF8.self).contains(text) {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count <= 0 { break }
            all += piece[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }
}

private func listeningSocket() throws -> (descriptor: Int32, port: UInt16) {
    let address = try #require(SocketAddress("127.0.0.1", 0))
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(address.bind(descriptor) && listen(descriptor, 8) == 0)
    return (descriptor, try #require(SocketAddress.port(of: descriptor)))
}

/// A server that accepts one connection, says exactly these bytes after each request's headers, and closes.
struct RawServer: ~Copyable {
    let port: UInt16
    private let listening: Int32
    private let thread: pthread_t

    private final class Script: Sendable {
        let listening: Int32
        let answers: [[UInt8]]
        init(_ listening: Int32, _ answers: [String]) {
            self.listening = listening
            self.answers = answers.map { Array($0.utf8) }
        }
    }

    init(saying answers: [String]) throws {
        let (listening, port) = try listeningSocket()
        var thread = pthread_t()
        let script = unsafe Unmanaged.passRetained(Script(listening, answers)).toOpaque()
        let result = unsafe pthread_create(
            &thread, nil,
            { context in
                if let context = unsafe context {
                    unsafe RawServer.play(Unmanaged<Script>.fromOpaque(context).takeRetainedValue())
                }
                return nil
            }, script)
        try #require(result == 0)
        self.listening = listening
        self.port = port
        self.thread = thread
    }

    deinit {
        shutdown(listening, Int32(SHUT_RDWR))
        _ = pthread_join(thread, nil)
        close(listening)
    }

    private static func play(_ script: Script) {
        let connection = accept(script.listening, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        for answer in script.answers {
            readHeaders(connection)
            _ = unsafe Glibc.send(connection, answer, answer.count, Int32(MSG_NOSIGNAL))
        }
    }

    private static func readHeaders(_ connection: Int32) {
        var request: [UInt8] = []
        var byte: UInt8 = 0
        while !request.reversed().starts(with: [10, 13, 10, 13]), unsafe Glibc.read(connection, &byte, 1) == 1 {
            request.append(byte)
        }
    }
}

/// A socket whose connections the kernel accepts and nobody ever answers.
struct SilentServer: ~Copyable {
    let port: UInt16
    private let descriptor: Int32

    init() throws {
        let (descriptor, port) = try listeningSocket()
        self.descriptor = descriptor
        self.port = port
    }

    deinit { close(descriptor) }
}

/// Opened once, from any thread; whoever waits for it is woken.
struct Latch: Sendable {
    private let ends: [Int32]

    init() {
        var pair: [Int32] = [0, 0]
        precondition(unsafe pipe(&pair) == 0, "a test has two descriptors left")
        ends = pair
    }

    func open() {
        var byte: UInt8 = 1
        _ = unsafe write(ends[1], &byte, 1)
    }

    /// True once it is open; false after 20 s, so that a broken test ends.
    func wait() -> Bool {
        var look = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        return unsafe poll(&look, 1, 20_000) == 1
    }

    func release() {
        close(ends[0])
        close(ends[1])
    }
}
