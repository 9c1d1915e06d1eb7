import CSodium

/// An Ed25519 public key: what a station trusts.
package struct PublicKey: Hashable, Sendable {
    /// The 32 bytes.
    package let bytes: [UInt8]

    /// How many bytes a public key has.
    package static let count = 32
    /// How many bytes a signature has.
    package static let signatureCount = 64

    /// A key from its 32 bytes; nil for another count.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }

    /// A key from 64 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: some StringProtocol) {
        guard let bytes = Hex.bytes(of: Array(hex.utf8)) else { return nil }
        self.init(bytes: bytes)
    }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hex.text(of: bytes) }

    /// What a signed file names its key by: the first 8 bytes of the key's digest, read as a little-endian number.
    package var id: KeyID {
        KeyID(Digest(of: bytes).bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Whether a secret key can belong to it: a point of the curve's large group, written as it has to be. Zeros, and the other points of
    /// low order, are none.
    package var isPoint: Bool {
        Sodium.start()
        return unsafe crypto_core_ed25519_is_valid_point(bytes) == 1
    }

    /// Whether the signature over the message was made with this key's secret half.
    package func verifies(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        guard signature.count == Self.signatureCount else { return false }
        Sodium.start()
        return unsafe crypto_sign_verify_detached(signature, message, UInt64(message.count), bytes) == 0
    }

    /// Reads a key file: one line of 64 hexadecimal digits.
    package init(file path: String) throws(KeyError) {
        let bytes = try KeyFile.read(path, digits: 2 * Self.count, mustBePrivate: false)
        guard let key = PublicKey(bytes: bytes) else { throw .malformed(path: path, digits: 2 * Self.count) }
        self = key
    }

    /// Writes a key file that anybody may read; refuses to replace one.
    package func write(to path: String) throws(KeyError) {
        try KeyFile.write(bytes, to: path, mode: 0o644)
    }
}

/// The short name of a public key, in signed files and in messages for people.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt64
    package init(_ number: UInt64) { self.number = number }

    /// 16 hexadecimal digits.
    package var description: String { Hex.text(of: (0..<8).map { UInt8(number >> (56 - 8 * $0) & 0xFF) }) }
}
