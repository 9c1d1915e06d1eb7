import CSodium

/// An Ed25519 key pair: what central signs lists with. It prints its public half only.
package struct SigningKey: Sendable {
    /// The half that may be known.
    package let publicKey: PublicKey

    /// libsodium's 64 bytes: the seed, then the public key.
    private let secret: [UInt8]

    private static let count = 64

    /// A new key from the operating system's source of chance.
    package static func generate() -> SigningKey { SigningKey(seed: Sodium.randomBytes(32)) }

    /// The key that follows from 32 bytes; for tests with known vectors, the simulator, and `generate`.
    package init(seed: [UInt8]) {
        precondition(seed.count == 32, "an Ed25519 seed has 32 bytes")
        Sodium.start()
        var open = [UInt8](repeating: 0, count: PublicKey.count)
        var secret = [UInt8](repeating: 0, count: Self.count)
        unsafe crypto_sign_seed_keypair(&open, &secret, seed)
        guard let key = PublicKey(bytes: open) else { preconditionFailure("libsodium gives 32 bytes") }
        publicKey = key
        self.secret = secret
    }

    /// The signature over a message, 64 bytes; the same message has always the same.
    package func signature(over message: [UInt8]) -> [UInt8] {
        var signature = [UInt8](repeating: 0, count: PublicKey.signatureCount)
        unsafe crypto_sign_detached(&signature, nil, message, UInt64(message.count), secret)
        return signature
    }

    /// Reads a secret key file: one line of 128 hexadecimal digits, refused when anybody but its owner may touch it.
    package init(file path: String) throws(KeyError) {
        let bytes = try KeyFile.read(path, digits: 2 * Self.count, mustBePrivate: true)
        guard bytes.count == Self.count else { throw .malformed(path: path, digits: 2 * Self.count) }
        self.init(seed: Array(bytes.prefix(32)))
        guard secret == bytes else { throw .halvesDiffer(path: path) }
    }

    /// Writes a secret key file with mode 0600; refuses to replace one.
    package func write(to path: String) throws(KeyError) {
        try KeyFile.write(secret, to: path, mode: 0o600)
    }
}

/// A secret key never shows its secret half.
extension SigningKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "signing key \(publicKey.id)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
