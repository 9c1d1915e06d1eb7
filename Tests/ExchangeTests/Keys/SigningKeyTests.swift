import Glibc
import Testing

@testable import Exchange

struct SigningKeyTests {
    /// RFC 8032, section 7.1, tests 1 and 2: seed, public key, message, signature.
    @Test(arguments: [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ])
    func `signatures are those of RFC 8032`(seed: String, open: String, message: String, signature: String) throws {
        let key = SigningKey(seed: try #require(Hex.bytes(of: Array(seed.utf8))))
        let message = try #require(Hex.bytes(of: Array(message.utf8)))
        #expect(key.publicKey.hex == open)
        #expect(Hex.text(of: key.signature(over: message)) == signature)
        #expect(key.publicKey.verifies(key.signature(over: message), over: message))
    }

    @Test func `a signature with any bit flipped is refused`() {
        let key = SigningKey(seed: [UInt8](repeating: 7, count: 32))
        let signature = key.signature(over: [1, 2, 3])
        for bit in 0..<signature.count * 8 {
            var damaged = signature
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.verifies(damaged, over: [1, 2, 3]))
        }
        #expect(!key.publicKey.verifies(signature, over: [1, 2, 4]))
        #expect(!key.publicKey.verifies(Array(signature.dropLast()), over: [1, 2, 3]))
        #expect(!SigningKey.generate().publicKey.verifies(signature, over: [1, 2, 3]))
    }

    @Test func `two generated keys differ`() {
        #expect(SigningKey.generate().publicKey != SigningKey.generate().publicKey)
    }

    @Test func `a key prints its public half only`() {
        let key = SigningKey(seed: [UInt8](repeating: 0xAB, count: 32))
        #expect(!"\(key) \(String(reflecting: key))".contains("abab"))
        #expect("\(key)" == "signing key \(key.publicKey.id)")
    }

    @Test func `keys written to files are read back`() throws {
        let folder = try TestFolder()
        let key = SigningKey.generate()
        try key.write(to: folder / "secret")
        try key.publicKey.write(to: folder / "public")
        #expect(try SigningKey(file: folder / "secret").publicKey == key.publicKey)
        #expect(try PublicKey(file: folder / "public") == key.publicKey)
        #expect(try folder.mode(of: "secret") == 0o600)
        #expect(try folder.mode(of: "public") == 0o644)
        #expect(throws: KeyError.self) { try key.write(to: folder / "secret") }
    }

    /// Only root can make such a file.
    @Test(.enabled(if: geteuid() == 0)) func `a secret key of another user is refused`() throws {
        let folder = try TestFolder()
        try SigningKey.generate().write(to: folder / "secret")
        #expect(unsafe chown(folder / "secret", 12_345, 12_345) == 0)
        #expect(throws: KeyError.notOurs(path: folder / "secret", owner: 12_345)) {
            try KeyFile.requirePrivate(folder / "secret")
        }
        // Whoever owns the folder could put another key there: root may use a service's.
        #expect(unsafe chown(folder / ".", 12_345, 12_345) == 0)
        #expect(throws: Never.self) { try KeyFile.requirePrivate(folder / "secret") }
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o660, 0o644])
    func `a secret key that others may use is refused`(mode: Int) throws {
        let folder = try TestFolder()
        try SigningKey.generate().write(to: folder / "secret")
        try folder.setMode(of: "secret", mode)
        #expect(throws: KeyError.notPrivate(path: folder / "secret", mode: UInt32(mode))) {
            try SigningKey(file: folder / "secret")
        }
    }

    @Test(arguments: ["", "\n", "zz", String(repeating: "0", count: 64), String(repeating: "0", count: 300)])
    func `a secret key file with other content is refused`(text: String) throws {
        let folder = try TestFolder()
        try folder.write(Array(text.utf8), to: "secret")
        try folder.setMode(of: "secret", 0o600)
        #expect(throws: KeyError.malformed(path: folder / "secret", digits: 128)) {
            try SigningKey(file: folder / "secret")
        }
    }

    @Test(arguments: [0o600, 0o644]) func `a public key is not a secret one, whoever may read it`(mode: Int) throws {
        let folder = try TestFolder()
        try SigningKey.generate().publicKey.write(to: folder / "public")
        try folder.setMode(of: "public", mode)
        #expect(throws: KeyError.isPublic(path: folder / "public")) { try SigningKey(file: folder / "public") }
    }

    /// Points of low order: the neutral one, and the one that zeros stand for.
    @Test(arguments: ["01" + String(repeating: "0", count: 62), String(repeating: "0", count: 64)])
    func `to a point of low order no secret key belongs`(hex: String) throws {
        #expect(try #require(PublicKey(hex: hex)).isPoint == false)
        #expect(SigningKey.generate().publicKey.isPoint)
    }

    @Test func `a secret key whose halves do not match is refused`() throws {
        let folder = try TestFolder()
        try folder.write([UInt8](repeating: UInt8(ascii: "0"), count: 128), to: "secret")
        try folder.setMode(of: "secret", 0o600)
        #expect(throws: KeyError.halvesDiffer(path: folder / "secret")) { try SigningKey(file: folder / "secret") }
    }

    @Test func `a missing key file is named in one line`() throws {
        let path = try TestFolder() / "none"
        #expect(throws: KeyError.system(operation: "open", path: path, cause: "No such file or directory")) {
            try PublicKey(file: path)
        }
    }
}
