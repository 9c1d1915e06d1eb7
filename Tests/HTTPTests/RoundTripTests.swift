import Lane
import Testing

@testable import HTTP

@Suite("A request and its answer, over loopback")
struct RoundTripTests {
    /// Answers with what it was asked: method, path, and the body.
    private static let echo: @Sendable (ServerRequest) -> ServerResponse = { request in
        ServerResponse(
            status: 200, headers: ["X-Asked": "\(request.method.rawValue) \(request.path)"], body: .bytes(request.body))
    }

    @Test func `GET has no body, and brings the answer's bytes and headers`() throws {
        let server = try Server(.loopback) { _ in .text(200, "well") }
        var client = Client()
        let response = try client.perform(Request(.get, server.endpoint, "/v1/health"))
        #expect(response.status == 200)
        #expect(response.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(response.body == Array("well\n".utf8))
    }

    @Test(arguments: [Method.post, .put], [0, 1, 16_384, 300_000])
    func `a body arrives whole and comes back whole`(method: Method, length: Int) throws {
        let server = try Server(.loopback, answer: Self.echo)
        var client = Client()
        let body = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7) }
        let response = try client.perform(Request(method, server.endpoint, "/a/b", body: body))
        #expect(response.headers["X-Asked"] == "\(method.rawValue) /a/b")
        #expect(response.body == body)
    }

    @Test(arguments: [nil, 100_000])
    func `a body is pulled piece by piece, of known length or not`(length: Int?) throws {
        let server = try Server(.loopback, answer: Self.echo)
        var client = Client()
        var left = 100_000
        let source = BodySource(length: length) { most in
            let count = min(left, most, 777)
            left -= count
            return [UInt8](repeating: UInt8(ascii: "x"), count: count)
        }
        let response = try client.perform(Request(.put, server.endpoint, "/x"), sending: source)
        #expect(response.body == [UInt8](repeating: UInt8(ascii: "x"), count: 100_000))
        #expect(left == 0)
    }

    @Test func `path, query and escapes are taken apart`() throws {
        let server = try Server(.loopback) { request in
            .text(200, "\(request.segments) \(request.head.queryValue("name") ?? "-") \(request.path)")
        }
        var client = Client()
        let response = try client.perform(Request(.get, server.endpoint, "/v1/a%2Fb/../c/?name=x%20y+z&more"))
        #expect(response.text == #"["v1", "a/b", "..", "c"] x y z /v1/a%2Fb/../c/"# + "\n")
    }

    @Test(arguments: ["/%00", "/%zz", "/%4", "/%ff", "/a?b=%00"])
    func `a path that cannot be decoded is refused`(target: String) throws {
        let server = try Server(.loopback) { _ in .text(200, "never") }
        var client = Client()
        #expect(try client.perform(Request(.get, server.endpoint, target)).status == 400)
    }

    @Test func `a hundred requests share one connection`() throws {
        // One connection is all that this server accepts: on a second one the client would wait in vain.
        let answers = (0..<100).map { "HTTP/1.1 200 OK\r\nContent-Length: \("\($0)".count)\r\n\r\n\($0)" }
        let server = try RawServer(saying: answers)
        var client = Client()
        for number in 0..<100 {
            let request = Request(.get, try .loopback(server.port), "/", timeOuts: TimeOuts(stall: .seconds(5)))
            #expect(try client.perform(request).text == "\(number)")
        }
    }

    @Test func `a connection that the server has closed meanwhile is opened again`() throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        var client = Client()
        for _ in 0..<3 {
            let server = try RawServer(saying: [answer])
            #expect(try client.perform(Request(.put, try .loopback(server.port), "/", body: [1])).status == 200)
        }
    }

    @Test func `a keep-alive connection of ours serves request after request`() throws {
        let server = try Server(.loopback, answer: Self.echo)
        var client = Client()
        for number in 0..<100 {
            let response = try client.perform(Request(.post, server.endpoint, "/\(number)", body: [UInt8(number)]))
            #expect(response.body == [UInt8(number)])
        }
    }

    @Test func `other work is done while an answer is waited for`() throws {
        let latch = Latch()
        defer { latch.release() }
        let server = try Server(.loopback) { request in
            #expect(latch.wait())
            return .text(200, "\(request.body.count)")
        }
        var client = Client()
        let body = [UInt8](repeating: 1, count: 600_000)
        var pieces = 0
        let response = try client.perform(
            Request(.post, server.endpoint, "/", body: body),
            meanwhile: {
                pieces += 1
                if pieces == 3 { latch.open() }
                return pieces < 3
            })
        #expect(response.text == "\(body.count)\n")
        #expect(pieces >= 3)
    }

    @Test func `HEAD brings headers and no body`() throws {
        let server = try Server(.loopback) { _ in .text(200, "well") }
        var client = Client()
        let response = try client.perform(Request(.head, server.endpoint, "/", mostBytes: 1))
        #expect(response.status == 200)
        #expect(response.headers["Content-Length"] == "5")
        #expect(response.body == [])
    }

    @Test func `a redirect is an answer, not followed`() throws {
        let server = try Server(.loopback) { request in
            request.path == "/" ? ServerResponse(status: 301, headers: ["Location": "/other"]) : .text(200, "followed")
        }
        var client = Client()
        let response = try client.perform(Request(.get, server.endpoint, "/"))
        #expect(response.status == 301)
        #expect(response.headers["Location"] == "/other")
    }
}
