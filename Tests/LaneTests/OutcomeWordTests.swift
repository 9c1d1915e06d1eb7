import Testing

@testable import Lane

@Suite struct OutcomeWordTests {
    @Test func `every outcome is found again by its word`() {
        for outcome in Outcome.allCases { #expect(Outcome(word: outcome.word) == outcome) }
    }

    @Test func `no two outcomes share a word, and a word is fit for a record and a configuration key`() {
        #expect(Set(Outcome.allCases.map(\.word)).count == Outcome.allCases.count)
        for outcome in Outcome.allCases { #expect(outcome.word.utf8.allSatisfy { (0x41...0x7A).contains($0) }) }
    }

    @Test(arguments: ["", "Approved", "approved ", "no tag"]) func `another word names nothing`(_ word: String) {
        #expect(Outcome(word: word) == nil)
    }
}
