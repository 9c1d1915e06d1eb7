import Lane
import Testing

@testable import Exchange

/// What stands in a list, and lists that are used before all of them was verified.
struct AgreementListContentTests {
    private let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))
    private var trusted: [PublicKey] { [key.publicKey] }

    private func error(_ work: () throws(ListError) -> Void) -> ListError? {
        do throws(ListError) {
            try work()
            return nil
        } catch {
            return error
        }
    }

    private func rows(_ count: Int) -> [(TagNumber, AgreementListEntry)] {
        (0..<count).map { (ListSamples.number($0), .agreement(Agreement(.approved), $0 % 2 == 0 ? .light : .heavy)) }
    }

    @Test(arguments: [0, 1, 5, 1_000])
    func `a list gives all its entries, in the order of their mixed keys`(count: Int) throws {
        let rows = rows(count)
        let list = try AgreementList(bytes: ListSamples.built(rows, by: key).bytes, trusting: trusted)
        var given: [(TagNumber, AgreementListEntry)] = []
        list.entries { given.append(($0, $1)) }
        let expected = rows.sorted { KeyMix.mixed($0.0.key) < KeyMix.mixed($1.0.key) }
        #expect(given.map(\.0) == expected.map(\.0))
        #expect(given.map(\.1) == expected.map(\.1))
    }

    @Test func `numbers of every system are given as they were put in`() throws {
        let tags = [
            Samples.pan, Samples.printed, Samples.number(.agencySerial, "007"),
            try #require(TagNumber(ata: Array("KING 3306".utf8))),
        ]
        let bytes = try ListSamples.built(tags.map { ($0, .denial) }, by: key).bytes
        var given: Set<TagNumber> = []
        try AgreementList(bytes: bytes, trusting: trusted).entries { tag, _ in given.insert(tag) }
        #expect(given == Set(tags))
    }

    @Test func `a list opened by its header alone answers at once and is verified later`() throws {
        let folder = try TestFolder()
        let bytes = try ListSamples.built(by: key).bytes
        try folder.write(bytes, to: "list")
        let list = try AgreementList.open(path: folder / "list", trusting: trusted, checking: .header)
        #expect(list.answer(for: Samples.printed) == .denied(list.version))
        #expect(list.bytes == bytes.count)
        list.warm()
        #expect(list.lock())
        try list.verify()
    }

    @Test func `opening by the header alone refuses every flipped bit of the header, and no other`() throws {
        let bytes = try ListSamples.built(by: key).bytes
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            if bit < 320 * 8 {
                #expect(
                    error { () throws(ListError) in
                        _ = try AgreementList(bytes: damaged, trusting: trusted, checking: .header)
                    } != nil, "bit \(bit)")
            } else {
                let list = try AgreementList(bytes: damaged, trusting: trusted, checking: .header)
                #expect(error { () throws(ListError) in try list.verify() } == .digestMismatch, "bit \(bit)")
            }
        }
        for count in [0, 100, 320, bytes.count - 1] {
            #expect(
                error { () throws(ListError) in
                    _ = try AgreementList(bytes: Array(bytes.prefix(count)), trusting: trusted, checking: .header)
                } != nil)
        }
    }

    /// Any content whatever behind a good header: every lookup ends, and no word that is none approves.
    @Test(arguments: 0..<20) func `lookups in damaged content end, and what is malformed approves nobody`(seed: Int)
        throws
    {
        var chance = SeededGenerator(seed: UInt64(seed))
        let rows = rows(500)
        var bytes = try ListSamples.built(rows, by: key).bytes
        for place in 320..<bytes.count where seed > 0 {
            if seed % 2 == 1 || Int.random(in: 0..<16, using: &chance) == 0 {
                bytes[place] = UInt8.random(in: 0...255, using: &chance)
            }
        }
        if seed == 0 {
            // Every slot a key below all others with a malformed word: a search that trusted the order would go to the end.
            bytes.replaceSubrange(
                320..., with: (320..<bytes.count).map { $0 % 16 == 15 ? UInt8(0xFF) : 0 })
        }
        let list = try AgreementList(bytes: bytes, trusting: trusted, checking: .header)
        for (tag, _) in rows {
            let word = list.word(of: KeyMix.mixed(tag.key))
            #expect((list.entry(of: tag) == nil) == (AgreementListEntry(word: word) == nil))
        }
        if seed == 0 { #expect(rows.allSatisfy { list.entry(of: $0.0) == nil }) }
        list.entries { _, _ in }
        #expect(error { () throws(ListError) in try list.verify() } == .digestMismatch)
    }

    @Test func `a search looks at seventeen buckets and no farther, and no entry may stand farther away`() throws {
        var bytes = try ListSamples.built(rows(500), by: key).bytes
        let slots = (bytes.count - 320) / 16
        // Every slot has a key below every other and a word: only the bound ends a search.
        for slot in 0..<slots {
            bytes.replaceSubrange(
                320 + 16 * slot..<336 + 16 * slot,
                with: [UInt8](repeating: 0, count: 8) + [1, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF])
        }
        let mixed = KeyMix.mixed(ListSamples.number(1).key)
        let first = AgreementListLayout.firstSlot(of: mixed, buckets: AgreementListLayout.buckets(for: 500))
        let key = (0..<8).map { UInt8(truncatingIfNeeded: mixed >> (8 * $0)) }
        try #require(first + 68 < slots)
        for (distance, isFound) in [(67, true), (68, false)] {
            var moved = bytes
            let place = 320 + 16 * (first + distance)
            moved.replaceSubrange(place..<place + 8, with: key)
            let list = try AgreementList(bytes: moved, trusting: trusted, checking: .header)
            #expect((list.entry(of: ListSamples.number(1)) != nil) == isFound)
        }
    }

    @Test func `numbers that were chosen to crowd one place are refused, not spread over the file`() throws {
        // Mixed keys one behind the other, of those that are a number's.
        var tags: [TagNumber] = []
        var mixed: UInt64 = 1 << 63
        while tags.count < 69 {
            if let tag = TagNumber(key: KeyMix.unmixed(mixed)) { tags.append(tag) }
            mixed += 1
        }
        let others = rows(1_000)
        let crowd = tags.map { ($0, AgreementListEntry.denial) }
        let bytes = try ListSamples.built(others + crowd.prefix(60), by: key).bytes
        let list = try AgreementList(bytes: bytes, trusting: trusted)
        for (tag, _) in crowd.prefix(60) { #expect(list.entry(of: tag) == .denial) }
        #expect(throws: AgreementListBuilder.Problem.crowded) { try ListSamples.built(others + crowd, by: key) }
    }
}
