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
        "{\"v\":1,\"station\":7,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":0,\"type\":\"event\",",
        "{\"v\":1,\"station\":7,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":01,\"type\":\"event\",",
        "{\"v\":1,\"station\":7,\"journal\":\"0000000000000123000000000000ABCD\",\"sequence\":1,\"type\":\"event\",",
        "{\"v\":1,\"station\":4294967296,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":1,\"type\":\"event\",",
        "{\"v\":1,\"station\":7,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":1000000000000000000,\"type\":\"event\",",
        "{\"v\":1,\"station\":7,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":1,\"type\":\"\",",
        "{\"v\": 1,\"station\":7,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":1,\"type\":\"event\",",
        "{\"station\":7,\"v\":1,\"journal\":\"0000000000000123000000000000abcd\",\"sequence\":1,\"type\":\"event\",",
    ]) func `is not read from other bytes`(text: String) {
        #expect(RecordHead(scanning: Array(text.utf8)) == nil)
    }
}
