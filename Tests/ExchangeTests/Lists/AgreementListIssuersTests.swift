import Lane
import Testing

@testable import Exchange

struct AgreementListIssuersTests {
    private let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))
    private let texts = ["pan:9578", "printed:10", "printed:", "ata:KING", "pan:123456789012"]

    private func built(_ texts: [String]) throws -> [UInt8] {
        var builder = AgreementListBuilder()
        for (tag, entry) in ListSamples.rows { try builder.add(tag, entry) }
        let issuers = try texts.map { try #require(IssuerPrefix(text: $0)) }
        return try builder.build(ListSamples.header, issuers: issuers, signedBy: key).bytes
    }

    private func error(_ bytes: [UInt8]) -> ListError? {
        do throws(ListError) {
            _ = try AgreementList(bytes: bytes, trusting: [key.publicKey])
            return nil
        } catch {
            return error
        }
    }

    /// A list with issuers after a change, with digest and signature made right again.
    private func signed(_ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        var bytes = try built(texts)
        change(&bytes)
        bytes.replaceSubrange(160..<192, with: Digest(of: Array(bytes[320...])).bytes)
        bytes.replaceSubrange(256..<320, with: key.signature(over: Array(bytes[..<256])))
        return bytes
    }

    @Test func `a list says for which issuers it speaks, in the order of its table`() throws {
        let list = try AgreementList(bytes: built(texts), trusting: [key.publicKey])
        #expect(list.issuers.map(\.text) == ["pan:9578", "pan:123456789012", "printed:", "printed:10", "ata:KING"])
        #expect(list.header.issuerCount == 5)
        #expect(try built(texts + texts.reversed()) == built(texts))
        #expect(list.answer(for: Samples.printed) == .denied(list.version))
        #expect(try AgreementList(bytes: built([]), trusting: [key.publicKey]).issuers == [])
    }

    @Test func `a tag that a list does not name is absent only where the list speaks for its issuer`() throws {
        let (own, other) = (try TagNumber(printed: "1099999999"), try TagNumber(printed: "2099999999"))
        let some = try AgreementList(bytes: built(["printed:10"]), trusting: [key.publicKey])
        #expect(some.answer(for: own) == .absent(some.version))
        #expect(some.answer(for: other) == .issuerNotAccepted(some.version))
        #expect(some.answer(for: Samples.printed) == .denied(some.version), "what it names stands")
        let all = try AgreementList(bytes: built([]), trusting: [key.publicKey])
        #expect(all.answer(for: other) == .absent(all.version))
    }

    @Test func `the table of issuers stands behind the buckets`() throws {
        let bytes = try built(texts)
        #expect(Hex.text(of: bytes[112..<120]) == "d000000000000000")  // 128 + 5 · 16
        #expect(Hex.text(of: bytes[136..<152]) == "c001000000000000" + "0500000000000000")  // 5 at 448
        #expect(bytes.count == 320 + 128 + 5 * 16)
        #expect(Hex.text(of: bytes[448..<464]) == "00040000" + "393537380000000000000000")  // pan:9578
        #expect(Hex.text(of: bytes[480..<496]) == "0a000000" + "000000000000000000000000")  // printed:
        #expect(Hex.text(of: bytes[512...]) == "0c040000" + "4b494e470000000000000000")  // ata:KING
    }

    @Test func `I10: every flipped bit and every truncation of a list with issuers is refused`() throws {
        let bytes = try built(texts)
        #expect(error(bytes) == nil)
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(error(damaged) != nil, "bit \(bit)")
        }
        for count in 0..<bytes.count {
            let expected = count < 320 ? 320 : bytes.count
            #expect(error(Array(bytes.prefix(count))) == .truncated(bytes: count, expected: expected))
        }
        #expect(error(bytes + [UInt8](repeating: 0, count: 16)) == .count)
    }

    @Test func `a table that nobody should sign is refused`() throws {
        #expect(error(try signed { $0[448] = 0x0D }) == .malformedIssuer(issuer: 0))
        #expect(error(try signed { $0[449] = 5 }) == .malformedIssuer(issuer: 0))
        #expect(error(try signed { $0[449] = 13 }) == .malformedIssuer(issuer: 0))
        #expect(error(try signed { $0[450] = 1 }) == .malformedIssuer(issuer: 0))
        #expect(error(try signed { $0[463] = 0x30 }) == .malformedIssuer(issuer: 0))
        #expect(error(try signed { $0[452] = 0x41 }) == .malformedIssuer(issuer: 0))
        let twice = try signed { $0.replaceSubrange(464..<480, with: Array($0[448..<464])) }
        #expect(error(twice) == .malformedIssuer(issuer: 1))
        #expect(error(try signed { $0[144] = 4 }) == .malformedHeader)
        #expect(error(try signed { $0[136] = 0xB0 }) == .malformedHeader)
        #expect(error(try signed { $0[136] = 0 }) == .malformedHeader)
    }

    @Test func `a list has at most a thousand issuers`() throws {
        let issuers = (1...1_001).map { "pan:\($0)" }
        #expect(try AgreementList(bytes: built(issuers.dropLast()), trusting: [key.publicKey]).issuers.count == 1_000)
        #expect(throws: AgreementListBuilder.Problem.tooManyIssuers) { try built(issuers) }
    }
}

extension AgreementListIssuersTests {
    private func built(_ texts: ArraySlice<String>) throws -> [UInt8] { try built(Array(texts)) }
}
