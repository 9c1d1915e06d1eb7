import Lane
import Testing

@testable import TagReader

@Suite struct `A site's tag text rule` {
    private func content(_ text: String, by rule: TagText) -> HeardRead.Content { rule.content(of: Array(text.utf8)) }

    private func tag(_ system: TagNumber.System, _ digits: String) throws -> HeardRead.Content {
        .tag(try #require(TagNumber(system, digits: Array(digits.utf8))))
    }

    @Test func `takes printed numbers of ten and sixteen digits`() throws {
        let rule = TagText.printed10or16
        #expect(content("1234567890", by: rule) == (try tag(.printed, "1234567890")))
        #expect(content("12345 67890", by: rule) == (try tag(.printed, "1234567890")))
        #expect(content("1234567890123456", by: rule) == (try tag(.printed, "1234567890123456")))
        #expect(content("123456789", by: rule) == .malformed)
        #expect(content("12345678901", by: rule) == .malformed)
        #expect(content("KING 1302", by: rule) == .unreadable)
        #expect(content("", by: rule) == .unreadable)
        #expect(content("123456789012345678901", by: rule) == .unreadable, "longer than a tag's text")
    }

    @Test func `takes an agency's prefix and digits`() throws {
        let rule = TagText.agencySerial(prefix: "KING", digits: 4)
        #expect(content("KING 1302", by: rule) == (try tag(.agencySerial, "1302")))
        #expect(content("KING1302", by: rule) == (try tag(.agencySerial, "1302")))
        #expect(content("KING 0302", by: rule) == (try tag(.agencySerial, "0302")))
        #expect(content("KING 130", by: rule) == .malformed)
        #expect(content("KING 13025", by: rule) == .malformed)
        #expect(content("KING", by: rule) == .malformed)
        #expect(content("KING 13O2", by: rule) == .unreadable)
        #expect(content("RING 1302", by: rule) == .unreadable)
        #expect(content("KIN", by: rule) == .unreadable)
        #expect(content("1302", by: .agencySerial(prefix: "", digits: 4)) == (try tag(.agencySerial, "1302")))
        let long = TagText.agencySerial(prefix: "K", digits: 19)
        #expect(content("K1234567890123456789", by: long) == .malformed, "more digits than a number holds")
    }

    @Test func `takes a trucking association's text`() throws {
        let number = try #require(TagNumber(ata: Array("KING 1302".utf8)))
        #expect(content("KING 1302", by: .ata) == .tag(number))
        #expect(content("king 1302", by: .ata) == .unreadable)
        #expect(content("KING 13021X", by: .ata) == .unreadable)
        #expect(content("", by: .ata) == .unreadable)
    }
}

@Suite struct `What a read prints` {
    @Test func `holds no tag`() throws {
        let read = HeardRead(
            token: ReadToken(3), at: Instant(nanoseconds: 9), antennaPort: 1,
            content: .tag(try #require(.serial("1302"))), raw: Array("KING 1302".utf8), isReplayed: true,
            accepted: AcceptedFrame(sequence: UInt8(ascii: "4"), bytes: Array("KING 1302".utf8)))
        var dumped = ""
        dump(read, to: &dumped)
        let interpolated = "\(read) \(String(reflecting: read)) \(String(describing: read.accepted)) \(dumped)"
        #expect(!interpolated.contains("1302"))
        #expect(!interpolated.contains("75, 73, 78, 71"), "nor its bytes")
        #expect("\(read)" == "read 3 of 9 characters at 9 ns, antenna port 1, replayed")
    }
}
