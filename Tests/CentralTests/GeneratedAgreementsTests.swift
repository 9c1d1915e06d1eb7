import Exchange
import Lane
import Testing

@testable import Central

@Suite struct `Generated agreements` {
    private let agreements = GeneratedAgreements(seed: 1)
    private let samples = (0..<20_000).map { GeneratedAgreements(seed: 1)[$0] }

    @Test func `are the same for one seed, and others for another`() {
        #expect(samples[..<100].elementsEqual((0..<100).map { agreements[$0] }))
        let others = (0..<100).map { GeneratedAgreements(seed: 2)[$0] }
        #expect(zip(samples, others).allSatisfy { $0.number != $1.number })
    }

    @Test func `have each number once, also far apart`() {
        #expect(Set(samples.map(\.number)).count == samples.count)
        let far = stride(from: 0, to: 64_000_000, by: 6_400).map { agreements[$0].number }
        #expect(Set(far).count == far.count)
    }

    @Test func `have numbers of seven issuers, PANs with their check digit`() {
        #expect(GeneratedAgreements.issuers.count == 7)
        for sample in samples {
            #expect(GeneratedAgreements.issuers.count { $0.matches(sample.number) } == 1)
            #expect(sample.number.system == .printed || TagNumber.passesLuhn(sample.number.characters))
        }
        for issuer in GeneratedAgreements.issuers { #expect(samples.contains { issuer.matches($0.number) }) }
    }

    @Test func `are mostly approved, one in a hundred denied, three in ten with dates the right way round`() {
        let counts = Dictionary(grouping: samples, by: \.standing).mapValues(\.count)
        #expect((150...250).contains(counts[.denied] ?? 0))
        #expect((16_000...18_000).contains(counts[.approved] ?? 0))
        for standing in Standing.allCases { #expect((counts[standing] ?? 0) > 100) }
        let dated = samples.count { $0.from != nil || $0.until != nil }
        #expect((5_000...7_000).contains(dated))
        for sample in samples {
            if let from = sample.from, let until = sample.until { #expect(from < until) }
            if sample.standing == .denied { #expect(sample.from == nil && sample.until == nil) }
        }
    }

    @Test func `can be written as a file of agreements, and shown without their numbers`() throws {
        let some = samples[..<500]
        let text = some.map { $0.line(clear: true) }.joined(separator: "\n")
        let entries = try AgreementsFile.entries(text)
        #expect(entries.map(\.listEntry) == some.map(\.listEntry))
        #expect(entries.map(\.number) == some.map(\.number))
        for sample in some { #expect(!sample.line(clear: false).contains(sample.number.clear)) }
    }

    /// What each of some versions says, on the list before it; and that list in the end.
    private func operations(
        _ count: Int, versions: ClosedRange<UInt32>, entries: Int
    ) -> (said: [[GeneratedAgreements.Operation]], list: [TagNumber: AgreementListEntry]) {
        var list = Dictionary(uniqueKeysWithValues: samples[..<entries].map { ($0.number, $0.listEntry) })
        let said = versions.map { version in
            let said = (0..<count).map { place in
                agreements.operation(place, of: count, to: version, entries: entries) { list[$1] }
            }
            for operation in said { list[operation.number] = operation.sample?.listEntry }
            return said
        }
        return (said, list)
    }

    @Test func `change as a version says, always in the same way`() throws {
        let (said, _) = operations(1_000, versions: 7...7, entries: 20_000)
        #expect(said == operations(1_000, versions: 7...7, entries: 20_000).said)
        #expect(said != operations(1_000, versions: 8...8, entries: 20_000).said)
        let known = Set(samples.map(\.number))
        let removed = said[0].filter { $0.sample == nil }
        let new = said[0].count { !known.contains($0.number) }
        #expect(removed.allSatisfy { known.contains($0.number) })
        #expect((60...140).contains(removed.count) && (140...260).contains(new))
    }

    @Test(arguments: [(1_000, 3_000), (100, 101), (50, 60)])
    func `change something with each thing that they say, and each another agreement`(count: Int, entries: Int) {
        var list = Dictionary(uniqueKeysWithValues: samples[..<entries].map { ($0.number, $0.listEntry) })
        for said in operations(count, versions: 2...40, entries: entries).said {
            #expect(Set(said.map(\.number)).count == count)
            for operation in said {
                #expect(list[operation.number] != operation.sample?.listEntry)
                list[operation.number] = operation.sample?.listEntry
            }
        }
    }
}
