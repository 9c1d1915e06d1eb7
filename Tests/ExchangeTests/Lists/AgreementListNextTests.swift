import Lane
import Testing

@testable import Exchange

/// The central server's side: the next version and the change, from a base and operations.
struct AgreementListNextTests {
    private let samples: ChangeSamples
    private let base: AgreementList
    private let approved = AgreementListEntry.agreement(Agreement(.approved))
    private let blocked = AgreementListEntry.agreement(Agreement(.blocked))

    init() throws {
        samples = try ChangeSamples()
        base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
    }

    private func next(
        of base: AgreementList, _ operations: [(TagNumber, AgreementListOperation)],
        _ header: AgreementListHeader = ChangeSamples.header(8), issuers: [IssuerPrefix] = []
    ) throws(ListError) -> AgreementList.Next {
        var added = AgreementListOperations()
        for (index, (tag, operation)) in operations.enumerated() { try added.add(tag, operation, line: index + 1) }
        return try base.next(
            applying: added, header, issuers: issuers, signedBy: samples.key, into: samples.folder / "list",
            change: samples.folder / "change")
    }

    @Test func `the next version and its change are written together, whatever the order of the operations`() throws {
        let operations: [(TagNumber, AgreementListOperation)] = [
            (ListSamples.number(0), .set(approved)), (ListSamples.number(1), .remove), (Samples.pan, .set(blocked)),
        ]
        let expected = try samples.bytes(ChangeSamples.nextRows, ChangeSamples.header(8))
        let change = try samples.change()
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            let next = try next(of: base, order.map { operations[$0] })
            #expect(try samples.read("list") == expected)
            #expect(try samples.read("change") == change)
            #expect(next.operations == 3)
            #expect(next.header == (try samples.opened(change).successor))
            #expect(next.superseded.count == 0)
            #expect(next.idle.count == 0)
        }
    }

    @Test(arguments: 0..<20) func `a list that was changed again and again is the one built at once`(seed: Int) throws {
        var chance = SeededGenerator(seed: UInt64(1_000 + seed))
        let most = [1, 10, 300, 2_000][seed % 4]
        var rows: ChangeSamples.Rows = [:]
        var list = try samples.list(rows, ChangeSamples.header(1))
        for version: UInt32 in 2...5 {
            var operations: [(TagNumber, AgreementListOperation)] = []
            for _ in 0..<Int.random(in: 0...most, using: &chance) {
                let tag = ListSamples.number(Int.random(in: 0..<most, using: &chance))
                let entry = Bool.random(using: &chance) ? approved : AgreementListEntry.denial
                let isSet = Int.random(in: 0..<3, using: &chance) > 0
                operations.append((tag, isSet ? .set(entry) : .remove))
                rows[tag] = isSet ? entry : nil
            }
            let header = ChangeSamples.header(version)
            _ = try next(of: list, operations, header)
            #expect(try samples.read("list") == samples.bytes(rows, header))
            let bytes = try samples.read("change")
            try samples.opened(bytes).apply(to: list, into: samples.folder / "applied")
            #expect(try samples.read("applied") == samples.read("list"))
            list = try AgreementList.open(path: samples.folder / "applied", trusting: [samples.key.publicKey])
        }
    }

    @Test func `of several operations for a tag the last stands, and those before it are reported by their lines`()
        throws
    {
        let tag = Samples.pan
        let next = try next(
            of: base, [(tag, .set(.denial)), (ListSamples.number(1), .remove), (tag, .remove), (tag, .set(approved))])
        #expect(next.superseded.count == 2)
        #expect(next.superseded.lines == [1, 3])
        let list = try AgreementList.open(path: samples.folder / "list", trusting: [samples.key.publicKey])
        #expect(list.entry(of: tag) == approved)
    }

    @Test func `operations that change nothing are left out, and reported by their lines`() throws {
        let next = try next(
            of: base,
            [
                (Samples.pan, .remove), (ListSamples.number(1), .set(approved)), (Samples.printed, .remove),
                (Samples.printed, .set(.denial)),
            ])
        #expect(Set(next.idle.lines) == [1, 2, 4])
        #expect(next.idle.count == 3)
        #expect(next.superseded.lines == [3])
        #expect(next.operations == 0)
        #expect(try samples.opened(samples.read("change")).count == 0)
    }

    @Test func `no more than a hundred lines are kept`() throws {
        let next = try next(of: base, (0..<150).map { (ListSamples.number(100 + $0), .remove) })
        #expect(next.idle.count == 150)
        #expect(next.idle.lines.count == 100)
    }

    @Test func `a change may change for whom the list speaks`() throws {
        let issuers = try ["pan:9578", "printed:10"].map { try #require(IssuerPrefix(text: $0)) }
        _ = try next(of: base, [(Samples.pan, .set(blocked))], issuers: issuers)
        let change = try samples.opened(samples.read("change"))
        #expect(Set(change.issuers) == Set(issuers))
        try change.apply(to: base, into: samples.folder / "applied")
        #expect(try samples.read("applied") == samples.read("list"))
        let list = try AgreementList.open(path: samples.folder / "applied", trusting: [samples.key.publicKey])
        #expect(Set(list.issuers) == Set(issuers))
        // And none again.
        let first = try samples.read("change")
        _ = try next(of: list, [], ChangeSamples.header(9))
        #expect(try samples.opened(samples.read("change")).issuers.isEmpty)
        let again = try AgreementList.open(path: samples.folder / "list", trusting: [samples.key.publicKey])
        #expect(again.issuers.isEmpty)
        #expect(try samples.change(from: base, to: list) == first)
    }

    @Test func `only the next version of this list is written`() throws {
        for header in [ChangeSamples.header(7), ChangeSamples.header(9), ChangeSamples.header(8, epoch: 2)] {
            #expect(throws: ListError.notNext(header.version)) { try next(of: base, [], header) }
        }
        #expect(throws: ListError.otherList("sweden")) {
            try next(of: base, [], ChangeSamples.header(8, name: "sweden"))
        }
        var stale = ChangeSamples.header(8)
        stale.staleAfter = .zero
        #expect(throws: ListError.malformedHeader) { try next(of: base, [], stale) }
        #expect(!samples.exists("list"))
        #expect(!samples.exists("change"))
    }
}
