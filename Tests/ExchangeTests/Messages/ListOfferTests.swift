import Exchange
import Lane
import Testing

struct ListOfferTests {
    private let change = ListOffer(
        name: "agreements", version: ListVersion(epoch: 9_821, version: 6), kind: .change,
        after: ListVersion(epoch: 9_821, version: 5), listBytes: 1_000_000, bytes: 48_211, encoding: .gzip,
        path: "/v1/lists/agreements/9821.6.change.gz", newest: ListVersion(epoch: 9_821, version: 9))

    private var whole: ListOffer {
        var offer = change
        (offer.kind, offer.after, offer.encoding) = (.whole, nil, .identity)
        (offer.bytes, offer.path) = (offer.listBytes, "/v1/lists/agreements/9821.6.list")
        return offer
    }

    @Test func `is written and read`() throws {
        let text = #"""
            {"after":{"epoch":9821,"version":5},"bytes":48211,"encoding":"gzip","epoch":9821,"kind":"change",\#
            "listBytes":1000000,"name":"agreements","newest":{"epoch":9821,"version":9},\#
            "path":"/v1/lists/agreements/9821.6.change.gz","version":6}
            """#
        #expect(String(decoding: change.json, as: UTF8.self) == text)
        #expect(try ListOffer(json: change.json) == change)
        #expect(try ListOffer(json: whole.json) == whole)
        #expect(!String(decoding: whole.json, as: UTF8.self).contains("after"))
    }

    @Test func `says how long a list has to wait, in seconds`() throws {
        var offer = change
        offer.activeIn = 5_400
        #expect(String(decoding: offer.json, as: UTF8.self).hasPrefix(#"{"activeIn":5400,"after""#))
        #expect(try ListOffer(json: offer.json) == offer)
        let now = UTC(milliseconds: 1_000_000)
        for (activeFrom, wait) in [
            (0, nil), (1_000_000, nil), (1_000_001, 1), (1_001_000, 1), (1_001_001, 2),
            (.max, ListOffer.mostActiveIn),
        ] as [(Int64, Int?)] {
            #expect(ListOffer.activeIn(UTC(milliseconds: activeFrom), at: now) == wait)
        }
        #expect(ListOffer.activeIn(UTC(milliseconds: .max), at: UTC(milliseconds: -1)) == ListOffer.mostActiveIn)
    }

    private static let wrong: [(String, @Sendable (inout ListOffer) -> Void)] = [
        ("the name is no list's name", { $0.name = "" }),
        ("the name is no list's name", { $0.name = "../x" }),
        ("the name is no list's name", { $0.name = String(repeating: "x", count: 33) }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/" }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/../stations" }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/a//b" }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/a?b" }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/a%2Fb" }),
        ("the path is not one of a list's file", { $0.path = "https://elsewhere/v1/lists/a" }),
        ("the path is not one of a list's file", { $0.path = "/v1/lists/" + String(repeating: "x", count: 119) }),
        ("the newest version is below the offered one", { $0.newest = ListVersion(epoch: 9_821, version: 5) }),
        ("a list of 319 bytes; the most is \(AgreementList.mostBytes)", { $0.listBytes = 319 }),
        (
            "a list of \(AgreementList.mostBytes + 1) bytes; the most is \(AgreementList.mostBytes)",
            { $0.listBytes = AgreementList.mostBytes + 1 }
        ),
        ("a file of 63 bytes; the most is \(ListOffer.mostBytes)", { $0.bytes = 63 }),
        ("a file of -1 bytes; the most is \(ListOffer.mostBytes)", { $0.bytes = -1 }),
        ("a file of \(Int.max) bytes; the most is \(ListOffer.mostBytes)", { $0.bytes = .max }),
        ("a list to be used in -1 s; the most is 31622400", { $0.activeIn = -1 }),
        ("a list to be used in 31622401 s; the most is 31622400", { $0.activeIn = 31_622_401 }),
        ("a change without a predecessor", { $0.after = nil }),
        ("a change whose predecessor is not below it", { $0.after = $0.version }),
        ("a whole list that names a predecessor", { $0.kind = .whole }),
        (
            "a whole list of 1000000 bytes in a file of 48211",
            { ($0.kind, $0.after, $0.encoding) = (.whole, nil, .identity) }
        ),
    ]

    @Test func `out of its bounds is refused in one line`() {
        for (flaw, spoil) in Self.wrong {
            var offer = change
            spoil(&offer)
            #expect(offer.flaw == flaw)
            let error = #expect(throws: MessageError.self) { try ListOffer(json: offer.json) }
            #expect(error == .outOfBounds(flaw))
            #expect(error?.description == "not a message that can be: \(flaw)")
        }
    }

    @Test(arguments: [
        (#""kind":"change""#, #""kind":"part""#), (#""encoding":"gzip""#, #""encoding":"br""#),
        (#""epoch":9821"#, #""epoch":-1"#), (#""version":6"#, #""version":4294967296"#),
        (#""bytes":48211"#, #""bytes":1e300"#), (#""bytes":48211"#, #""bytes":"48211""#),
        (#""newest":{"epoch":9821,"version":9}"#, #""newest":9"#), (#""path""#, #""file""#),
    ])
    func `that is none is malformed`(_ part: String, _ other: String) throws {
        let text = String(decoding: change.json, as: UTF8.self)
        let broken = text.split(separator: part, omittingEmptySubsequences: false).joined(separator: other)
        try #require(broken != text)
        let error = #expect(throws: MessageError.self) { try ListOffer(json: Array(broken.utf8)) }
        #expect(error == .malformed && error?.description == "not the message that was expected")
    }

    @Test func `cut anywhere is malformed`() {
        let bytes = change.json
        for count in bytes.indices {
            #expect(throws: MessageError.malformed) { try ListOffer(json: Array(bytes[..<count])) }
        }
    }

    @Test(arguments: [
        "", "1", "1.", ".1", "1.2.3", "01.2", "1.02", "+1.2", "-1.2", "1.4294967296", "1,2", " 1.2", "a.b",
    ])
    func `a version's text has one form`(text: String) { #expect(ListVersion(text) == nil) }

    @Test func `a version has a text`() {
        #expect(ListVersion("9821.5") == ListVersion(epoch: 9_821, version: 5))
        #expect(ListVersion("0.4294967295")?.text == "0.4294967295")
    }
}
