import Glibc
import Lane
import Testing

@testable import HTTP

@Suite("TLS with authorities of one's own")
struct TLSTests {
    /// Keys and certificates made by the openssl command.
    private struct Authority: ~Copyable {
        let folder: Folder
        var certificate: String { folder.path + "/ca.pem" }

        init() throws {
            let folder = try Folder()
            try Self.openssl(
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=authority "
                    + "-keyout \(folder.path)/ca.key -out \(folder.path)/ca.pem")
            self.folder = folder
        }

        func issue(_ name: String, for subject: String) throws -> Identity {
            let identity = Identity(certificate: "\(folder.path)/\(name).pem", key: "\(folder.path)/\(name).key")
            try Self.openssl(
                "req -x509 -CA \(folder.path)/ca.pem -CAkey \(folder.path)/ca.key -newkey ec "
                    + "-pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=\(name) "
                    + "-addext subjectAltName=\(subject) -keyout \(identity.key) -out \(identity.certificate)")
            return identity
        }

        private static func openssl(_ arguments: String) throws {
            try #require(unsafe system("openssl \(arguments) 2>/dev/null") == 0, "openssl \(arguments)")
        }
    }

    private func serve(_ identity: Identity) throws -> Server {
        var settings = ServerSettings.loopback
        settings.identity = identity
        return try Server(settings) { _ in .text(200, "well") }
    }

    private func get(_ port: UInt16?, trusting authorities: String?) throws -> Response {
        var client = Client(trust: Trust(authorities: authorities))
        return try client.perform(Request(.get, try Endpoint("https://127.0.0.1:\(port ?? 0)"), "/"))
    }

    @Test func `a server signed by the given authority is trusted`() throws {
        let authority = try Authority()
        let server = try serve(authority.issue("server", for: "IP:127.0.0.1"))
        #expect(try get(server.port, trusting: authority.certificate).text == "well\n")
    }

    @Test func `one signed by another is not, nor by the system's leave`() throws {
        let authority = try Authority()
        let other = try Authority()
        let server = try serve(authority.issue("server", for: "IP:127.0.0.1"))
        for trusted in [other.certificate, nil] {
            let port = server.port
            let error = #expect(throws: TransferError.self) { try get(port, trusting: trusted) }
            #expect(
                error?.cause.words
                    == "certificate not trusted: SSL certificate problem: unable to get local issuer certificate")
        }
    }

    @Test func `one with another name is not`() throws {
        let authority = try Authority()
        let server = try serve(authority.issue("server", for: "DNS:central.example"))
        let port = server.port
        let error = #expect(throws: TransferError.self) { try get(port, trusting: authority.certificate) }
        guard case .certificateNotTrusted = error?.cause else { return #expect(error?.description == "") }
    }

    @Test func `a missing file of authorities is said in one line`() throws {
        let authority = try Authority()
        let server = try serve(authority.issue("server", for: "IP:127.0.0.1"))
        let port = server.port
        let error = #expect(throws: TransferError.self) { try get(port, trusting: "/nowhere/ca.pem") }
        guard case .ownFiles = error?.cause else { return #expect(error?.description == "") }
        #expect(error?.description.contains("/nowhere/ca.pem") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `a server that speaks no TLS is told apart from one that is not trusted`() throws {
        let server = try Server(.loopback) { _ in .text(200, "plain") }
        let port = server.port
        let error = #expect(throws: TransferError.self) { try get(port, trusting: nil) }
        guard case .tls = error?.cause else { return #expect(error?.description == "") }
    }

    @Test func `a certificate that is none is an error at the start`() throws {
        let authority = try Authority()
        let folder = try Folder()
        let good = try authority.issue("server", for: "IP:127.0.0.1")
        let other = try authority.issue("other", for: "IP:127.0.0.1")
        let text = try folder.write("text", "nothing")
        let broken = try folder.write(
            "broken", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\nPRIVATE KEY")
        for identity in [
            Identity(certificate: text, key: good.key), Identity(certificate: good.certificate, key: text),
            Identity(certificate: broken, key: good.key), Identity(certificate: good.certificate, key: broken),
            Identity(certificate: good.certificate, key: other.key),
            Identity(certificate: "/nowhere", key: good.key),
        ] {
            var settings = ServerSettings.loopback
            settings.identity = identity
            let error = failureToStart(settings)
            guard case .certificate = error?.cause else { return #expect(error?.description == "") }
        }
    }

    @Test func `a client shows its own certificate where one is asked for`() throws {
        let authority = try Authority()
        let server = try authority.issue("server", for: "IP:127.0.0.1")
        let station = try authority.issue("station", for: "DNS:station")
        // openssl is the server here: ours does not ask clients for certificates.
        let command = """
            exec openssl s_server -accept 127.0.0.1:0 -www -Verify 1 -verify_return_error -CAfile \(authority.certificate) \
            -cert \(server.certificate) -key \(server.key) 2>/dev/null
            """
        guard let output = unsafe popen("echo $$; \(command)", "r") else { return #expect(Bool(false), "no shell") }
        defer { unsafe pclose(output) }
        let process = try #require(pid_t(unsafe line(of: output)))
        defer { kill(process, SIGKILL) }
        var accept = ""
        while !accept.hasPrefix("ACCEPT") { accept = unsafe line(of: output) }
        let endpoint = try Endpoint("https://\(accept.dropFirst("ACCEPT ".count))")
        let request = Request(.get, endpoint, "/")
        var stranger = Client(trust: Trust(authorities: authority.certificate))
        #expect(throws: TransferError.self) { try stranger.perform(request) }
        var client = Client(trust: Trust(authorities: authority.certificate, identity: station))
        #expect(try client.perform(request).text.contains("CN=station") == true)
    }

    private func line(of file: UnsafeMutablePointer<FILE>) -> String {
        var text = ""
        while true {
            let c = unsafe fgetc(file)
            if c == EOF || c == 10 { return text }
            text.append(Character(UnicodeScalar(UInt8(truncatingIfNeeded: c))))
        }
    }
}
