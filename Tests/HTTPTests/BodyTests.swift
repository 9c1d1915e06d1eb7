import Lane
import Synchronization
import Testing

@testable import HTTP

@Suite("A server takes a body")
struct BodyTests {
    private static func limited(_ most: Int) -> ServerSettings {
        var settings = ServerSettings.loopback
        settings.mostBodyBytes = most
        return settings
    }

    @Test(arguments: [true, false], [100, 200_000])
    func `up to the limit, else it answers 413`(isAnnounced: Bool, most: Int) throws {
        let server = try Server(Self.limited(most)) { request in .text(200, "\(request.body.count)") }
        var client = Client()
        for (length, status) in [(most, 200), (most + 1, 413), (most, 200)] {
            var left = length
            let source = BodySource(length: isAnnounced ? length : nil) { most in
                let count = min(left, most)
                left -= count
                return [UInt8](repeating: 1, count: count)
            }
            #expect(try client.perform(Request(.post, server.endpoint, "/"), sending: source).status == status)
        }
    }

    @Test func `a refused body without end is cut`() throws {
        let server = try Server(Self.limited(100)) { _ in .text(200, "never") }
        var client = Client()
        let source = BodySource(length: nil) { most in [UInt8](repeating: 1, count: most) }
        let error = #expect(throws: TransferError.self) {
            try client.perform(Request(.post, server.endpoint, "/"), sending: source)
        }
        #expect(error?.cause == .connectionLost)
    }

    @Test func `piece by piece into a sink`() throws {
        let server = try Server(.loopback) { head in
            var count = 0
            return .stream(
                BodySink(receive: { count += $0.count }, end: { .text(200, "\(head.path) \(count)") }, abandon: {}))
        }
        var client = Client()
        let body = [UInt8](repeating: 1, count: 500_000)
        #expect(try client.perform(Request(.put, server.endpoint, "/p", body: body)).text == "/p 500000\n")
    }

    @Test func `a sink that fails is asked for the answer at once and gets no more`() throws {
        struct Full: Error {}
        let calls = Mutex<[String]>([])
        let server = try Server(.loopback) { _ in
            .stream(
                BodySink(
                    receive: { _ in
                        calls.withLock { $0.append("receive") }
                        throw Full()
                    },
                    end: {
                        calls.withLock { $0.append("end") }
                        return .text(507, "disk full")
                    }, abandon: { calls.withLock { $0.append("abandon") } }))
        }
        var client = Client()
        let body = [UInt8](repeating: 1, count: 500_000)
        #expect(try client.perform(Request(.put, server.endpoint, "/", body: body)).status == 507)
        server.stop()
        #expect(calls.withLock { $0 } == ["receive", "end"])
    }

    @Test func `a client that goes in the middle is told to the sink`() throws {
        let abandoned = Latch()
        let received = Latch()
        let server = try Server(.loopback) { _ in
            .stream(
                BodySink(
                    receive: { _ in received.open() }, end: { .text(200, "never") }, abandon: { abandoned.open() }))
        }
        do {
            let client = try RawClient(port: server.tcpPort)
            client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
            #expect(received.wait())
        }
        #expect(abandoned.wait())
        server.stop()
        abandoned.release()
        received.release()
    }

    @Test func `an answer to the headers alone does not wait for the body`() throws {
        let server = try Server(.loopback) { _ in Reception.answer(.text(404, "passage not here yet")) }
        let client = try RawClient(port: server.tcpPort)
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")
        #expect(client.read(until: "yet").hasPrefix("HTTP/1.1 404 "))
    }

    @Test func `a method that is none of ours is answered`() throws {
        let server = try Server(.loopback) { _ in .text(200, "never") }
        let client = try RawClient(port: server.tcpPort)
        client.send("BREW / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "known").hasPrefix("HTTP/1.1 501 "))
    }

    @Test func `an idle connection is closed by the server`() throws {
        var settings = ServerSettings.loopback
        settings.idle = .seconds(1)
        let server = try Server(settings) { _ in .text(200, "well") }
        let client = try RawClient(port: server.tcpPort)
        #expect(client.read() == "")
    }

    @Test func `files are sent whole, and one that is missing is 404`() throws {
        let folder = try Folder()
        let text = String(repeating: "0123456789", count: 10_000)
        let path = try folder.write("list", text)
        let server = try Server(.loopback) { request in
            ServerResponse(status: 200, body: .file(path: request.path == "/list" ? path : "\(path)\(request.path)"))
        }
        var client = Client()
        #expect(try client.perform(Request(.get, server.endpoint, "/list")).text == text)
        #expect(try client.perform(Request(.get, server.endpoint, "/other")).status == 404)
    }
}
