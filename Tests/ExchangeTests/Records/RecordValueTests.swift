import FoundationEssentials
import Lane
import Testing

@testable import Exchange

/// The quick way to a record's members against the decoder that reads everything.
struct RecordValueTests {
    private func quickly(_ body: [UInt8]) -> RecordFields? {
        do { return try RecordFields(RecordValue(of: body)) } catch { return nil }
    }

    private func slowly(_ body: [UInt8]) -> RecordFields? {
        do { return try JSONDecoder().decode(RecordFields.self, from: Data(body)) } catch { return nil }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `any record has the same members both ways`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var quick = 0
        for _ in 0..<300 {
            let body = Array(Samples.body(.any(&chance)).utf8)
            guard let fields = quickly(body) else { continue }
            quick += 1
            #expect(fields == slowly(body))
        }
        // Text by chance is mostly escaped, and left to the decoder.
        #expect(quick > 50)
    }

    @Test func `what is said in one bit less or more is the same both ways, or left to the decoder`() {
        let body = Array(Samples.body(.passage(Samples.revisedPassage, photos: [])).utf8)
        #expect(quickly(body) != nil)
        for place in body.indices {
            for bit in 0..<8 {
                var damaged = body
                damaged[place] ^= 1 << bit
                guard let fields = quickly(damaged) else { continue }
                #expect(fields == slowly(damaged), "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func `what is cut off is none`() {
        let body = Array(Samples.body(.passage(Samples.revisedPassage, photos: [])).utf8)
        for count in body.indices { #expect(quickly(Array(body[..<count])) == nil) }
    }

    @Test(arguments: [
        "", "{", "{}", "[1]", "1", "true", "{\"v\" :1}", "{\"v\":01}", "{\"v\":1.5}", "{\"v\":-}", "{\"v\":null}",
        "{\"v\":123456789012345678901}", "{\"v\":\"\\u0041\"}", "[[[[[[[[[[1]]]]]]]]]]",
    ])
    func `what our encoder does not write is none`(text: String) { #expect(quickly(Array(text.utf8)) == nil) }
}
