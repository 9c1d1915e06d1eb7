import Exchange
import HTTP

extension ValueType where Value == WebAddress {
    /// A URL with a path; plain `http` only to this computer.
    package static var webAddress: Self {
        ValueType("a URL that begins with https:// (http:// only to this computer)") { text throws(ValueError) in
            do throws(EndpointError) { return try WebAddress(text) } catch { throw ValueError(error.description) }
        } format: {
            $0.endpoint.description + $0.target
        }
    }
}

extension ValueType where Value == Endpoint {
    /// A server without a path; plain `http` only to this computer.
    package static var endpoint: Self {
        ValueType("https://host[:port] (http:// only to this computer), or unix:/path") { text throws(ValueError) in
            do throws(EndpointError) { return try Endpoint(text) } catch { throw ValueError(error.description) }
        } format: {
            $0.description
        }
    }
}

extension ValueType where Value == PublicKey {
    /// An Ed25519 public key as key files hold it.
    package static var publicKey: Self {
        ValueType("an Ed25519 public key of 64 hex digits") { text throws(ValueError) in
            guard let key = PublicKey(hex: text) else { throw ValueError("\(text.quoted) is no public key") }
            return key
        } format: {
            $0.hex
        }
    }
}

extension ValueType where Value == String {
    /// A file that may hold a secret: an absolute path, or the name of one that systemd gives to the service.
    package static var credential: Self {
        let path = Self.path()
        let prefix = CentralSection.credentialPrefix
        return ValueType("an absolute path, or \(prefix)NAME for a systemd credential") { text throws(ValueError) in
            guard text.hasPrefix(prefix) else { return try path.parse(text) }
            let name = text.dropFirst(prefix.count)
            guard (1...255).contains(name.utf8.count), !name.contains("/"), name != ".", name != ".." else {
                throw ValueError("\(text.quoted) has no name of a credential")
            }
            return text
        } format: {
            $0
        }
    }
}
