import Lane
import Testing

@testable import HTTP

@Suite("A transfer that fails says why")
struct FailureTests {
    private let short = TimeOuts(connect: .milliseconds(150), stall: .milliseconds(100), total: .milliseconds(300))

    private func failure(_ request: Request, sending source: BodySource? = nil) -> TransferError? {
        var client = Client()
        return #expect(throws: TransferError.self) { try client.perform(request, sending: source) }
    }

    @Test func `nothing listens`() throws {
        let port = try SilentServer().port
        let error = failure(Request(.get, try .loopback(port), "/x?token=secret"))
        #expect(error?.cause == .refused)
        #expect(error?.description == "GET http://127.0.0.1:\(port)/x: connection refused; nothing listens there")
    }

    @Test func `a socket that accepts and says nothing is stalled`() throws {
        let server = try SilentServer()
        let error = failure(Request(.get, try .loopback(server.port), "/", timeOuts: short))
        #expect(error?.cause == .stalled(.milliseconds(100)))
        #expect(error?.cause.words == "no byte for 100 ms")
    }

    @Test func `the whole transfer has its time-out`() throws {
        let server = try SilentServer()
        let timeOuts = TimeOuts(connect: .seconds(5), stall: .seconds(5), total: .milliseconds(100))
        let error = failure(Request(.get, try .loopback(server.port), "/", timeOuts: timeOuts))
        #expect(error?.cause == .timedOut(.milliseconds(100)))
    }

    @Test func `a TLS handshake that nobody answers is no connection`() throws {
        let server = try SilentServer()
        let timeOuts = TimeOuts(connect: .milliseconds(100), stall: .seconds(5), total: .seconds(5))
        let error = failure(Request(.get, try Endpoint("https://127.0.0.1:\(server.port)"), "/", timeOuts: timeOuts))
        #expect(error?.cause == .connectTimedOut(.milliseconds(100)))
    }

    @Test func `a name that does not exist`() throws {
        let error = failure(Request(.get, try Endpoint("https://no-such-host.invalid"), "/"))
        #expect(error?.cause == .couldNotResolve(host: "no-such-host.invalid"))
    }

    @Test(arguments: [
        ("", TransferError.Cause.connectionLost),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", .connectionLost),
        ("SSH-2.0-OpenSSH_9.2\r\n", .notHTTP),
        ("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\nx", .answerTooLarge(mostBytes: 1 << 20)),
    ])
    func `a server that talks nonsense`(answer: String, cause: TransferError.Cause) throws {
        let server = try RawServer(saying: [answer])
        #expect(failure(Request(.get, try .loopback(server.port), "/"))?.cause == cause)
    }

    @Test func `an answer that does not say its length is cut at the limit`() throws {
        let server = try RawServer(saying: ["HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 100_000)])
        let error = failure(Request(.get, try .loopback(server.port), "/", mostBytes: 65_536))
        #expect(error?.cause == .answerTooLarge(mostBytes: 65_536))
    }

    @Test func `a flood of headers is cut`() throws {
        let header = "X: \(String(repeating: "x", count: 1_000))\r\n"
        let server = try RawServer(saying: ["HTTP/1.1 200 OK\r\n" + String(repeating: header, count: 50) + "\r\n"])
        #expect(failure(Request(.get, try .loopback(server.port), "/"))?.cause == .headersTooLarge)
    }

    @Test func `a raised stop flag breaks off a transfer that waits`() throws {
        let server = try SilentServer()
        let stop = StopFlag()
        var client = Client(stop: stop)
        let request = Request(.put, try .loopback(server.port), "/")
        let source = BodySource(length: 1) { _ in
            stop.raise()
            return [1]
        }
        let error = #expect(throws: TransferError.self) { try client.perform(request, sending: source) }
        #expect(error?.cause == .stopped)
        #expect(throws: TransferError(request.summary, .stopped)) { try client.perform(request) }
    }

    @Test func `a source that fails is the cause`() throws {
        struct Gone: Error {}
        let server = try Server(.loopback) { _ in .text(200, "well") }
        let error = failure(
            Request(.put, try server.endpoint, "/"), sending: BodySource(length: 10) { _ in throw Gone() })
        #expect(error?.cause == .sourceFailed("Gone()"))
    }

    @Test func `a client is as good as new after a failure`() throws {
        let silent = try SilentServer()
        let server = try Server(.loopback) { request in .text(200, "\(request.method) of \(request.body.count)") }
        var client = Client()
        #expect(throws: TransferError.self) {
            try client.perform(Request(.put, try .loopback(silent.port), "/", body: [1, 2], timeOuts: short))
        }
        #expect(try client.perform(Request(.get, server.endpoint, "/")).text == "get of 0\n")
        #expect(try client.perform(Request(.post, server.endpoint, "/", body: [1])).text == "post of 1\n")
    }

    @Test(arguments: ["x", "/a b", "/\r\nHost: other", "/ø", ""])
    func `a target that would end the request line is not sent`(target: String) throws {
        let cause = failure(Request(.get, try .loopback(1), target))?.cause
        #expect(cause == .malformedRequest("the target is not visible ASCII that begins with a slash"))
    }

    @Test(arguments: [("A\r\nB", "x"), ("A", "x\r\nB: y"), ("", "x"), ("A", "\u{7F}"), ("A:", "x")])
    func `a header that would begin another is not sent`(name: String, value: String) throws {
        let headers = Headers([Headers.Field(name: name, value: value)])
        let cause = failure(Request(.get, try .loopback(1), "/", headers: headers))?.cause
        guard case .malformedRequest = cause else { return #expect(cause == .malformedRequest("")) }
    }
}
