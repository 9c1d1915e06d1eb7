import Lane
import Testing

@testable import Exchange

struct AgreementListTests {
    private let key = SigningKey(seed: [UInt8](repeating: 1, count: 32))
    private var trusted: [PublicKey] { [key.publicKey] }

    @Test func `a list answers what was put into it`() throws {
        let list = try AgreementList(bytes: ListSamples.built(by: key).bytes, trusting: trusted)
        #expect(list.name == "norway")
        #expect(list.version == ListVersion(epoch: 1, version: 7))
        #expect(list.issuedAt == UTC(milliseconds: ListSamples.noon))
        #expect(list.activeFrom == UTC(milliseconds: ListSamples.noon + 1))
        #expect(list.staleAfter == .days(3))
        #expect((list.count, list.header.approvals, list.header.denials) == (3, 2, 1))
        #expect(list.answer(for: Samples.printed) == .denied(list.version))
        #expect(
            list.answer(for: ListSamples.number(0)) == .entry(Agreement(.noticeOverdue), list.version))
        guard case .entry(let agreement, _) = list.answer(for: Samples.pan) else {
            Issue.record("the tag is on the list")
            return
        }
        #expect(agreement.status == .approved)
        #expect(agreement.validFrom == UTC(milliseconds: ListSamples.noon))
        #expect(agreement.validUntil == UTC(milliseconds: ListSamples.noon + ListSamples.quarter))
        #expect(list.answer(for: ListSamples.number(1)) == .absent(list.version))
    }

    @Test func `an empty list is legal and approves nobody`() throws {
        let list = try AgreementList(bytes: ListSamples.built([], by: key).bytes, trusting: trusted)
        #expect(list.count == 0)
        #expect(list.answer(for: Samples.pan) == .absent(list.version))
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 100])
    func `I5: each tag is found and the tags next to it are absent`(count: Int) throws {
        let rows = (0..<count).map {
            (ListSamples.number(3 * $0 + 1), AgreementListEntry.agreement(Agreement(.approved)))
        }
        let list = try AgreementList(bytes: ListSamples.built(rows.reversed(), by: key).bytes, trusting: trusted)
        for place in 0..<3 * count {
            let isThere = place % 3 == 1
            let expected = isThere ? ListAnswer.entry(Agreement(.approved), list.version) : .absent(list.version)
            #expect(list.answer(for: ListSamples.number(place)) == expected)
        }
    }

    @Test(arguments: [UInt64(1), 2, 3, 4, 5])
    func `a list answers as a dictionary would`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var expected: [TagNumber: AgreementListEntry] = [:]
        var rows: [(TagNumber, AgreementListEntry)] = []
        let systems: [(TagNumber.System, Int)] = [(.pan, 19), (.printed, 10), (.agencySerial, 3)]
        for _ in 0..<2_000 {
            let (system, most) = systems[Int.random(in: 0..<3, using: &chance)]
            let digits = (0..<most).map { _ in UInt8.random(in: 0x30...0x39, using: &chance) }
            let tag = try #require(TagNumber(system, digits: digits))
            let from = Int64.random(in: 0..<1_000_000, using: &chance) * ListSamples.quarter + 946_684_800_000
            let entry: AgreementListEntry =
                Int.random(in: 0..<8, using: &chance) == 0
                ? .denial
                : .agreement(
                    Agreement(
                        Agreement.Status.allCases[Int.random(in: 0..<4, using: &chance)],
                        validFrom: Bool.random(using: &chance) ? UTC(milliseconds: from + ListSamples.quarter) : nil,
                        validUntil: Bool.random(using: &chance) ? UTC(milliseconds: from) : nil))
            rows.append((tag, entry))
            if expected[tag].map({ entry.isGraver(than: $0) }) ?? true { expected[tag] = entry }
        }
        let built = try ListSamples.built(rows, by: key)
        let list = try AgreementList(bytes: built.bytes, trusting: trusted)
        #expect(list.count == expected.count)
        #expect(list.count + built.duplicates.count == rows.count)
        for (tag, entry) in expected { #expect(list.entry(of: tag) == entry) }
        var answers: [ListAnswer] = []
        list.answers(for: Array(expected.keys), into: &answers)
        #expect(answers == expected.keys.map(list.answer))
        for _ in 0..<2_000 {
            let digits = (0..<3).map { _ in UInt8.random(in: 0x30...0x39, using: &chance) }
            let tag = try #require(TagNumber(.agencySerial, digits: digits))
            #expect(list.entry(of: tag) == expected[tag])
        }
        #expect(try ListSamples.built(rows.reversed(), by: key).bytes == built.bytes)
    }

    @Test func `I5: the mix of keys can be undone, so that no two tags share a mixed key`() {
        var chance = SeededGenerator(seed: 9)
        for _ in 0..<100_000 {
            let key = chance.next()
            #expect(KeyMix.unmixed(KeyMix.mixed(key)) == key)
        }
        for bit in 0..<64 { #expect(KeyMix.unmixed(KeyMix.mixed(1 << bit)) == 1 << bit) }
    }

    /// Numbers of one issuer lie close together; the cache lines that a lookup touches are few all the same.
    @Test func `of fifty thousand neighbouring numbers four in five stand in the first line of their bucket`() throws {
        let rows = (0..<50_000).map { (ListSamples.number($0), AgreementListEntry.agreement(Agreement(.approved))) }
        let built = try ListSamples.built(rows, by: key)
        let bytesOfEntry = (built.bytes.count - 320) / rows.count
        #expect((22...23).contains(bytesOfEntry))
        let buckets = AgreementListLayout.buckets(for: rows.count)
        var elsewhere = 0
        for slot in 0..<(built.bytes.count - 320) / 16 {
            let place = 320 + 16 * slot
            guard built.bytes[place + 8..<place + 16].contains(where: { $0 != 0 }) else { continue }
            let mixed = built.bytes[place..<place + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            if AgreementListLayout.firstSlot(of: mixed, buckets: buckets) / 4 != slot / 4 { elsewhere += 1 }
        }
        #expect(elsewhere * 5 < rows.count, "\(elsewhere)")
    }

    @Test func `a list in a file is the list in memory`() throws {
        let folder = try TestFolder()
        let bytes = try ListSamples.built(by: key).bytes
        try folder.write(bytes, to: "list")
        let list = try AgreementList.open(path: folder / "list", trusting: trusted)
        #expect(try list == AgreementList(bytes: bytes, trusting: trusted))
        #expect(list.answer(for: Samples.printed) == .denied(list.version))
    }

    @Test func `a list that is mapped stays whole when its file is replaced`() throws {
        let folder = try TestFolder()
        try folder.write(ListSamples.built(by: key).bytes, to: "list")
        let list = try AgreementList.open(path: folder / "list", trusting: trusted)
        try folder.remove("list")
        #expect(list.answer(for: Samples.printed) == .denied(list.version))
    }

    @Test func `a list is stale when it is older than its own bound`() throws {
        let list = try AgreementList(bytes: ListSamples.built(by: key).bytes, trusting: trusted)
        let end = ListSamples.noon + 1 + Interval.days(3).milliseconds
        #expect(!list.isStale(at: UTC(milliseconds: end)))
        #expect(list.isStale(at: UTC(milliseconds: end + 1)))
        #expect(!list.isStale(at: UTC(milliseconds: .min)))
        #expect(list.isStale(at: UTC(milliseconds: .max)))
    }

    @Test func `a list of the future ages from the moment when it may be used`() {
        var header = ListSamples.header
        header.activeFrom = UTC(milliseconds: ListSamples.noon + Interval.days(4).milliseconds)
        let end = ListSamples.noon + Interval.days(7).milliseconds
        #expect(!header.isStale(at: header.activeFrom) && !header.isStale(at: UTC(milliseconds: end)))
        #expect(header.isStale(at: UTC(milliseconds: end + 1)))
        // One that was to be used before it was issued ages from its issue.
        header.activeFrom = UTC(milliseconds: .min)
        #expect(!header.isStale(at: UTC(milliseconds: ListSamples.noon + Interval.days(3).milliseconds)))
        #expect(header.isStale(at: UTC(milliseconds: ListSamples.noon + Interval.days(3).milliseconds + 1)))
    }
}
