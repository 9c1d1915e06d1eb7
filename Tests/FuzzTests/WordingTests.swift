import Testing

@testable import Fuzz

@Suite struct WordingTests {
    @Test func `an error in one short line may stand`() {
        #expect(throws: Never.self) {
            try Wording.check("3:12: expected 10 or 16 digits, found 11", showsNumbers: false)
        }
    }

    @Test(arguments: ["two\nlines", "\u{1B}[31m", "\u{202E}", "1234567890", String(repeating: "a", count: 5_000)])
    func `one that repeats a number, leaves its line or has no end is found`(_ sentence: String) {
        #expect(throws: Finding.self) { try Wording.check(sentence, showsNumbers: false) }
    }
}
