import FoundationEssentials
import HTTP
import Testing

extension ServerSettings {
    /// TCP on this computer, on a port that the system chooses.
    static var loopback: ServerSettings { ServerSettings(address: .tcp(address: "127.0.0.1", port: 0)) }
}

extension Endpoint {
    /// Plain HTTP to a port of this computer.
    static func loopback(_ port: UInt16) throws -> Endpoint { try Endpoint("http://127.0.0.1:\(port)") }
}

/// The error with which a server does not start.
func failureToStart(_ settings: ServerSettings) -> ServerError? {
    #expect(throws: ServerError.self) {
        let server = try Server(settings) { _ in .text(200, "never") }
        server.stop()
    }
}

extension Server {
    /// Its port; 0 for a Unix socket.
    var tcpPort: UInt16 { port ?? 0 }

    /// Where this plain TCP server is.
    var endpoint: Endpoint {
        get throws { try Endpoint.loopback(tcpPort) }
    }
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A folder of its own, gone when the test is over.
struct Folder: ~Copyable {
    let path: String

    init() throws {
        path = "/tmp/http-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            print("\(path) stays behind: \(error)")
        }
    }

    func write(_ name: String, _ text: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
        return "\(path)/\(name)"
    }
}
