import Testing

@testable import Station

@Suite struct ConfigurationTextTests {
    private func read(_ text: String) throws -> ConfigurationText { try read(Array(text.utf8)) }

    private func read(_ bytes: [UInt8]) throws(ConfigurationErrors) -> ConfigurationText {
        try ConfigurationText(bytes, file: "a.conf")
    }

    private func refusal(of bytes: [UInt8]) -> String? {
        do throws(ConfigurationErrors) {
            _ = try read(bytes)
            return nil
        } catch {
            #expect(error.shown.count == 1)
            return error.description
        }
    }

    @Test func `sections, names, keys and values are found with their places`() throws {
        let text = try read(
            """
            # a comment
            [ lane  1 ]   # another

              gapHold =  200 ms # why
            url = https://a/#fragment
            empty=
            """)
        #expect(text.errors.isEmpty)
        let lane = try #require(text.sections.first)
        #expect(text.sections.count == 1)
        #expect(lane.kind == "lane")
        #expect(lane.name == "1")
        #expect(lane.at == TextPosition(line: 2, column: 1))
        #expect(lane.entries.map(\.key) == ["gapHold", "url", "empty"])
        #expect(lane.entries.map(\.value) == ["200 ms", "https://a/#fragment", ""])
        #expect(lane.entries[0].keyAt == TextPosition(line: 4, column: 3))
        #expect(lane.entries[0].valueAt == TextPosition(line: 4, column: 14))
        #expect(lane.entries[2].valueAt == TextPosition(line: 6, column: 7))
    }

    @Test func `a value may hold an equals sign, and letters of any script`() throws {
        let text = try read("[station]\nname = Bomstasjon Ås = Øst 🚗\n")
        #expect(text.sections[0].entries[0].value == "Bomstasjon Ås = Øst 🚗")
    }

    @Test func `lines may end with carriage return and line feed, and the file begin with a byte order mark`() throws {
        let text = try read([0xEF, 0xBB, 0xBF] + Array("[a]\r\nb = 1\r\n".utf8))
        #expect(text.errors.isEmpty)
        #expect(text.sections[0].entries[0].value == "1")
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], "a.conf:1:2: bytes that are no UTF-8 text; save the file as UTF-8"),
            ([0x0A, 0xC3], "a.conf:2:1: bytes that are no UTF-8 text; save the file as UTF-8"),
            ([0xC3, 0x85, 0x80], "a.conf:1:2: bytes that are no UTF-8 text; save the file as UTF-8"),
            ([0xED, 0xA0, 0x80], "a.conf:1:1: bytes that are no UTF-8 text; save the file as UTF-8"),
            ([0xC0, 0x80], "a.conf:1:1: bytes that are no UTF-8 text; save the file as UTF-8"),
            ([0x61, 0x00], "a.conf:1:2: a control character (U+0000); remove it"),
            ([0x61, 0x0D, 0x62], "a.conf:1:2: a control character (U+000D); remove it"),
            ([0x1B, 0x5B, 0x30, 0x6D], "a.conf:1:1: a control character (U+001B); remove it"),
            ([0x7F], "a.conf:1:1: a control character (U+007F); remove it"),
            ([0xC2, 0x9B], "a.conf:1:1: a control character (U+009B); remove it"),
        ] as [([UInt8], String)])
    func `bytes that are no text give one error where they stand`(_ bytes: [UInt8], _ error: String) {
        #expect(refusal(of: bytes) == error)
    }

    @Test func `a file and a line have a bound`() {
        let most = ConfigurationLines.mostBytes
        let comment = Array("#\n".utf8)
        let full = (0..<250).flatMap { _ in [0x23] + [UInt8](repeating: 0x61, count: 3_998) + [0x0A] }
        #expect(full.count == most)
        #expect(refusal(of: full) == nil)
        let tooLong = [UInt8](repeating: 0x0A, count: most + 1)
        #expect(refusal(of: tooLong) == "a.conf: more than 1000000 bytes, which is no configuration; name another file")
        let line = [UInt8](repeating: 0x61, count: ConfigurationLines.mostCharacters + 1)
        #expect(refusal(of: comment + line) == "a.conf:2:4097: a line of more than 4096 characters")
        #expect(refusal(of: Array("#".utf8) + line.dropLast(2) + [0x0A]) == nil)
    }

    @Test(arguments: [
        ("garbage", "\"garbage\" is no line of a configuration; expected key = value"),
        ("= 3", "no key before \"=\"; expected key = value"),
        ("a b = 3", "\"a b\" is no key; expected key = value"),
        ("å = 3", "\"å\" is no key; expected key = value"),
        ("[x", "\"[x\" is no section; expected [kind] or [kind name]"),
        ("[x] y", "\"[x] y\" is no section; expected [kind] or [kind name]"),
        ("[x]]", "\"[x]]\" is no section; expected [kind] or [kind name]"),
        ("[", "\"[\" is no section; expected [kind] or [kind name]"),
        ("[]", "an empty section; expected [kind] or [kind name]"),
        ("[a b c]", "a section of 3 words; expected [kind] or [kind name]"),
    ])
    func `a line that is nothing is told`(_ line: String, _ error: String) throws {
        #expect(try read("[a]\n  \(line)").errors.description == "a.conf:2:3: \(error)")
    }

    @Test func `a key before the first section is told`() throws {
        #expect(try read("a = 1").errors.description == "a.conf:1:1: \"a\" stands before the first [section]")
    }

    @Test func `what stands below a broken section line belongs to nothing`() throws {
        let text = try read("[a]\nb = 1\n[c d\nb = 2\n[e]\nb = 3\n")
        #expect(text.hasBrokenSection)
        #expect(text.errors.shown.count == 1)
        #expect(text.sections.map(\.entries.count) == [1, 1])
    }

    @Test func `every truncation and every flipped bit of a file is read or refused, never a trap`() throws {
        let bytes = Array("[lane 1]\r\nå = 5 ms # c\n[x]\n".utf8)
        for count in bytes.indices { _ = refusal(of: Array(bytes[..<count])) }
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8(bit)
                _ = refusal(of: damaged)
            }
        }
    }

    @Test func `a long text is shown shortened, so that an error stays a line`() throws {
        let text = try read(String(repeating: "x", count: 3_000))
        #expect(text.errors.description.count < 200)
    }
    @Test func `marks on one letter are counted, and nothing in an error turns its line`() throws {
        let text = try read("a" + String(repeating: "\u{301}", count: 1_200) + "\n\u{202E}b").errors.description
        #expect(text.unicodeScalars.count < 400)
        #expect(text.unicodeScalars.allSatisfy { $0 != "\u{202E}" })
    }
}
