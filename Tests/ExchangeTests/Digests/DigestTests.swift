import Exchange
import Testing

struct DigestTests {
    @Test(arguments: [
        ("", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"),
        ("abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
    ])
    func `a digest is what b2sum -l 256 prints`(text: String, hex: String) {
        #expect(Digest(of: Array(text.utf8)).hex == hex)
    }

    @Test func `a record is chained as a shell would do it`() {
        // (printf '%064d' 0; printf %s '{"v":1}') | b2sum -l 256
        let first = Digest.chained(to: .zero, body: Array(#"{"v":1}"#.utf8))
        #expect(first.hex == "9e60021b43cb891c5bde24f2599e0ded4ae5c24b9545ff98932fc706757d077c")
    }

    @Test(arguments: [1, 63, 64, 127, 128, 129, 4_096, 999_999])
    func `a digest taken in pieces is the digest of the whole`(piece: Int) {
        // head -c 1000000 /dev/zero | b2sum -l 256
        var stream = DigestStream()
        var left = 1_000_000
        while left > 0 {
            stream.update([UInt8](repeating: 0, count: min(piece, left)))
            left -= min(piece, left)
        }
        #expect(stream.finish().hex == "0cbf381956ec0d36533b813283c85bc12142a0512ae86f59e0d4342af99010b6")
    }

    @Test func `hexadecimal text and bytes lead back to the same digest`() {
        let digest = Digest(of: [1, 2, 3])
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest.zero.hex == String(repeating: "0", count: 64))
        #expect(Digest(of: [1]) != Digest(of: [2]))
    }

    @Test(arguments: ["", "0", String(repeating: "0", count: 63), String(repeating: "0", count: 66)])
    func `a text of another length is no digest`(text: String) {
        #expect(Digest(hex: text) == nil)
    }

    @Test(arguments: ["A", "g", "G", "/", ":", "`", " ", "é"])
    func `only lower-case hexadecimal digits are taken`(character: String) {
        #expect(Digest(hex: String(repeating: "0", count: 64 - character.utf8.count) + character) == nil)
    }

    @Test func `every byte has its two digits`() {
        let all = (0...255).map { UInt8($0) }
        #expect(Hex.bytes(of: Hex.digits(of: all)) == all)
        #expect(Hex.text(of: [0x00, 0x0F, 0xA9, 0xFF]) == "000fa9ff")
        #expect(Hex.bytes(of: Array("abc".utf8)) == nil)
    }
}
