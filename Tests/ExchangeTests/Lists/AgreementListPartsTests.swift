import Lane
import Testing

@testable import Exchange

struct AgreementListPartsTests {
    private let samples: ChangeSamples
    private let bytes: [UInt8]
    private let list: AgreementList
    private var trusted: [PublicKey] { [samples.key.publicKey] }

    init() throws {
        samples = try ChangeSamples()
        bytes = try samples.bytes(ChangeSamples.rows, ChangeSamples.header(7))
        list = try AgreementList(bytes: bytes, trusting: [samples.key.publicKey])
    }

    private func split(_ list: AgreementList, into count: Int) throws(ListError) -> [String] {
        try AgreementListParts.split(list, into: count, folder: samples.folder / ".", signedBy: samples.key)
    }

    private func joinError(_ paths: [String], trusting keys: [PublicKey]? = nil) -> ListError? {
        listError { () throws(ListError) in
            try AgreementListParts.join(paths, trusting: keys ?? trusted, into: samples.folder / "list")
        }
    }

    @Test(arguments: [1, 2, 3, 7, 128, 300]) func `all parts, in any order, are the list again`(count: Int) throws {
        var chance = SeededGenerator(seed: UInt64(count))
        let paths = try split(list, into: count)
        #expect(paths.count == count)
        #expect(joinError(paths.shuffled(using: &chance)) == nil)
        #expect(try samples.read("list") == bytes)
        #expect(!samples.exists("list.part"))
    }

    @Test func `a list of thousands, and an empty one, are divided alike`() throws {
        let rows = (0..<5_000).map { (ListSamples.number($0), AgreementListEntry.denial) }
        for rows in [rows, []] {
            let bytes = try ListSamples.built(rows, by: samples.key).bytes
            let list = try AgreementList(bytes: bytes, trusting: trusted)
            #expect(joinError(try split(list, into: 9)) == nil)
            #expect(try samples.read("list") == bytes)
        }
    }

    @Test func `no part is larger than asked for`() throws {
        let rows = (0..<1_000).map { (ListSamples.number($0), AgreementListEntry.denial) }
        let list = try AgreementList(bytes: ListSamples.built(rows, by: samples.key).bytes, trusting: trusted)
        for most in [1_000, 4_096, 100_000] {
            let count = try #require(AgreementListParts.count(of: list.header, ofBytes: most))
            for path in try split(list, into: count) {
                let part = try AgreementListPart.open(path: path, trusting: trusted)
                #expect(part.header.fileBytes <= most)
                #expect(part.part.of == count)
            }
        }
        #expect(AgreementListParts.count(of: list.header, ofBytes: 660) == nil, "more than a thousand")
    }

    @Test func `a part that is missing or there twice is refused, and nothing is written`() throws {
        let paths = try split(list, into: 3)
        for missing in 0..<3 {
            #expect(joinError(paths.filter { $0 != paths[missing] }) == .missingPart(number: missing + 1, of: 3))
            #expect(joinError(paths + [paths[missing]]) == .partTwice(number: missing + 1))
        }
        #expect(joinError([]) == .partCount(0))
        #expect(throws: ListError.partCount(0)) { try split(list, into: 0) }
        #expect(throws: ListError.partCount(1_001)) { try split(list, into: 1_001) }
        #expect(!samples.exists("list"))
        #expect(!samples.exists("list.part"))
    }

    @Test func `parts of two lists or of two divisions are not mixed`() throws {
        let paths = try split(list, into: 2)
        let others = [
            try samples.list(ChangeSamples.nextRows, ChangeSamples.header(7)),
            try samples.list(ChangeSamples.rows, ChangeSamples.header(8)),
            try samples.list(ChangeSamples.rows, ChangeSamples.header(7, name: "sweden")),
        ]
        let first = try samples.read("norway.1.7.1-of-2")
        for other in others {
            let theirs = try split(other, into: 2)
            try samples.folder.write(first, to: "first")
            #expect(joinError([samples.folder / "first", theirs[1]]) == .mixedParts)
        }
        _ = try split(list, into: 2)
        #expect(joinError([paths[0], try split(list, into: 3)[1]]) == .mixedParts)
        #expect(!samples.exists("list"))
    }

    @Test func `I10: every flipped bit of a small part is refused`() throws {
        let part = try samples.part(of: list)
        #expect(samples.partError(part) == nil)
        for bit in 0..<part.count * 8 {
            var damaged = part
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(samples.partError(damaged) != nil, "bit \(bit)")
        }
    }

    @Test func `every truncation of a part is refused, and every addition`() throws {
        let part = try samples.part(of: list)
        for count in 0..<part.count {
            let expected = count < 320 ? 320 : part.count
            #expect(samples.partError(Array(part.prefix(count))) == .truncated(bytes: count, expected: expected))
        }
        #expect(samples.partError(part + [0]) == .count)
    }

    @Test func `a part too long or too short for its list is refused, though rightly signed`() throws {
        for change in [-16, 16] {
            var part = try samples.part(of: list)
            part[112] = UInt8(Int(part[112]) + change)
            part = change > 0 ? part + [UInt8](repeating: 0, count: change) : Array(part.dropLast(-change))
            #expect(samples.partError(ChangeSamples.signed(part, by: samples.key)) == .count)
        }
    }

    @Test func `parts that claim another number are not taken, though rightly signed`() throws {
        let part = try samples.part(of: list)
        for (number, of): (UInt8, UInt8) in [(0, 2), (3, 2), (1, 0), (2, 1)] {
            var other = part
            (other[232], other[236]) = (number, of)
            #expect(samples.partError(ChangeSamples.signed(other, by: samples.key)) == .malformedHeader)
        }
        var other = part
        other[239] = 0x10
        #expect(samples.partError(ChangeSamples.signed(other, by: samples.key)) == .malformedHeader)
    }

    @Test func `another key's parts are refused, and a list divided with another key than its own`() throws {
        let other = SigningKey(seed: [UInt8](repeating: 5, count: 32))
        let paths = try split(list, into: 2)
        #expect(joinError(paths, trusting: [other.publicKey]) == .unknownKey(samples.key.publicKey.id))
        #expect(throws: ListError.unknownKey(samples.key.publicKey.id)) {
            try AgreementListParts.split(list, into: 2, folder: samples.folder / ".", signedBy: other)
        }
        #expect(samples.partError(bytes) == .otherKind)
    }
}

extension ChangeSamples {
    /// The first of two parts.
    fileprivate func part(of list: AgreementList) throws -> [UInt8] {
        _ = try AgreementListParts.split(list, into: 2, folder: folder / ".", signedBy: key)
        return try read("norway.1.7.1-of-2")
    }

    fileprivate func partError(_ bytes: [UInt8]) -> ListError? {
        listError { () throws(ListError) in _ = try AgreementListPart(bytes: bytes, trusting: [key.publicKey]) }
    }
}
