import FoundationEssentials
import Lane
import Testing

@testable import Exchange

struct AgreementListWriterTests {
    private let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))
    private let folder: TestFolder
    /// So little that fifty thousand entries go to the temporary file.
    private let little = ListPartitions.leastMemory

    init() throws { folder = try TestFolder() }

    private typealias Rows = [(TagNumber, AgreementListEntry)]

    private func write(
        _ rows: Rows, _ header: AgreementListHeader = ListSamples.header, issuers: [IssuerPrefix] = [],
        memory: Int = AgreementListWriter.memoryByDefault, work: String = "work", to name: String = "list",
        progress: (BuildProgress) -> Void = { _ in }
    ) throws -> AgreementListWriter.Written {
        var writer = AgreementListWriter(temporaryFolder: folder / work, memory: memory)
        for (line, (tag, entry)) in rows.enumerated() { try writer.add(tag, entry, line: line) }
        return try writer.write(to: folder / name, header, issuers: issuers, signedBy: key, progress: progress)
    }

    private func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: folder / name))) }
    private func files(_ name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder / name).sorted()
    }

    /// Different tags in no order, all kinds of entries among them.
    private func rows(_ count: Int, seed: UInt64 = 1) -> Rows {
        var chance = SeededGenerator(seed: seed)
        let entries: [AgreementListEntry] = [
            .denial, .agreement(Agreement(.approved), .heavy), .agreement(Agreement(.blocked)),
            .agreement(Agreement(.approved, validUntil: UTC(milliseconds: ListSamples.noon))),
        ]
        return (0..<count).map { (ListSamples.number($0), entries[$0 % 4]) }.shuffled(using: &chance)
    }

    @Test(arguments: [0, 1, 3, 1_000, 60_000])
    func `a written list is byte for byte the one that is built in memory`(count: Int) throws {
        let rows = rows(count)
        let issuers = [try #require(IssuerPrefix(text: "printed:0"))]
        var builder = AgreementListBuilder()
        for (tag, entry) in rows { try builder.add(tag, entry) }
        let built = try builder.build(ListSamples.header, issuers: issuers, signedBy: key)
        for memory in [little, AgreementListWriter.memoryByDefault] {
            let written = try write(rows, issuers: issuers, memory: memory)
            #expect(try read("list") == built.bytes)
            #expect(written.header == built.header)
            #expect(written.duplicates == AgreementListWriter.Duplicates())
        }
        let list = try AgreementList.open(path: folder / "list", trusting: [key.publicKey])
        #expect(list.count == count)
        #expect(list.issuers == issuers)
    }

    @Test func `nothing but the list stays, whether it went through a temporary file or not`() throws {
        _ = try write(rows(1_000))
        #expect(try files() == ["list"])
        _ = try write(rows(60_000), memory: little)
        #expect(try files() == ["list", "work"])
        #expect(try files("work") == [])
    }

    @Test(arguments: [ListPartitions.leastMemory, AgreementListWriter.memoryByDefault])
    func `I5: of two entries for a tag the more cautious stands, and their lines are told`(memory: Int) throws {
        var rows = rows(40_000)
        let tag = rows[7].0
        rows[7].1 = .agreement(Agreement(.approved))
        rows.append((tag, .denial))
        rows.append((tag, .agreement(Agreement(.blocked))))
        var phases: Set<BuildProgress.Phase> = []
        let written = try write(rows, memory: memory) { phases.insert($0.phase) }
        #expect(written.header.count == 40_000)
        #expect(written.duplicates.count == 2)
        #expect(
            written.duplicates.first == [.init(kept: 40_000, leftOut: 7), .init(kept: 40_000, leftOut: 40_001)])
        #expect(phases == [.writing, .writingAgain, .syncing])
        #expect(try read("list") == ListSamples.built(rows, by: key).bytes)
    }

    @Test func `a hundred duplicates are told by their lines, and all are counted`() throws {
        let rows = rows(30_000)
        let written = try write(rows + rows, memory: little)
        #expect(written.header.count == 30_000)
        #expect(written.duplicates.count == 30_000)
        #expect(written.duplicates.first.count == 100)
        #expect(written.duplicates.first.allSatisfy { $0.leftOut == $0.kept + 30_000 })
        #expect(try read("list") == ListSamples.built(rows, by: key).bytes)
    }

    @Test func `progress goes from nothing to all, then to the disk`() throws {
        var seen: [BuildProgress] = []
        _ = try write(rows(5_000)) { seen.append($0) }
        #expect(seen.count == 257)
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.done <= $1.done })
        #expect(seen.allSatisfy { $0.total == 5_000 })
        #expect(seen.last == BuildProgress(phase: .syncing, done: 5_000, total: 5_000))
        #expect(seen.last?.share == 1)
    }

    @Test func `keys that were chosen to lie together are refused, and the old list stays`() throws {
        try folder.write([1, 2, 3], to: "list")
        let crowd = (0..<69).compactMap { TagNumber(key: KeyMix.unmixed(1 << 63 + $0)) }
        // Not every mixed key is a number's.
        var tags = crowd
        var mixed: UInt64 = 1 << 63 + 69
        while tags.count < 69 {
            if let tag = TagNumber(key: KeyMix.unmixed(mixed)) { tags.append(tag) }
            mixed += 1
        }
        #expect(throws: ListError.crowded) { try write(rows(1_000) + tags.map { ($0, .denial) }) }
        // One partition's rows are more than its share of the memory.
        let same = Rows(repeating: (Samples.pan, .denial), count: little / 4 / (2 * ListRow.bytes) + 1)
        #expect(throws: ListError.crowded) { try write(same, memory: little) }
        #expect(try write(same.dropLast(), memory: little).header.count == 1)
        try folder.write([1, 2, 3], to: "list")
        #expect(throws: AgreementListBuilder.Problem.name) {
            try write(
                [],
                AgreementListHeader(
                    name: "", version: ListSamples.header.version, issuedAt: UTC(milliseconds: 0), staleAfter: .days(1))
            )
        }
        #expect(try read("list") == [1, 2, 3])
        #expect(try files() == ["list"])
    }

    @Test func `a folder that is not there is told in one line`() throws {
        let work = folder / "none/work"
        #expect(throws: ListError.system(operation: "create", path: work, cause: "No such file or directory")) {
            try write(rows(60_000), memory: little, work: "none/work")
        }
        #expect(throws: ListError.self) { try write([], to: "none/list") }
    }
}

struct ListRowTests {
    /// Keys of every kind of crowding: even, all but the last bits equal, all equal, in order, in falling order.
    @Test(arguments: [0, 1, 24, 25, 26, 1_000, 70_000], [0, 1, 2, 3, 4, 5])
    func `rows are sorted by key, and stay in their order where keys are equal`(count: Int, kind: Int) {
        var chance = SeededGenerator(seed: UInt64(count))
        var rows = (0..<count).map { place in
            let random = chance.next() >> 8
            let mixed = [random, random & 0x3F, random & 0xFFFF << 40, 5, UInt64(place), UInt64(count - place)][kind]
            return ListRow(mixed: mixed, word: 1, line: UInt64(place))
        }
        let expected = rows.sorted { $0.mixed != $1.mixed ? $0.mixed < $1.mixed : $0.line < $1.line }
        rows.sortByKey(bits: 56)
        #expect(rows.map(\.line) == expected.map(\.line))
    }
}
