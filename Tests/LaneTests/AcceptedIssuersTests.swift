import Testing

@testable import Lane

@Suite struct AcceptedIssuersTests {
    private static let list = ListVersion(epoch: 1, version: 2)

    private static func prefix(_ text: String) throws -> IssuerPrefix { try #require(IssuerPrefix(text: text)) }
    private static func pan(_ digits: String) throws -> TagNumber {
        try #require(TagNumber(.pan, digits: Array(digits.utf8)))
    }

    private static func table(_ rows: (String, Bool, Bool)...) throws -> AcceptedIssuers {
        AcceptedIssuers(
            try rows.map { .init(try prefix($0.0), name: $0.0, isAccepted: $0.1, demandsLuhn: $0.2) })
    }

    @Test func `without a row everybody is accepted`() throws {
        #expect(AcceptedIssuers().refusal(of: try Self.pan("12345"), by: Self.list) == nil)
    }

    @Test func `the longest prefix decides, and who matches none is not accepted`() throws {
        let table = try Self.table(("pan:95", true, false), ("pan:9578", false, false), ("pan:957812", true, false))
        #expect(table.refusal(of: try Self.pan("9512345"), by: Self.list) == nil)
        #expect(table.refusal(of: try Self.pan("9578345"), by: Self.list) == .issuerNotAccepted(Self.list))
        #expect(table.refusal(of: try Self.pan("9578125"), by: nil) == nil)
        #expect(table.refusal(of: try Self.pan("9678125"), by: nil) == .issuerNotAccepted(nil))
        #expect(table.refusal(of: try Self.pan("9"), by: nil) == .issuerNotAccepted(nil))
        #expect(table.row(of: try Self.pan("9578125"))?.name == "pan:957812")
        #expect(table.row(of: try Self.pan("9")) == nil)
    }

    @Test func `a number of another system does not begin so`() throws {
        let table = try Self.table(("pan:12", true, false))
        let printed = try #require(TagNumber(.printed, digits: Array("1234567890".utf8)))
        #expect(table.refusal(of: printed, by: Self.list) == .issuerNotAccepted(Self.list))
    }

    @Test func `a check digit is held to where it is demanded, before the issuer is`() throws {
        let table = try Self.table(("pan:1", true, true), ("pan:2", false, true), ("pan:3", true, false))
        #expect(table.refusal(of: try Self.pan("18"), by: Self.list) == nil)
        #expect(table.refusal(of: try Self.pan("17"), by: Self.list) == .malformed(Self.list))
        #expect(table.refusal(of: try Self.pan("26"), by: Self.list) == .issuerNotAccepted(Self.list))
        #expect(table.refusal(of: try Self.pan("25"), by: Self.list) == .malformed(Self.list))
        #expect(table.refusal(of: try Self.pan("33"), by: Self.list) == nil)
        #expect(Judgement(of: .malformed(Self.list), at: nil) == Judgement(.malformed, by: Self.list))
        #expect(Judgement(of: .issuerNotAccepted(nil), at: nil) == Judgement(.issuerNotAccepted, by: nil))
    }

    @Test func `any number and any prefix agree with their texts`() throws {
        var random = Seeded(state: 4)
        let prefixes = (0..<200).compactMap { _ in
            IssuerPrefix(text: "\(Self.systems.randomElement(using: &random) ?? "pan"):\(Self.digits(0...4, &random))")
        }
        let rows = prefixes.enumerated().map { index, prefix in
            AcceptedIssuers.Row(prefix, name: "\(index)", isAccepted: index % 2 == 0)
        }
        let table = AcceptedIssuers(rows)
        for _ in 0..<2_000 {
            let word = Self.systems.randomElement(using: &random) ?? "pan"
            let system = try #require(TagNumber.System.allCases.first { IssuerPrefix.word(of: $0) == word })
            let digits = Self.digits(1...(system == .ata ? 10 : 18), &random)
            let tag = try #require(
                system == .ata ? TagNumber(ata: digits.utf8) : TagNumber(system, digits: Array(digits.utf8)))
            let matching = prefixes.filter { "\(word):\(digits)".hasPrefix($0.text) }
            #expect(prefixes.filter { $0.matches(tag) } == matching)
            let longest = matching.map(\.text.count).max()
            #expect(table.row(of: tag)?.prefix == matching.first { $0.text.count == longest })
            #expect(tag.passesLuhn == (system != .ata && TagNumber.passesLuhn(Array(digits.utf8))))
        }
    }

    private static let systems = TagNumber.System.allCases.map(IssuerPrefix.word(of:))

    /// Digits of which there are few, so that numbers often begin alike.
    private static func digits(_ counts: ClosedRange<Int>, _ random: inout Seeded) -> String {
        (0..<Int.random(in: counts, using: &random)).map { _ in ["0", "1", "9"].randomElement(using: &random) ?? "0" }
            .joined()
    }

    @Test(arguments: ["pan:9578", "printed:", "agency:007", "ata:KING", "pan:123456789012"])
    func `a prefix is written as it was read`(_ text: String) throws {
        #expect(try Self.prefix(text).text == text)
    }

    @Test(
        arguments: [
            "9578", "pan", "pan:12a", "pan:1234567890123", "visa:4", "ata:ABCDEFGHIJK", "ata:A B", "printed:-1", "",
            ":", "ata:king",
        ])
    func `what is no prefix is not taken for one`(_ text: String) { #expect(IssuerPrefix(text: text) == nil) }
}
