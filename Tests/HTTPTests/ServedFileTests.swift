import FoundationEssentials
import Glibc
import Synchronization
import Testing

@testable import HTTP

@Suite("A server sends a file")
final class ServedFileTests {
    private let folder: Folder
    private let path: String
    private let text = String(repeating: "0123456789", count: 10_000)

    init() throws {
        let folder = try Folder()
        path = try folder.write("list", text)
        self.folder = folder
    }

    private func server(_ body: ServerResponse.Body, status: Int = 200) throws -> Server {
        try Server(.loopback) { _ in
            ServerResponse(status: status, headers: ["ETag": "\"1.2\"", "X-Own": "kept"], body: body)
        }
    }

    private func ask(_ server: borrowing Server, _ headers: Headers, _ method: Method = .get) throws -> Response {
        var client = Client()
        return try client.perform(Request(method, server.endpoint, "/", headers: headers))
    }

    @Test func `whole, and says that there are ranges`() throws {
        let server = try server(.file(path: path))
        let answer = try ask(server, [:])
        #expect(answer.status == 200 && answer.text == text)
        #expect(answer.headers["Accept-Ranges"] == "bytes" && answer.headers["Content-Range"] == nil)
        #expect(try ask(server, ["Range": "bytes=0-1,3-4"]).text == text)
        #expect(try ask(server, ["Range": "bytes=5-9", "If-Range": "\"1.1\""]).text == text)
    }

    @Test(arguments: [
        ("bytes=0-4", "01234", "bytes 0-4/100000"), ("bytes=99998-", "89", "bytes 99998-99999/100000"),
        ("bytes=-3", "789", "bytes 99997-99999/100000"), ("bytes=50003-50003", "3", "bytes 50003-50003/100000"),
    ])
    func `in part`(_ range: String, _ part: String, _ contentRange: String) throws {
        for body in [.file(path: path), .opened(try ServedFile(path))] as [ServerResponse.Body] {
            let answer = try ask(server(body), ["Range": range, "If-Range": "\"1.2\""])
            #expect(answer.status == 206 && answer.text == part)
            #expect(answer.headers["Content-Range"] == contentRange)
            #expect(answer.headers["Content-Length"] == "\(part.utf8.count)")
            #expect(answer.headers["ETag"] == "\"1.2\"" && answer.headers["X-Own"] == "kept")
        }
    }

    @Test func `not where there is none of it`() throws {
        let answer = try ask(server(.file(path: path)), ["Range": "bytes=100000-"])
        #expect(answer.status == 416 && answer.headers["Content-Range"] == "bytes */100000")
        #expect(answer.text == "the file has 100000 bytes\n")
    }

    @Test func `in part to GET only, and only in place of a 200`() throws {
        let range: Headers = ["Range": "bytes=0-4"]
        let whole = try server(.file(path: path))
        let head = try ask(whole, range, .head)
        #expect(head.status == 200 && head.body.isEmpty)
        #expect(head.headers["Content-Length"] == "100000" && head.headers["Accept-Ranges"] == "bytes")
        #expect(try ask(whole, range, .post).text == text)
        let refusal = try ask(server(.file(path: path), status: 404), range)
        #expect(refusal.status == 404 && refusal.text == text && refusal.headers["Accept-Ranges"] == nil)
    }

    @Test func `that was opened, also when another has taken its place`() throws {
        let file = try ServedFile(path)
        let opened = try server(.opened(file))
        let named = try server(.file(path: path))
        #expect(try ask(opened, ["Range": "bytes=0-4"]).text == "01234")
        _ = try folder.write("other", "another content")
        #expect(unsafe rename("\(folder.path)/other", path) == 0)
        #expect(try ask(opened, ["Range": "bytes=99995-"]).text == "56789")
        #expect(try ask(opened, [:]).text == text)
        #expect(try ask(named, [:]).text == "another content")
        #expect(unsafe unlink(path) == 0)
        #expect(try ask(opened, [:]).text == text)
        #expect(try ask(named, [:]).status == 404)
        #expect(throws: ServedFile.Problem.missing) { try ServedFile(path) }
        #expect(throws: ServedFile.Problem.missing) { try ServedFile(folder.path) }
    }

    /// Counts the answers that are under way.
    private final class Count: Sendable {
        let underWay = Mutex(0)
        let none = Latch()

        func begin() -> Hold {
            underWay.withLock { $0 += 1 }
            return Hold { [self] in
                let left = underWay.withLock { count in
                    count -= 1
                    return count
                }
                if left == 0 { none.open() }
            }
        }

        deinit { none.release() }
    }

    @Test func `and releases its hold when all of it has gone, also when nothing of it was sent`() throws {
        let (path, text) = (path, text)
        for (headers, method) in [
            ([:], .get), (["Range": "bytes=-1"], .get), (["Range": "bytes=100000-"], .get), ([:], .head),
        ]
            as [(Headers, HTTP.Method)]
        {
            for isEarly in [true, false] {
                let count = Count()
                let server = try Server(.loopback) { head in
                    let answer = ServerResponse(status: 200, body: .file(path: path), hold: count.begin())
                    return isEarly ? .answer(answer) : .collect(mostBytes: 0) { _ in answer }
                }
                let answer = try ask(server, headers, method)
                #expect(method == .head || headers["Range"] != nil || answer.text == text)
                #expect(count.none.wait())
                server.stop()
                #expect(count.underWay.withLock { $0 } == 0)
            }
        }
    }

    @Test func `and releases its hold when the client goes in the middle`() throws {
        // More than the sockets of both sides take.
        let path = try folder.write("large", String(repeating: text, count: 300))
        let count = Count()
        let server = try Server(.loopback) { _ in
            ServerResponse(status: 200, body: .file(path: path), hold: count.begin())
        }
        do {
            let client = try RawClient(port: server.tcpPort)
            client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(client.read(until: "0123456789").hasPrefix("HTTP/1.1 200 "))
            #expect(count.underWay.withLock { $0 } == 1)
        }
        #expect(count.none.wait())
        server.stop()
    }

    @Test func `and releases its hold when the server stops in the middle`() throws {
        let path = try folder.write("large", String(repeating: text, count: 300))
        let count = Count()
        let server = try Server(.loopback) { _ in
            ServerResponse(status: 200, body: .file(path: path), hold: count.begin())
        }
        let client = try RawClient(port: server.tcpPort)
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(client.read(until: "0123456789").hasPrefix("HTTP/1.1 200 "))
        server.stop()
        #expect(count.underWay.withLock { $0 } == 0)
    }
}
