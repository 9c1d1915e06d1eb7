import Glibc
import Lane
import Testing

@testable import HTTP

@Suite("A server on a Unix socket")
struct SocketTests {
    private func settings(_ path: String) throws -> ServerSettings {
        ServerSettings(address: try ListenAddress("unix:\(path)"))
    }

    @Test func `knows who calls`() throws {
        let folder = try Folder()
        let server = try Server(try settings(folder.path + "/s")) { request in
            guard case .local(let caller) = request.peer else { return .text(403, "a stranger") }
            return .text(200, "\(caller.process) \(caller.user) \(caller.groups.sorted())")
        }
        var client = Client()
        let response = try client.perform(Request(.get, try Endpoint("unix:\(folder.path)/s"), "/status"))
        var groups = [gid_t](repeating: 0, count: 1_024)
        groups = Array(groups.prefix(Int(unsafe getgroups(1_024, &groups)))) + [getegid()]
        #expect(response.text == "\(getpid()) \(geteuid()) \(Set(groups).sorted())\n")
        #expect(server.port == nil)
    }

    @Test func `a caller over TCP is a stranger`() throws {
        let server = try Server(.loopback) { request in .text(200, "\(request.peer == .network)") }
        var client = Client()
        #expect(try client.perform(Request(.get, server.endpoint, "/")).text == "true\n")
    }

    @Test func `the socket has the mode that was asked for, and goes with the server`() throws {
        let folder = try Folder()
        var settings = try settings(folder.path + "/s")
        var information = stat()
        do {
            let server = try Server(settings) { _ in .text(200, "") }
            #expect(unsafe stat(folder.path + "/s", &information) == 0)
            #expect(information.st_mode & 0o7777 == 0o660)
            server.stop()
        }
        #expect(unsafe stat(folder.path + "/s", &information) == -1)
        settings.address = .unixSocket(path: folder.path + "/s", mode: 0o622)
        let server = try Server(settings) { _ in .text(200, "") }
        #expect(unsafe stat(folder.path + "/s", &information) == 0)
        #expect(information.st_mode & 0o7777 == 0o622)
        server.stop()
    }

    @Test func `the socket is given to the group that was asked for, or the server does not start`() throws {
        let folder = try Folder()
        var groups = [gid_t](repeating: 0, count: 1_024)
        groups = Array(groups.prefix(Int(unsafe getgroups(1_024, &groups)))) + [getegid()]
        for group in Set(groups) {
            let address = ListenAddress.unixSocket(path: folder.path + "/s", mode: 0o660, group: group)
            let server = try Server(ServerSettings(address: address)) { _ in .text(200, "") }
            var information = stat()
            #expect(unsafe stat(folder.path + "/s", &information) == 0)
            #expect(information.st_gid == group && information.st_mode & 0o7777 == 0o660)
            server.stop()
        }
    }

    @Test func `a connection that asks nothing is closed, and a stream that is silent is not`() throws {
        let outbox = Outbox()
        outbox.post(Array("data: 1\n\n".utf8))
        var settings = ServerSettings.loopback
        settings.requestWithin = .seconds(1)
        let server = try Server(settings) { _ in .events(from: outbox) }
        let watcher = try RawClient(port: server.tcpPort)
        watcher.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(watcher.read(until: "data: 1").hasPrefix("HTTP/1.1 200 OK\r\n"))
        // Each of these reads ends when the server closes, after a second and more.
        for beginning in ["", "GET /events HT"] {
            let idle = try RawClient(port: server.tcpPort)
            idle.send(beginning)
            #expect(!idle.read().contains("200 OK"))
        }
        outbox.post(Array("data: 2\n\n".utf8))
        #expect(watcher.read(until: "data: 2").contains("data: 2"))
        outbox.close()
        server.stop()
    }

    @Test func `a socket file that a crash left is replaced`() throws {
        let folder = try Folder()
        let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #expect(SocketAddress(path: folder.path + "/s").bind(left))
        close(left)
        let server = try Server(try settings(folder.path + "/s")) { _ in .text(200, "well") }
        var client = Client()
        #expect(try client.perform(Request(.get, try Endpoint("unix:\(folder.path)/s"), "/")).status == 200)
        server.stop()
    }

    @Test func `a socket on which somebody listens is left alone`() throws {
        let folder = try Folder()
        let first = try Server(try settings(folder.path + "/s")) { _ in .text(200, "first") }
        let error = failureToStart(try settings(folder.path + "/s"))
        #expect(error?.description == "listen on unix:\(folder.path)/s: in use; is the program running already?")
        var client = Client()
        #expect(try client.perform(Request(.get, try Endpoint("unix:\(folder.path)/s"), "/")).text == "first\n")
        first.stop()
    }

    @Test func `a file of another kind is left alone`() throws {
        let folder = try Folder()
        let path = try folder.write("s", "precious")
        let error = failureToStart(try settings(path))
        #expect(error?.cause == .notASocket)
    }

    @Test func `nobody there is said in words`() throws {
        let folder = try Folder()
        var client = Client()
        let error = #expect(throws: TransferError.self) {
            try client.perform(Request(.get, try Endpoint("unix:\(folder.path)/s"), "/status"))
        }
        #expect(error?.cause == .noSocket)
    }
}

@Suite("Where a server listens")
struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:80", ListenAddress.tcp(address: "127.0.0.1", port: 80)),
        ("[::1]:0", .tcp(address: "::1", port: 0)),
        ("unix:/run/s", .unixSocket(path: "/run/s", mode: 0o660)),
    ])
    func `is read and written back`(text: String, address: ListenAddress) throws {
        #expect(try ListenAddress(text) == address)
        #expect(address.description == text)
    }

    @Test(arguments: ["", "80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "::1:80", "unix:s", "unix:"])
    func `is refused`(text: String) {
        #expect(throws: ServerError.self) { try ListenAddress(text) }
    }

    @Test func `a name is no address`() throws {
        let settings = ServerSettings(address: .tcp(address: "localhost", port: 0))
        #expect(failureToStart(settings)?.cause == .address)
    }

    @Test(arguments: ["0.0.0.0:0", "[::]:0", "192.0.2.7:0"])
    func `plain text to the network is refused`(text: String) throws {
        let settings = ServerSettings(address: try ListenAddress(text))
        #expect(failureToStart(settings)?.cause == .plainTextToNetwork)
    }

    @Test func `a port that is taken is said in words`() throws {
        let first = try Server(.loopback) { _ in .text(200, "") }
        let settings = ServerSettings(address: .tcp(address: "127.0.0.1", port: first.tcpPort))
        #expect(failureToStart(settings)?.cause == .inUse)
        first.stop()
    }

    @Test func `IPv6 works`() throws {
        let server = try Server(ServerSettings(address: .tcp(address: "::1", port: 0))) { _ in .text(200, "six") }
        var client = Client()
        let endpoint = try Endpoint("http://[::1]:\(server.tcpPort)")
        #expect(try client.perform(Request(.get, endpoint, "/")).text == "six\n")
    }
}
