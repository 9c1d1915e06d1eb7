import Lane
import Testing

@testable import Exchange

/// Files that somebody with the key made up: mutated by seed and rightly signed again, so that what stands behind the signature is
/// reached. Whatever is taken has to be what its header says. `make fuzz` does the same for longer and learns the way.
struct ListMutationTests {
    private let samples: ChangeSamples
    private let base: AgreementList
    private let issuers: [IssuerPrefix]
    private var trusted: [PublicKey] { [samples.key.publicKey] }

    init() throws {
        samples = try ChangeSamples()
        base = try samples.list(ChangeSamples.rows, ChangeSamples.header(7))
        issuers = try ["pan:9578", "printed:10"].map { try #require(IssuerPrefix(text: $0)) }
    }

    @Test(arguments: 0..<4) func `no mutated list is taken that is not one`(seed: UInt64) throws {
        var builder = AgreementListBuilder()
        for (tag, entry) in ListSamples.rows { try builder.add(tag, entry) }
        let bytes = try builder.build(ListSamples.header, issuers: issuers, signedBy: samples.key).bytes
        var mutation = Mutation(seed: seed)
        var taken = 0
        for _ in 0..<1_000 {
            let mutated = ChangeSamples.signed(mutation.mutated(bytes), by: samples.key)
            if let list = try? AgreementList(bytes: mutated, trusting: trusted, checking: .header) {
                for tag in [Samples.pan, Samples.printed, ListSamples.number(0)] { _ = list.answer(for: tag) }
                list.entries { _, _ in }
            }
            guard let list = try? AgreementList(bytes: mutated, trusting: trusted) else { continue }
            taken += 1
            var entries = 0
            list.entries { tag, entry in
                entries += 1
                #expect(list.entry(of: tag) == entry)
            }
            #expect(entries == list.count)
        }
        // Another status or another date: some mutations make a list like any. So the way to the entries was not barred.
        #expect(taken > 10)
    }

    @Test(arguments: 0..<4) func `no mutated change is taken that is not one, and none makes what is no list`(
        seed: UInt64
    ) throws {
        var operations = AgreementListOperations()
        for (tag, entry) in ChangeSamples.nextRows { try operations.add(tag, .set(entry)) }
        try operations.add(ListSamples.number(1), .remove)
        _ = try base.next(
            applying: operations, ChangeSamples.header(8), issuers: issuers, signedBy: samples.key,
            into: samples.folder / "list", change: samples.folder / "change")
        let bytes = try samples.read("change")
        var mutation = Mutation(seed: seed)
        var (taken, applied) = (0, 0)
        for _ in 0..<1_000 {
            let mutated = samples.signed(mutation.mutated(bytes))
            guard let change = try? AgreementListChange(bytes: mutated, trusting: trusted) else { continue }
            taken += 1
            // The digest of the successor is right in few of them; those that come so far were mutated where nothing is looked at.
            let error = listError { () throws(ListError) in try change.apply(to: base, into: samples.folder / "applied")
            }
            guard error == nil else { continue }
            applied += 1
            let list = try AgreementList.open(
                path: samples.folder / "applied", trusting: [samples.key.publicKey])
            #expect(list.header == change.successor)
        }
        #expect(taken > 10)
        #expect(applied <= taken)
    }

    @Test(arguments: 0..<4) func `no mutated part is taken that is not one`(seed: UInt64) throws {
        _ = try AgreementListParts.split(base, into: 2, folder: samples.folder / ".", signedBy: samples.key)
        let bytes = try samples.read("norway.1.7.2-of-2")
        let first = try AgreementListPart(
            bytes: samples.read("norway.1.7.1-of-2"), trusting: [samples.key.publicKey])
        let whole = try samples.bytes(ChangeSamples.rows, ChangeSamples.header(7))
        var mutation = Mutation(seed: seed)
        for _ in 0..<1_000 {
            let mutated = samples.signed(mutation.mutated(bytes))
            guard let part = try? AgreementListPart(bytes: mutated, trusting: trusted) else { continue }
            let error = listError { () throws(ListError) in
                try AgreementListParts.join([part, first], into: samples.folder / "joined")
            }
            if error == nil { #expect(try samples.read("joined") == whole) }
        }
    }
}

/// Changes to some bytes, one to four at a time, repeated by their seed.
private struct Mutation {
    private var chance: SeededGenerator

    init(seed: UInt64) { chance = SeededGenerator(seed: seed) }

    /// At least 640 bytes stay, where there were so many: both headers of a change.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let least = min(bytes.count, 640)
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            switch Int.random(in: 0..<8, using: &chance) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
            case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &chance) ?? 0
            case 2: bytes[place] = UInt8.random(in: 0...0xFF, using: &chance)
            case 3: bytes.insert(contentsOf: [UInt8](repeating: 0, count: 16), at: bytes.count)
            case 4: bytes.removeLast(min(16, bytes.count - least))
            case 5: copy(in: &bytes)
            // Where entries and operations stand: most of what is not refused at once.
            default: bytes[Int.random(in: least / 2..<bytes.count, using: &chance)] &+= 1
            }
        }
        return bytes
    }

    /// A stretch of 16 bytes to another place.
    private mutating func copy(in bytes: inout [UInt8]) {
        let (from, to) = (row(of: bytes), row(of: bytes))
        bytes.replaceSubrange(to..<to + 16, with: Array(bytes[from..<from + 16]))
    }

    private mutating func row(of bytes: [UInt8]) -> Int {
        16 * Int.random(in: 0..<bytes.count / 16, using: &chance)
    }
}
