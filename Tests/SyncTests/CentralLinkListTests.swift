import Exchange
import HTTP
import Lane
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// The link against a real server, good and bad.
@Suite struct CentralLinkListTests {
    private let folder: TemporaryFolder
    private let download: ListDownload
    /// What central has: more than a socket takes at once.
    private let content = [UInt8]((0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) })
    private let file: String
    private let offer = ListOffer.sample(bytes: 1_000_000)
    private let asked = Asked()

    private final class Asked: Sendable {
        let requests = Mutex<[RequestHead]>([])
        var ranges: [String?] { requests.withLock { $0.map { $0.headers["Range"] } } }
        var tags: [String?] { requests.withLock { $0.map { $0.headers["If-Range"] } } }
    }

    init() throws {
        folder = try TemporaryFolder()
        download = ListDownload(folder: folder.path, name: "national")
        file = folder / "at-central"
        try DurableFile.replace(file, with: content)
    }

    private func server(_ answer: @escaping @Sendable (ServerRequest) -> ServerResponse) throws -> Server {
        let asked = asked
        return try Server(ServerSettings(address: ListenAddress("unix:" + (folder / "http")))) { request in
            asked.requests.withLock { $0.append(request.head) }
            return answer(request)
        }
    }

    private func link() throws -> CentralLink {
        CentralLink(
            client: Client(), endpoint: try Endpoint("unix:" + (folder / "http")), station: StationID(42),
            folder: folder.path)
    }

    private func good() throws -> Server {
        let file = file
        return try server { _ in ServerResponse(status: 200, headers: ["ETag": "\"1.8\""], body: .file(path: file)) }
    }

    // MARK: Asking

    @Test func `an offer is asked for after the version that we have`() throws {
        let offer = offer
        let server = try server { request in
            request.head.queryValue("after") == "1.8" ? ServerResponse(status: 304) : .json(200, offer.json)
        }
        var link = try link()
        #expect(link.askList("national", after: nil) == .offer(offer))
        #expect(link.askList("national", after: ListVersion(epoch: 1, version: 7)) == .offer(offer))
        #expect(link.askList("national", after: ListVersion(epoch: 1, version: 8)) == .notModified)
        #expect(asked.requests.withLock { $0.map(\.path) } == Array(repeating: "/v1/lists/national", count: 3))
        #expect(asked.requests.withLock { $0.map { $0.queryValue("after") } } == [nil, "1.7", "1.8"])
        #expect(link.askList("other", after: nil) == .refused("central offers another list than other"))
        server.stop()
    }

    private static var unfit: ListOffer {
        var offer = ListOffer.sample()
        offer.path = "/etc/passwd"
        return offer
    }

    @Test(arguments: [
        (ServerResponse.text(500, "oops"), OfferAnswer.later("central answered 500", notBefore: nil)),
        (.text(200, "<html>"), .later("central answered 200 with something that is no answer", notBefore: nil)),
        (
            ServerResponse(status: 304),
            .later("central answered 304; redirects are not followed, check the address of central", notBefore: nil)
        ),
        (.text(404, "no such page"), .later("central answered 404", notBefore: nil)),
        (
            .json(404, Refusal(.notFound, message: "no list of that name").json),
            .refused("central answered 404: no list of that name")
        ),
        (
            .json(200, unfit.json),
            .refused("central offers what cannot be: the path is not one of a list's file")
        ),
        (
            ServerResponse(
                status: 503, headers: ["Retry-After": "7"],
                body: .bytes(Refusal(.unavailable, message: "too many lists are being fetched").json)),
            .later("central answered 503: too many lists are being fetched", notBefore: .seconds(7))
        ),
    ])
    func `what is no offer`(_ response: ServerResponse, _ expected: OfferAnswer) throws {
        let server = try server { _ in response }
        var link = try link()
        #expect(link.askList("national", after: nil) == expected)
        server.stop()
    }

    // MARK: Fetching

    @Test(arguments: [["ETag": "\"1.8\""], ["ETag": "W/\"1.8\""], [:]] as [Headers])
    func `a server that gives the whole file where all of it was asked for is as good`(_ headers: Headers) throws {
        let content = content
        let server = try server { _ in
            ServerResponse(status: 200, headers: headers, body: .bytes(content))
        }
        var link = try link()
        #expect(link.fetchPiece(of: offer, into: download) == .fetched(position: 1_000_000))
        #expect(try bytesOf(download.path) == content && download.position(of: offer) == 1_000_000)
        server.stop()
    }

    @Test(arguments: [999_999, 1_000_001])
    func `a whole file of another length is not`(count: Int) throws {
        let server = try server { _ in
            ServerResponse(status: 200, headers: [:], body: .bytes([UInt8](repeating: 7, count: count)))
        }
        var link = try link()
        #expect(
            link.fetchPiece(of: offer, into: download)
                == .beginAnew("central gave a file whose length is not the offered one"))
        #expect(folder.names.filter { $0.hasPrefix("national") }.isEmpty)
        server.stop()
    }

    @Test func `a file is fetched in pieces, also by several runs`() throws {
        let server = try good()
        for position in [400_000, 800_000, 1_000_000, 1_000_000] {
            var link = try link()
            #expect(link.fetchPiece(of: offer, into: download, most: 400_000) == .fetched(position: position))
        }
        #expect(bytesOf(download.path) == content)
        #expect(asked.ranges == ["bytes=0-399999", "bytes=400000-799999", "bytes=800000-999999"])
        #expect(asked.tags == [nil, "\"1.8\"", "\"1.8\""])
        server.stop()
    }

    @Test func `a connection that is cut in a piece is gone on with at the right byte`() throws {
        let head = """
            HTTP/1.1 206 Partial Content\r\nETag: "1.8"\r\nContent-Length: 1000000\r
            Content-Range: bytes 0-999999/1000000\r\n\r\n
            """
        let cutting = try CuttingServer(at: folder / "http", saying: Array(head.utf8) + content[..<300_001])
        var link = try link()
        let answer = link.fetchPiece(of: offer, into: download)
        guard case .later(let reason, nil) = answer else {
            Issue.record("\(answer)")
            return
        }
        #expect(reason.hasSuffix("connection lost before the answer ended"))
        #expect(try download.position(of: offer) == 300_001)
        cutting.stop()
        let server = try good()
        #expect(link.fetchPiece(of: offer, into: download) == .fetched(position: 1_000_000))
        #expect(asked.ranges == ["bytes=300001-999999"] && asked.tags == ["\"1.8\""])
        #expect(bytesOf(download.path) == content)
        server.stop()
    }

    /// A server that gives this for the second piece of 100 bytes, bytes 100 to 199.
    private func second(_ status: Int = 206, _ headers: Headers, count: Int = 100) throws -> PieceAnswer {
        let good = try good()
        var link = try link()
        #expect(link.fetchPiece(of: offer, into: download, most: 100) == .fetched(position: 100))
        good.stop()
        let bad = try server { _ in
            ServerResponse(status: status, headers: headers, body: .bytes([UInt8](repeating: 7, count: count)))
        }
        let answer = link.fetchPiece(of: offer, into: download, most: 100)
        #expect(asked.ranges.last == "bytes=100-199")
        bad.stop()
        return answer
    }

    private static let place = "bytes 100-199/1000000"

    @Test(
        arguments: [
            (200, ["ETag": "\"1.8\""], 100, "the answer 200 to a range"),
            (200, ["ETag": "\"1.8\"", "Content-Range": place], 5_000_000, "the answer 200 to a range"),
            (204, ["ETag": "\"1.8\""], 0, "the answer 204 to a range"),
            (206, ["ETag": "\"1.8\""], 100, "a piece without its place or its tag"),
            (206, ["Content-Range": place], 100, "a piece without its place or its tag"),
            (206, ["ETag": "\"1.9\"", "Content-Range": place], 100, "a piece of another file"),
            (206, ["ETag": "W/\"1.8\"", "Content-Range": place], 100, "a piece of another file"),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 100-199/*"], 100,
                "a piece without its place or its tag"
            ),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 100-199/999999"], 100,
                "a piece without its place or its tag"
            ),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 99-198/1000000"], 100,
                "bytes 99..<199 in place of 100..<200"
            ),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 101-199/1000000"], 99,
                "bytes 101..<200 in place of 100..<200"
            ),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 100-200/1000000"], 101,
                "bytes 100..<201 in place of 100..<200"
            ),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": "bytes 199-100/1000000"], 100,
                "a piece without its place or its tag"
            ),
            (206, ["ETag": "\"1.8\"", "Content-Range": place], 99, "a piece whose length is not that of its place"),
            (206, ["ETag": "\"1.8\"", "Content-Range": place], 101, "a piece whose length is not that of its place"),
            (
                206, ["ETag": "\"1.8\"", "Content-Range": place, "Content-Encoding": "br"], 100,
                "a piece whose length is not that of its place"
            ),
        ] as [(Int, Headers, Int, String)])
    func `a wrong piece is refused, and the file begun anew`(
        _ status: Int, _ headers: Headers, _ count: Int, _ reason: String
    ) throws {
        #expect(try second(status, headers, count: count) == .beginAnew("central gave \(reason)"))
        #expect(folder.names.filter { $0.hasPrefix("national") }.isEmpty)
        let server = try good()
        var link = try link()
        #expect(link.fetchPiece(of: offer, into: download) == .fetched(position: 1_000_000))
        #expect(bytesOf(download.path) == content)
        server.stop()
    }

    @Test(arguments: [99, 101])
    func `too few bytes and too many are refused, also where no length was announced`(count: Int) throws {
        let server = try server { _ in
            let left = Mutex([UInt8](repeating: 7, count: count))
            let stream = ChunkStream(next: {
                left.withLock { left in
                    defer { left = [] }
                    return left.isEmpty ? .end : .chunk(left)
                }
            })
            return ServerResponse(
                status: 206, headers: ["ETag": "\"1.8\"", "Content-Range": "bytes 0-99/1000000"], body: .stream(stream))
        }
        var link = try link()
        let reason = count < 100 ? "fewer bytes than the piece has" : "central gave more than the piece"
        #expect(link.fetchPiece(of: offer, into: download, most: 100) == .beginAnew(reason))
        #expect(folder.names.filter { $0.hasPrefix("national") }.isEmpty)
        server.stop()
    }

    @Test(arguments: [404, 410, 412, 416])
    func `a file that is no longer kept is begun anew`(status: Int) throws {
        #expect(try second(status, [:], count: 0) == .beginAnew("central answered \(status)"))
        #expect(folder.names.filter { $0.hasPrefix("national") }.isEmpty)
    }

    @Test func `later keeps what is here`() throws {
        #expect(
            try second(503, ["Retry-After": "9"], count: 0)
                == .later("central answered 503", notBefore: .seconds(9)))
        #expect(try download.position(of: offer) == 100)
        var link = try link()
        guard case .later(let reason, nil) = link.fetchPiece(of: offer, into: download) else {
            Issue.record("not later")
            return
        }
        #expect(reason.hasSuffix("no such socket; is the program running?"))
        #expect(try download.position(of: offer) == 100)
    }

    @Test func `another offer begins another file`() throws {
        let server = try good()
        var link = try link()
        #expect(link.fetchPiece(of: offer, into: download, most: 100) == .fetched(position: 100))
        var other = offer
        other.path = "/v1/lists/national/1.9.list.gz"
        #expect(link.fetchPiece(of: other, into: download, most: 50) == .fetched(position: 50))
        #expect(asked.ranges.last == "bytes=0-49" && asked.tags.last == .some(nil))
        #expect(try download.position(of: offer) == 0)
        #expect(bytesOf(download.path) == Array(content[..<50]))
        server.stop()
    }

    @Test func `a disk that does not take it is told`() throws {
        let server = try good()
        var link = try link()
        let nowhere = ListDownload(folder: folder / "nowhere", name: "national")
        guard case .later(let reason, nil) = link.fetchPiece(of: offer, into: nowhere) else {
            Issue.record("not later")
            return
        }
        #expect(reason.contains("could not keep the answer: ") && reason.hasSuffix("make the folder"))
        server.stop()
    }
}
