import Glibc
import Lane
import Testing

@testable import HTTP

@Suite struct `Certificates of an authority of one's own` {
    private static let now = UTC(seconds: time(nil))
    private static let day = Interval.days(1)

    private static func authority() throws -> Authority {
        try Authority.make(named: "authority", Validity(from: now, for: day)).authority
    }

    /// A certificate for a new key, and both as one file's text.
    private static func issue(
        _ authority: Authority, _ name: String, _ validity: Validity = Validity(from: now, for: day)
    ) throws -> (certificate: Certificate, pem: String) {
        let key = try PrivateKey.generate()
        let request = try CertificateRequest(for: key, name: "whatever")
        let certificate = try authority.issue(try CertificateRequest(pem: request.pem), name: name, validity)
        #expect(try key.fits(certificate))
        return (certificate, try key.pem() + certificate.pem)
    }

    @Test func `say whose they are, by which number, and how long, and come back from their texts`() throws {
        let authority = try Self.authority()
        let validity = Validity(from: Self.now, for: .days(90))
        let (one, text) = try Self.issue(authority, "station-42", validity)
        let (other, _) = try Self.issue(authority, "station-42", validity)
        #expect(one.commonName == "station-42" && one.validity == validity && one.serial.count == 32)
        #expect(one.serial != other.serial)
        #expect(try Certificate(pem: Array(text.utf8)) == one)
        #expect(try Certificate(der: one.der) == one)
        #expect(try one.fingerprint.count == 64)
    }

    @Test func `are known by who signed them and for what, whatever their dates`() throws {
        let (authority, other) = (try Self.authority(), try Self.authority())
        let past = Validity(begins: UTC(milliseconds: 0), ends: UTC(milliseconds: 1_000))
        let (old, _) = try Self.issue(authority, "station-42", past)
        #expect(try old.isSigned(by: authority.certificate, for: .client))
        #expect(try !old.isSigned(by: other.certificate, for: .client))
        #expect(try !old.isSigned(by: authority.certificate, for: .server))
        let key = try PrivateKey.generate()
        let server = try authority.issue(server: key, hosts: ["central.example", "192.0.2.1", "::1"], past)
        #expect(try server.isSigned(by: authority.certificate, for: .server))
        #expect(try !server.isSigned(by: authority.certificate, for: .client))
        // A station's certificate signs nobody else's, and an authority's is nobody's to show.
        #expect(try !server.isSigned(by: old, for: .server))
        #expect(try !authority.certificate.isSigned(by: authority.certificate, for: .client))
    }

    @Test func `are not made for a request that is damaged, or of another key`() throws {
        let key = try PrivateKey.generate()
        let pem = try CertificateRequest(for: key, name: "a").pem
        var bytes = Array(pem.utf8)
        let middle = bytes.count / 2
        bytes[middle] = bytes[middle] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        for bad in ["", "nothing", String(decoding: bytes, as: UTF8.self), pem + String(repeating: " ", count: 9_000)] {
            #expect(throws: CertificateError.self) { try CertificateRequest(pem: bad) }
        }
        let (certificate, _) = try Self.issue(try Self.authority(), "a")
        #expect(try !key.fits(certificate))
    }

    @Test func `an authority with another's key is none, and none shows its key`() throws {
        let (authority, key) = try Authority.make(named: "a", Validity(from: Self.now, for: Self.day))
        let other = try PrivateKey.generate()
        let pem = try Array(authority.certificate.pem.utf8)
        #expect(throws: CertificateError.self) { try Authority(certificate: pem, key: Array(try other.pem().utf8)) }
        #expect(throws: CertificateError.self) { try Authority(certificate: pem, key: []) }
        #expect(try Authority(certificate: pem, key: Array(key.utf8)).certificate == authority.certificate)
        var shown = ""
        dump(authority, to: &shown)
        #expect("\(authority)" == "authority a" && !shown.contains("PRIVATE") && !shown.contains("key"))
    }

    @Test func `a server knows its clients by them: its own, ended ones too, strangers', and none`() throws {
        let (authority, other) = (try Self.authority(), try Self.authority())
        let folder = try Folder()
        let trusted = try folder.write("ca.pem", try authority.certificate.pem)
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(
            server: key, hosts: ["127.0.0.1"], Validity(from: Self.now, for: Self.day))
        var settings = ServerSettings.loopback
        settings.identity = Identity(
            certificate: try folder.write("server.pem", try certificate.pem),
            key: try folder.write("server.key", try key.pem()))
        settings.clientAuthorities = [authority.certificate]
        let server = try Server(settings) { request in
            switch request.peer {
            case .certified(let certificate): .text(200, certificate.commonName + " " + certificate.serial)
            case .foreign: .text(200, "foreign")
            case .network: .text(200, "nobody")
            case .local: .text(200, "local")
            }
        }
        let endpoint = try Endpoint("https://127.0.0.1:\(server.tcpPort)")
        func answer(_ pem: String?) throws -> String {
            let identity = try pem.map { try folder.write("identity.pem", $0) }.map {
                Identity(certificate: $0, key: $0)
            }
            var client = Client(trust: Trust(authorities: trusted, identity: identity))
            return try client.perform(Request(.get, endpoint, "/")).text
        }
        let past = Validity(begins: UTC(milliseconds: 0), ends: UTC(milliseconds: 1_000))
        let (good, goodText) = try Self.issue(authority, "station-1")
        let (ended, endedText) = try Self.issue(authority, "station-2", past)
        #expect(try answer(goodText) == "station-1 \(good.serial)\n")
        #expect(try answer(endedText) == "station-2 \(ended.serial)\n")
        #expect(try answer(try Self.issue(other, "station-1").pem) == "foreign\n")
        #expect(try answer(try key.pem() + certificate.pem) == "foreign\n")
        #expect(try answer(nil) == "nobody\n")
        server.stop()
    }
}
