import Glibc
import Lane
import Testing

@testable import HTTP

/// Clients that keep their connection busy and get nowhere: silence is not what ends them.
struct SlowClientTests {
    /// Between two bytes of a client that drips, in milliseconds.
    private static let pause: Int32 = 5
    /// Far more than any limit here needs.
    private static let mostBytes = 2_000

    private func settings() -> ServerSettings {
        var settings = ServerSettings.loopback
        settings.requestWithin = .milliseconds(100)
        settings.transferWithin = .milliseconds(100)
        settings.slowest = 1_000_000_000
        return settings
    }

    /// Sends the same byte again and again; true when the other side has ended the connection.
    private func drip(_ byte: String, into client: borrowing RawClient) -> Bool {
        for _ in 0..<Self.mostBytes {
            guard unsafe send(client.descriptor, byte, 1, Int32(MSG_NOSIGNAL)) == 1 else { return true }
            var look = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&look, 1, Self.pause) > 0 { return true }
        }
        return false
    }

    @Test func `a head that drips is cut`() throws {
        let server = try Server(settings()) { _ in .text(200, "never") }
        let client = try RawClient(port: server.tcpPort)
        client.send("GET / HTTP/1.1\r\nX: ")
        let isCut = drip("x", into: client)
        #expect(isCut)
        #expect(client.read() == "")
    }

    @Test func `the head of a second request has no more time than the first`() throws {
        let server = try Server(settings()) { _ in .text(200, "well") }
        let client = try RawClient(port: server.tcpPort)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "well\n").hasPrefix("HTTP/1.1 200 "))
        client.send("GET / HTTP/1.1\r\nX: ")
        let isCut = drip("x", into: client)
        #expect(isCut)
    }

    @Test func `a body that drips is cut, and is never answered`() throws {
        var settings = settings()
        settings.requestWithin = .seconds(30)
        let server = try Server(settings) { _ in .text(200, "never") }
        let client = try RawClient(port: server.tcpPort)
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n")
        let isCut = drip("x", into: client)
        #expect(isCut)
        #expect(client.read() == "")
    }

    @Test func `a slow upload within the least rate is taken, however long it takes`() throws {
        var settings = settings()
        // Each byte is worth a minute: the upload lasts longer than `transferWithin` all the same.
        settings.transferWithin = .milliseconds(200)
        settings.slowest = 1
        let server = try Server(settings) { .text(200, "\($0.body.count) bytes") }
        let client = try RawClient(port: server.tcpPort)
        client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 60\r\n\r\n" + String(repeating: "x", count: 10))
        for _ in 0..<50 {
            client.send("x")
            var look = pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)
            #expect(unsafe poll(&look, 1, 10) >= 0)
        }
        #expect(client.read(until: "bytes\n").contains("60 bytes"))
    }

    @Test func `an answer that is not taken in time is cut`() throws {
        let folder = try Folder()
        let path = try folder.write("list", String(repeating: "x", count: 16 << 20))
        let gone = Latch()
        let server = try Server(settings()) { _ in
            ServerResponse(status: 200, body: .file(path: path), hold: Hold { gone.open() })
        }
        let client = try RawClient(port: server.tcpPort)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "200 OK").hasPrefix("HTTP/1.1 200 OK"))
        #expect(gone.wait())
        gone.release()
    }

    @Test func `those who say nothing do not keep an honest client out for long`() throws {
        var settings = settings()
        settings.mostConnections = 2
        let server = try Server(settings) { _ in .text(200, "well") }
        let first = try RawClient(port: server.tcpPort)
        let second = try RawClient(port: server.tcpPort)
        first.send("G")
        second.send("G")
        #expect(first.read() == "")
        #expect(second.read() == "")
        var client = Client()
        var text: String?
        // The place is free a moment after the cut; until then libmicrohttpd closes what comes beyond the limit.
        for _ in 0..<Self.mostBytes where text == nil {
            do {
                text = try client.perform(Request(.get, server.endpoint, "/")).text
            } catch {
                _ = poll(nil, 0, Self.pause)
            }
        }
        #expect(text == "well\n")
    }

    @Test func `a stream is given as long as its client listens`() throws {
        let outbox = Outbox()
        let server = try Server(settings()) { _ in .events(from: outbox) }
        let watcher = try RawClient(port: server.tcpPort)
        watcher.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
        let idle = try RawClient(port: server.tcpPort)
        #expect(idle.read() == "", "its time was up, and the stream's was as long")
        outbox.post(Array("data: 2\n\n".utf8))
        #expect(watcher.read(until: "data: 2").contains("data: 2"))
        outbox.close()
        server.stop()
    }
}
