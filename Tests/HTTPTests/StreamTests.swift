import Lane
import Synchronization
import Testing

@testable import HTTP

@Suite("Server-sent events")
struct StreamTests {
    private let get = "GET /events HTTP/1.1\r\nHost: x\r\n\r\n"

    @Test func `what is posted reaches the client, in order, until the outbox is closed`() throws {
        let outbox = Outbox()
        outbox.post(Array("data: 1\n\n".utf8))
        outbox.post(Array("data: 2\n\n".utf8))
        let server = try Server(.loopback) { _ in .events(from: outbox) }
        var client = Client()
        var got: [UInt8] = []
        let response = try client.perform(Request(.get, server.endpoint, "/events")) { piece in
            got += piece
            if got.count == 18 {
                outbox.post(Array("data: 3\n\n".utf8))
                outbox.close()
            }
        }
        #expect(response.headers["Content-Type"] == "text/event-stream")
        #expect(String(decoding: got, as: UTF8.self) == "data: 1\n\ndata: 2\n\ndata: 3\n\n")
        #expect(!outbox.post([1]))
    }

    @Test func `a client that goes ends the stream`() throws {
        let ended = Latch()
        let stream = ChunkStream(
            next: { [first = Atomic(true)] in
                first.exchange(false, ordering: .relaxed) ? .chunk(Array("hello".utf8)) : .nothingYet
            }, ended: { ended.open() })
        let server = try Server(.loopback) { _ in ServerResponse(status: 200, body: .stream(stream)) }
        do {
            let client = try RawClient(port: server.tcpPort)
            client.send(get)
            #expect(client.read(until: "hello").hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        #expect(ended.wait())
        server.stop()
        ended.release()
    }

    @Test func `a server that stops ends its streams and returns`() throws {
        let outbox = Outbox()
        outbox.post(Array("hello".utf8))
        let server = try Server(.loopback) { _ in .events(from: outbox) }
        let listener = try RawClient(port: server.tcpPort)
        let idle = try RawClient(port: server.tcpPort)
        listener.send(get)
        #expect(listener.read(until: "hello").hasSuffix("hello\r\n"))
        server.stop()
        #expect(listener.read() == "")
        #expect(idle.read() == "")
        #expect(outbox.isClosed)
    }

    @Test func `an outbox that is closed when the server stops ends its answer in order, with all that was in it`()
        throws
    {
        let outbox = Outbox()
        outbox.post(Array("hello".utf8))
        let server = try Server(.loopback) { _ in .events(from: outbox) }
        let listener = try RawClient(port: server.tcpPort)
        listener.send(get)
        #expect(listener.read(until: "hello").hasSuffix("hello\r\n"))
        outbox.post(Array("last".utf8))
        outbox.close()
        server.stop()
        #expect(listener.read() == "4\r\nlast\r\n0\r\n\r\n")
    }

    @Test func `a stream without end does not hold up a stop`() throws {
        let stream = ChunkStream(next: { .chunk(Array("hello".utf8)) })
        let server = try Server(.loopback) { _ in ServerResponse(status: 200, body: .stream(stream)) }
        let listener = try RawClient(port: server.tcpPort)
        listener.send(get)
        #expect(listener.read(until: "hello").contains("hello"))
        server.stop()
    }

    @Test func `a client that cannot follow is cut off, and never holds the poster up`() {
        let outbox = Outbox()
        for _ in 0..<Outbox.mostChunks { #expect(outbox.post([1])) }
        #expect(!outbox.post([1]))
        #expect(outbox.isClosed)
        #expect(outbox.take() == .chunk([UInt8](repeating: 1, count: Outbox.mostChunks)))
        #expect(outbox.take() == .end)
    }

    @Test func `a stream's own end ends the answer`() throws {
        let left = Mutex(3)
        let stream = ChunkStream(
            next: {
                left.withLock { left in
                    left -= 1
                    return left < 0 ? .end : .chunk([UInt8](repeating: UInt8(ascii: "x"), count: 40_000))
                }
            })
        let server = try Server(.loopback) { _ in ServerResponse(status: 200, body: .stream(stream)) }
        var client = Client()
        #expect(try client.perform(Request(.get, server.endpoint, "/")).body.count == 120_000)
        #expect(try client.perform(Request(.get, server.endpoint, "/")).body.count == 0)
    }
}
