import Testing

@testable import HTTP

@Suite("What may be spoken to")
struct EndpointTests {
    @Test(arguments: [
        ("https://central.example", "https://central.example:443"),
        ("https://central.example/", "https://central.example:443"),
        ("HTTPS://Central.Example:8443", "https://central.example:8443"),
        ("https://192.0.2.7:1", "https://192.0.2.7:1"),
        ("https://[2001:db8::7]", "https://[2001:db8::7]:443"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.3.2.1", "http://127.3.2.1:80"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://localhost:65535", "http://localhost:65535"),
        ("unix:/run/station/control.sock", "unix:/run/station/control.sock"),
    ])
    func `is read and written back`(text: String, written: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.description == written)
        #expect(try Endpoint(written) == endpoint)
    }

    @Test(arguments: [
        ("", EndpointError.Cause.scheme), ("central.example", .scheme), ("ftp://central.example", .scheme),
        ("https:/central", .scheme), ("file:///etc/passwd", .scheme),
        ("https://", .host), ("https://a b", .host), ("https://[2001:db8::7", .host), ("https://[zz::1]", .host),
        ("https://[12]", .host), ("https://-a", .host), ("https://a..b", .host), ("https://bompenger.æ", .host),
        ("https://[::1]x", .host),
        ("https://central.example:", .port), ("https://central.example:0", .port),
        ("https://central.example:65536", .port), ("https://central.example:+1", .port),
        ("https://name:secret@central.example", .credentials), ("http://127.0.0.1@central.example", .credentials),
        ("https://central.example/path", .path), ("https://central.example?x", .path),
        ("https://central.example#x", .path),
        ("http://central.example", .plainTextToNetwork), ("http://192.0.2.7", .plainTextToNetwork),
        ("http://127.0.0.1.central.example", .plainTextToNetwork), ("http://127.1", .plainTextToNetwork),
        ("http://0127.0.0.1", .plainTextToNetwork), ("http://127.0.0.256", .plainTextToNetwork),
        ("http://localhost.example", .plainTextToNetwork), ("http://[::2]", .plainTextToNetwork),
        ("unix:control.sock", .socketPath), ("unix:", .socketPath),
        ("unix:/" + String(repeating: "x", count: 107), .socketPath),
    ])
    func `is refused with its cause`(text: String, cause: EndpointError.Cause) {
        #expect(throws: EndpointError(text, cause)) { try Endpoint(text) }
    }

    @Test func `a refusal is one line without a secret`() {
        let refusals = ["https://name:secret@host", "http://host/?token=secret"].map { text in
            #expect(throws: EndpointError.self) { try WebAddress(text) }?.description ?? ""
        }
        #expect(refusals.allSatisfy { !$0.contains("secret") && !$0.contains("\n") && !$0.isEmpty })
        #expect(
            refusals.last
                == "address http://host/: plain http goes to this computer only (127.0.0.1, [::1], localhost); use https"
        )
    }

    @Test(arguments: [
        (
            "http://127.0.0.1:81/axis-cgi/jpg/image.cgi?resolution=1280x720",
            "/axis-cgi/jpg/image.cgi?resolution=1280x720"
        ),
        ("https://camera", "/"), ("https://camera?x=1", "/?x=1"),
    ])
    func `a web address is an endpoint and a target`(text: String, target: String) throws {
        #expect(try WebAddress(text).target == target)
    }

    @Test(arguments: ["https://camera/a b", "https://camera/a#b", "https://camera/\n", "https://camera/å"])
    func `a target is visible ASCII`(text: String) {
        #expect(throws: EndpointError.self) { try WebAddress(text) }
    }
}
