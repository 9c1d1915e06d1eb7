import Lane
import Testing

@testable import Exchange

struct AgreementListBuilderTests {
    private let key = SigningKey.generate()
    private let approved = AgreementListEntry.agreement(Agreement(.approved))

    @Test func `I5: a denial wins in any order, and every duplicate is reported`() throws {
        let tag = Samples.pan
        let blocked = AgreementListEntry.agreement(Agreement(.blocked))
        let first = try ListSamples.built([(tag, .denial), (tag, approved), (tag, blocked)], by: key)
        #expect(first.duplicates == [.init(kept: 0, leftOut: 1), .init(kept: 0, leftOut: 2)])
        let last = try ListSamples.built([(tag, approved), (tag, blocked), (tag, .denial)], by: key)
        #expect(last.duplicates == [.init(kept: 1, leftOut: 0), .init(kept: 2, leftOut: 1)])
        for built in [first, last] {
            let list = try AgreementList(bytes: built.bytes, trusting: [key.publicKey])
            #expect(list.answer(for: tag) == .denied(list.version))
            #expect(list.count == 1)
        }
    }

    @Test(arguments: ["", "a list", "nørway", "seventeen-letters"]) func `a list has a name`(name: String) {
        var header = ListSamples.header
        header.name = name
        #expect(throws: AgreementListBuilder.Problem.name) { try ListSamples.built([], header, by: key) }
    }

    @Test(arguments: [Interval.zero, .microseconds(999), .seconds(-1), .days(3_651)])
    func `a list says when it is stale`(bound: Interval) {
        var header = ListSamples.header
        header.staleAfter = bound
        #expect(throws: AgreementListBuilder.Problem.staleAfter) { try ListSamples.built([], header, by: key) }
    }

    @Test func `a builder takes the most entries and not one more`() throws {
        var builder = AgreementListBuilder()
        for _ in 0..<AgreementListBuilder.mostEntries { try builder.add(Samples.printed, approved) }
        #expect(throws: AgreementListBuilder.Problem.tooMany) { try builder.add(Samples.pan, approved) }
    }

    @Test func `twenty thousand entries in falling order are found, and nothing between them`() throws {
        let rows = (0..<20_000).reversed().map { (ListSamples.number(7 * $0), approved) }
        let list = try AgreementList(bytes: ListSamples.built(rows, by: key).bytes, trusting: [key.publicKey])
        for value in 0..<20_000 {
            #expect(list.entry(of: ListSamples.number(7 * value)) == approved)
            #expect(list.entry(of: ListSamples.number(7 * value + 3)) == nil)
        }
    }
}
