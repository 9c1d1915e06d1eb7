import FoundationEssentials
import HTTP

extension ServerSettings {
    /// TCP on this computer, on a port that the system chooses.
    static var loopback: ServerSettings { ServerSettings(address: .tcp(address: "127.0.0.1", port: 0)) }
}

extension Endpoint {
    /// Plain HTTP to a port of this computer.
    static func loopback(_ port: UInt16) throws -> Endpoint { try Endpoint("http://127.0.0.1:\(port)") }
}

extension Server {
    /// Where this plain TCP server is.
    var endpoint: Endpoint {
        get throws { try Endpoint.loopback(port ?? 0) }
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
