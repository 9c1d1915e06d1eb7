import Testing

@testable import Sync

@Suite struct `What somebody else wrote` {
    @Test(arguments: [
        ("malformed tag 1234567890 at 12", "malformed tag # at 12"), ("port 18443", "port 18443"), ("123456", "#"),
        ("KING1234567x", "KING#x"),
        ("/fa3fde400935b09e467048fde0bcbdf8/x", "/fa3fde400935b09e467048fde0bcbdf8/x"),
        ("٠١٢٣٤٥٦", "#"), ("", ""), ("1\u{301}2\u{301}3\u{301}4\u{301}5\u{301}6\u{301}", "#"),
    ])
    func `holds no number`(text: String, kept: String) {
        #expect(text.withoutNumbers == kept)
    }

    @Test(arguments: [
        ("no\nALARM fake", "no?ALARM fake"), ("\r\n\t\u{0}", "????"), ("\u{1B}[2Jx", "?[2Jx"), ("\u{9B}31m", "?31m"),
        ("a\u{2028}b\u{2029}c", "a?b?c"), ("a\u{202E}b\u{200B}c\u{2066}", "a?b?c?"), ("ærlig talt", "ærlig talt"),
    ])
    func `neither leaves its line nor steers a terminal`(text: String, kept: String) {
        #expect(text.withoutNumbers == kept)
    }

    @Test func `has an end`() {
        #expect(String(repeating: "x", count: 10_000).withoutNumbers.count == 200)
        // One character of many marks.
        #expect(("e" + String(repeating: "\u{301}", count: 10_000)).withoutNumbers.unicodeScalars.count <= 200)
    }
}
