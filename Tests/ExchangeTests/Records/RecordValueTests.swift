import FoundationEssentials
import Lane
import Testing

@testable import Exchange

/// What is read of a body against a JSON decoder that knows nothing of records.
struct RecordValueTests {
    private func value(_ body: [UInt8]) -> RecordValue? {
        do { return try RecordValue(of: body) } catch { return nil }
    }

    private func isSame(_ body: [UInt8]) throws -> Bool {
        let decoded = try JSONDecoder().decode(AnyJSON.self, from: Data(body))
        return try decoded.agrees(with: RecordValue(of: body))
    }

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `any record is what a JSON decoder makes of it`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let body = Array(Samples.body(.any(&chance)).utf8)
            #expect(try isSame(body))
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4]) func `each member of a record that is declared is read`(
        seed: UInt64
    ) throws {
        var chance = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let body = Array(Samples.body(.any(&chance)).utf8)
            let fields = try #require(RecordFields(body: body))
            #expect(try JSONDecoder().decode(AnyJSON.self, from: Data(body)).membersUnread(in: fields) == [])
        }
    }

    @Test func `what is said in one bit less or more is the same both ways, or none`() throws {
        let body = Array(Samples.body(.passage(Samples.revisedPassage, photos: [])).utf8)
        #expect(try isSame(body))
        for place in body.indices {
            for bit in 0..<8 {
                var damaged = body
                damaged[place] ^= 1 << bit
                guard value(damaged) != nil else { continue }
                #expect(try isSame(damaged), "byte \(place), bit \(bit)")
            }
        }
    }

    @Test func `what is cut off is none`() {
        let body = Array(Samples.body(.passage(Samples.revisedPassage, photos: [])).utf8)
        for count in body.indices { #expect(value(Array(body[..<count])) == nil) }
    }

    @Test(arguments: [
        "\"\"", "\"a\"", "\"\\\"\\\\\"", "\"\\u0041b\"", "\"\\ud83d\\ude97 \\u00e6\"", "[\"\\u0000\",[],{}]",
        "{\"\\u0041\":{\"b\":true}}",
        "0", "-1", "18446744073709551615", "-9223372036854775808",
    ])
    func `each kind of value is read`(text: String) throws { #expect(try isSame(Array(text.utf8))) }

    @Test func `a number beyond 64 bits is none, whatever is wanted`() throws {
        for text in ["18446744073709551616", "123456789012345678901234567890123456789012345"] {
            let read = try #require(value(Array(text.utf8)))
            #expect(throws: RecordValue.Odd.self) { _ = try UInt64(read) }
        }
    }

    @Test(arguments: [
        "", "{", "{\"v\" :1}", "{\"v\":01}", "{\"v\":1.5}", "{\"v\":-}", "{\"v\":null}", "[1,]", "1 ", "\"\\n\"",
        "[[[[[[[[[[1]]]]]]]]]]",
    ])
    func `what our encoder does not write is none`(text: String) { #expect(value(Array(text.utf8)) == nil) }
}

/// Any JSON without fractions and null.
private indirect enum AnyJSON: Decodable {
    case truth(Bool)
    case number(Int128)
    case text(String)
    case items([AnyJSON])
    case members([String: AnyJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let truth = try? container.decode(Bool.self) {
            self = .truth(truth)
        } else if let number = try? container.decode(UInt64.self) {
            self = .number(Int128(number))
        } else if let number = try? container.decode(Int64.self) {
            self = .number(Int128(number))
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let items = try? container.decode([AnyJSON].self) {
            self = .items(items)
        } else {
            self = .members(try container.decode([String: AnyJSON].self))
        }
    }

    func agrees(with value: RecordValue) throws -> Bool {
        switch self {
        case .truth(let truth): return try value.truth() == truth
        case .number(let number): return try value.number() == number
        case .text(let text): return try value.text() == text
        case .items(let items):
            let others = try value.items()
            return try items.count == others.count && zip(items, others).allSatisfy { try $0.agrees(with: $1) }
        case .members(let members):
            return try members.allSatisfy { name, member in
                let found: Found = try value.need(name)
                return try member.agrees(with: found.value)
            }
        }
    }

    /// Members that stand here, and that the read members have a place for and do not have.
    func membersUnread(in read: Any) -> [String] {
        let parts = Mirror(reflecting: read)
        if parts.displayStyle == .optional { return parts.children.first.map { membersUnread(in: $0.value) } ?? [""] }
        switch self {
        case .members(let members):
            return parts.children.flatMap { part in
                let name = part.label ?? ""
                return (members[name]?.membersUnread(in: part.value) ?? []).map { "\(name) \($0)" }
            }
        case .items(let items) where parts.displayStyle == .collection:
            return zip(items, parts.children).flatMap { $0.membersUnread(in: $1.value) }
        case .truth, .number, .text, .items: return []
        }
    }

    /// A value as it stands.
    private struct Found: RecordReadable {
        let value: RecordValue
        init(_ value: RecordValue) { self.value = value }
    }
}
