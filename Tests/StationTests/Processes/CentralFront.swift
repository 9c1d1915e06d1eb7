import Devices
import Exchange
import FoundationEssentials
import Glibc
import HTTP
import Lane
import LaneSim
import Synchronization
import Testing

/// The program `central` behind a front that answers badly on request.
final class CentralFront {
    enum Manner: Hashable, Sendable {
        /// Passes on.
        case well
        case status(Int)
        /// 200 with these words.
        case says(String)
        case redirects
        /// The real answers, with another journal's name in them.
        case forAnotherJournal
        /// Well, but offers these bytes as the whole list of that version.
        case gives(list: [UInt8], as: ListVersion)
    }

    let folder: String
    let publicKey: String
    let port: UInt16
    private let desk: FrontDesk
    private var front: Server?
    private var central: ChildProcess?

    init(in site: String) throws {
        folder = "\(site)/central"
        let key = try Programs.run("central", ["keys", "--folder", folder])
        publicKey = key.output.filter { !$0.isWhitespace }
        try #require(key.code == 0)
        let child = try ChildProcess(
            Programs.path("central"), ["serve", "--folder", folder, "--listen", "127.0.0.1:0"],
            log: "\(site)/central.log")
        let line = try Programs.firstLine(of: child.output)
        let real = try #require(line.split(separator: ":").last.flatMap { UInt16($0) }, "central says: \(line)")
        central = consume child
        desk = FrontDesk(try Endpoint("http://127.0.0.1:\(real)"), folder: folder)
        let server = try Self.listen(desk, port: 0)
        port = server.port ?? 0
        front = consume server
    }

    deinit {
        central?.signal(SIGCONT)
        central?.signal(SIGKILL)
    }

    /// How it answers from now on.
    var manner: Manner {
        get { desk.manner.withLock { $0 } }
        set { desk.manner.withLock { $0 = newValue } }
    }

    /// Stops or continues the program itself.
    func signal(_ number: Int32) { central?.signal(number) }

    /// Takes the front away: connections are refused.
    func close() { front = nil }

    func open() throws { front = try Self.listen(desk, port: port) }

    /// Publishes the next version of the list.
    func publish(_ lines: [String]) throws {
        let path = "\(folder).txt"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
        let answer = try Programs.run("central", ["agreements", path, "--folder", folder])
        try #require(answer.code == 0, "\(answer)")
    }

    private static func listen(_ desk: FrontDesk, port: UInt16) throws -> Server {
        var settings = ServerSettings(address: .tcp(address: "127.0.0.1", port: port))
        settings.mostBodyBytes = 8 << 20
        return try Server(settings) { request in desk.answer(request) }
    }
}

/// What the front's threads share.
private final class FrontDesk: Sendable {
    let manner = Mutex(CentralFront.Manner.well)
    private let real: Endpoint
    private let folder: String

    init(_ real: Endpoint, folder: String) {
        self.real = real
        self.folder = folder
    }

    func answer(_ request: ServerRequest) -> ServerResponse {
        switch manner.withLock({ $0 }) {
        case .well: return passOn(request)
        case .status(let status): return .text(status, "out of order")
        case .says(let words): return .text(200, words)
        case .redirects: return ServerResponse(status: 301, headers: ["Location": "http://127.0.0.1:1/"])
        case .forAnotherJournal: return renamed(passOn(request), of: request)
        case .gives(let list, let version):
            return request.path.hasPrefix("/v1/lists/") ? give(list, as: version, request) : passOn(request)
        }
    }

    /// An offer first, then the file that it names.
    private func give(_ list: [UInt8], as version: ListVersion, _ request: ServerRequest) -> ServerResponse {
        let name = AgreementList.defaultName
        guard request.segments.count > 3 else {
            let offer = ListOffer(
                name: name, version: version, kind: .whole, listBytes: list.count, bytes: list.count,
                encoding: .identity, path: "/v1/lists/\(name)/\(version.text).list", newest: version)
            return .json(200, offer.json)
        }
        let path = "\(folder).given"
        do { try Data(list).write(to: URL(filePath: path), options: .atomic) } catch { return .text(503, "\(error)") }
        return ServerResponse(status: 200, headers: ["ETag": "\"\(Digest(of: list).hex)\""], body: .file(path: path))
    }

    private func passOn(_ request: ServerRequest) -> ServerResponse {
        var client = Client()
        let kept = ["range", "if-range", "content-type", "content-digest-blake2b"]
        let headers = Headers(request.headers.fields.filter { kept.contains($0.name.lowercased()) })
        let query = request.head.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let target = request.path + (query.isEmpty ? "" : "?\(query)")
        do {
            var onward = Request(
                request.method, real, target, headers: headers, body: request.body, mostBytes: 16 << 20)
            // It waits longer than the station does: who gives up first is what is tested.
            onward.timeOuts = TimeOuts(stall: .minutes(5), total: .minutes(5))
            let answer = try client.perform(onward)
            let passed = ["etag", "content-range", "content-type", "accept-ranges", "retry-after"]
            let fields = answer.headers.fields.filter { passed.contains($0.name.lowercased()) }
            return ServerResponse(status: answer.status, headers: Headers(fields), body: .bytes(answer.body))
        } catch {
            return .text(502, "\(error)")
        }
    }

    private func renamed(_ response: ServerResponse, of request: ServerRequest) -> ServerResponse {
        guard case .bytes(let bytes) = response.body, request.segments.count > 4 else { return response }
        let other = String(repeating: "0", count: 32)
        let text = String(decoding: bytes, as: UTF8.self)
        let pieces = text.split(separator: request.segments[4], omittingEmptySubsequences: false)
        return ServerResponse(status: response.status, body: .bytes(Array(pieces.joined(separator: other).utf8)))
    }
}
