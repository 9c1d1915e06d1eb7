/// A resource of a server: an `https` or loopback `http` URL, taken apart.
package struct WebAddress: Hashable, Sendable {
    package let endpoint: Endpoint
    /// Path and query, `/` at least.
    package let target: String

    /// Longest URL in a configuration; servers refuse longer ones at about this length (RFC 9110 §4.1 asks for 8 000).
    package static let longest = 8_000

    package init(_ text: String) throws(EndpointError) {
        guard text.utf8.count <= Self.longest else { throw EndpointError(text, .path) }
        let (isSecure, rest) = try Self.scheme(of: text)
        let authority = rest.prefix { !"/?#".contains($0) }
        let tail = rest[authority.endIndex...]
        guard !authority.contains("@") else { throw EndpointError(text, .credentials) }
        let (host, digits) = try Self.split(authority, of: text)
        let port = try Self.port(digits, of: text) ?? (isSecure ? 443 : 80)
        guard isSecure || Self.isLoopback(host) else { throw EndpointError(text, .plainTextToNetwork) }
        target = tail.hasPrefix("/") ? String(tail) : "/" + tail
        guard Self.isTarget(target) else { throw EndpointError(text, .path) }
        endpoint = Endpoint(transport: isSecure ? .https : .loopback, host: host, port: port)
    }

    /// Visible ASCII from a slash on, without a fragment (RFC 9112 §3.2.1).
    static func isTarget(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    }

    private static func scheme(of text: String) throws(EndpointError) -> (isSecure: Bool, rest: Substring) {
        let lower = text.prefix(8).lowercased()
        if lower == "https://" { return (true, text.dropFirst(8)) }
        if lower.hasPrefix("http://") { return (false, text.dropFirst(7)) }
        throw EndpointError(text, .scheme)
    }

    /// Host and port digits; nil where there is no colon.
    private static func split(
        _ authority: Substring, of text: String
    ) throws(EndpointError) -> (host: String, digits: Substring?) {
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw EndpointError(text, .host) }
            let address = authority[authority.index(after: authority.startIndex)..<end]
            let rest = authority[authority.index(after: end)...]
            guard address.contains(":"), address.utf8.allSatisfy(isAddressCharacter),
                rest.isEmpty || rest.hasPrefix(":")
            else { throw EndpointError(text, .host) }
            return ("[\(address.lowercased())]", rest.isEmpty ? nil : rest.dropFirst())
        }
        let host = authority.prefix { $0 != ":" }
        guard isName(host) else { throw EndpointError(text, .host) }
        let rest = authority[host.endIndex...]
        return (host.lowercased(), rest.isEmpty ? nil : rest.dropFirst())
    }

    private static func port(_ digits: Substring?, of text: String) throws(EndpointError) -> UInt16? {
        guard let digits else { return nil }
        guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
            throw EndpointError(text, .port)
        }
        return port
    }

    private static func isName(_ host: Substring) -> Bool {
        let isClean = host.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        }
        return isClean && (1...Endpoint.longestHost).contains(host.utf8.count) && !host.hasPrefix(".")
            && !host.hasPrefix("-") && !host.contains("..")
    }

    private static func isAddressCharacter(_ c: UInt8) -> Bool {
        (0x30...0x39).contains(c) || (0x41...0x46).contains(c) || (0x61...0x66).contains(c)
            || c == UInt8(ascii: ":") || c == UInt8(ascii: ".")
    }

    /// `localhost` (libcurl answers it without a resolver), `[::1]`, or four plain decimal parts of which the first is 127.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in UInt8(part).map { String($0) == part } ?? false }
    }
}
