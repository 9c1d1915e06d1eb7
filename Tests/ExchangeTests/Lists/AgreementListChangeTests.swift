import FoundationEssentials
import Lane
import Testing

@testable import Exchange

struct AgreementListChangeTests {
    private let samples: ChangeSamples
    private let base: AgreementList
    private let successor: AgreementList

    init() throws {
        samples = try ChangeSamples()
        base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
        successor = try samples.list(ChangeSamples.nextRows, ChangeSamples.header(8))
    }

    @Test func `a change says what it is for and what comes of it`() throws {
        let change = try samples.opened(samples.change())
        #expect(change.name == "norway")
        #expect(change.version == ListVersion(epoch: 1, version: 8))
        #expect(change.predecessor.version == base.version)
        #expect(change.predecessor.digest == base.digest)
        #expect(change.successor == successor.header)
        #expect(change.count == 3)
        #expect(try change.listBytes == samples.bytes(ChangeSamples.nextRows, ChangeSamples.header(8)).count)
    }

    @Test func `a change applied to its predecessor is the successor, byte for byte`() throws {
        try samples.opened(samples.change()).apply(to: base, into: samples.folder / "list")
        #expect(try samples.read("list") == samples.bytes(ChangeSamples.nextRows, ChangeSamples.header(8)))
        let list = try AgreementList.open(path: samples.folder / "list", trusting: [samples.key.publicKey])
        #expect(list == successor)
        #expect(!samples.exists("list.part"))
    }

    /// Lists of any size, from none to thousands, and changes of any size between them.
    @Test(arguments: 0..<40) func `whatever the two lists are, the change between them makes the second`(seed: Int)
        throws
    {
        var chance = SeededGenerator(seed: UInt64(seed))
        let most = [0, 1, 5, 60, 3_000][seed % 5]
        let first = Self.rows(Int.random(in: 0...most, using: &chance), using: &chance)
        var second = first.filter { KeyMix.mixed($0.key.key ^ UInt64(seed)) & 1 == 0 }
        second.merge(Self.rows(Int.random(in: 0...max(most, 2), using: &chance), using: &chance)) { $1 }
        let from = try samples.list(first, ChangeSamples.header(1))
        let to = try samples.bytes(second, ChangeSamples.header(2))
        let change = try samples.change(
            from: from, to: AgreementList(bytes: to, trusting: [samples.key.publicKey]))
        try samples.opened(change).apply(to: from, into: samples.folder / "list")
        #expect(try samples.read("list") == to)
    }

    @Test func `no operations are legal: the same list, issued again`() throws {
        let again = try samples.list(ChangeSamples.rows, ChangeSamples.header(8))
        let change = try samples.opened(samples.change(from: base, to: again))
        #expect(change.count == 0)
        try change.apply(to: base, into: samples.folder / "list")
        #expect(try samples.read("list") == samples.bytes(ChangeSamples.rows, ChangeSamples.header(8)))
    }

    @Test func `a change is not made for a list that is not the next`() throws {
        let make = { (from: AgreementList, to: AgreementList) in
            listError { () throws(ListError) in
                try AgreementListChange.make(
                    from: from, to: to, signedBy: samples.key, into: samples.folder / "change")
            }
        }
        let versions: [(UInt32, UInt32)] = [(1, 7), (1, 6), (1, 9), (2, 1), (2, 8), (0, 8)]
        for (epoch, version) in versions {
            let to = try samples.list(ChangeSamples.nextRows, ChangeSamples.header(version, epoch: epoch))
            #expect(make(base, to) == .notNext(to.version))
        }
        let other = try samples.list(ChangeSamples.nextRows, ChangeSamples.header(8, name: "sweden"))
        #expect(make(base, other) == .otherList("sweden"))
        #expect(!samples.exists("change"))
        #expect(!samples.exists("change.part"))
    }

    @Test func `a change is applied in a file without a name`() throws {
        let change = try samples.opened(samples.change())
        let names = { try FileManager.default.contentsOfDirectory(atPath: samples.folder / "").sorted() }
        let before = try names()
        let list = try change.applied(to: base, in: samples.folder / "", trusting: [samples.key.publicKey])
        #expect(list == successor && list.digest == successor.digest)
        #expect(try names() == before)
        try list.verify()
        let error = #expect(throws: ListError.self) {
            try change.applied(to: base, in: samples.folder / "none", trusting: [samples.key.publicKey])
        }
        guard case .system("create", _, "No such file or directory") = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a change is applied to no list but its predecessor`() throws {
        let change = try samples.opened(samples.change())
        let others = [
            try samples.list(ChangeSamples.rows, ChangeSamples.header(7, name: "sweden")),
            try samples.list(ChangeSamples.rows, ChangeSamples.header(6)),
            try samples.list(ChangeSamples.rows, ChangeSamples.header(7, epoch: 2)),
            try samples.list(ChangeSamples.nextRows, ChangeSamples.header(7)),
            successor,
        ]
        try samples.folder.write([1, 2, 3], to: "list")
        for other in others {
            let error = listError { () throws(ListError) in
                try change.apply(to: other, into: samples.folder / "list")
            }
            #expect(error == .otherPredecessor(base.version))
        }
        #expect(try samples.read("list") == [1, 2, 3])
        #expect(!samples.exists("list.part"))
    }

    @Test func `a change that cannot be written is refused and leaves the old file`() throws {
        let change = try samples.opened(samples.change())
        let path = samples.folder / "none/list"
        let error = listError { () throws(ListError) in try change.apply(to: base, into: path) }
        #expect(error == .system(operation: "create", path: path + ".part", cause: "No such file or directory"))
    }

    static func rows(_ count: Int, using chance: inout SeededGenerator) -> ChangeSamples.Rows {
        var rows: ChangeSamples.Rows = [:]
        for _ in 0..<count {
            let tag = ListSamples.number(Int.random(in: 0..<2 * count, using: &chance))
            rows[tag] = [.denial, .agreement(Agreement(.approved)), .agreement(Agreement(.blocked))]
                .randomElement(using: &chance)
        }
        return rows
    }
}
