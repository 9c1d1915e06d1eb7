import Exchange
import Lane
import Testing

@testable import Central

@Suite struct `A record's head` {
    private let body = Sample.body(12, type: "passage")

    @Test func `is read from the body's bytes`() throws {
        let head = try #require(RecordHead(scanning: body))
        #expect(head.version == 1)
        #expect(head.station == Sample.journal.station)
        #expect(head.journal == Sample.journal.journal)
        #expect(head.sequence == Sequence(12))
        #expect(head.type == "passage")
    }

    @Test func `is nil in every truncation before the type's end`() {
        let end = body.count - "\"boot\":\"b\"}".utf8.count
        for count in 0..<end { #expect(RecordHead(scanning: Array(body[..<count])) == nil) }
        #expect(RecordHead(scanning: Array(body[..<end])) != nil)
    }

    @Test func `survives every flipped bit, and never keeps the same content`() {
        let whole = RecordHead(scanning: body)
        for index in 0..<(body.count - 12) {
            for bit in 0..<8 {
                var flipped = body
                flipped[index] ^= 1 << bit
                #expect(RecordHead(scanning: flipped) != whole)
            }
        }
    }

    @Test(arguments: [
        ("\"sequence\":12", "\"sequence\":0"),
        ("\"sequence\":12", "\"sequence\":01"),
        ("\"sequence\":12", "\"sequence\":-1"),
        ("\"sequence\":12", "\"sequence\":1000000000000000000"),
        ("00abcd", "00ABCD"),
        ("\"station\":7", "\"station\":4294967296"),
        ("\"passage\"", "\"\""),
        ("\"passage\"", "\"abcdefghijklmnopqrstuvwxyzabcdefg\""),
        ("\"v\":1", "\"v\": 1"),
        ("\"v\":1,\"station\":7", "\"station\":7,\"v\":1"),
    ]) func `is not read from other bytes`(part: String, other: String) throws {
        let text = String(decoding: body, as: UTF8.self)
        let place = try #require(text.firstRange(of: part))
        #expect(RecordHead(scanning: Array(text.replacingCharacters(place, by: other).utf8)) == nil)
    }
}

extension String {
    fileprivate func firstRange(of part: String) -> Range<Index>? {
        indices.first { self[$0...].hasPrefix(part) }.map { $0..<index($0, offsetBy: part.count) }
    }

    fileprivate func replacingCharacters(_ range: Range<Index>, by other: String) -> String {
        self[..<range.lowerBound] + other + self[range.upperBound...]
    }
}
