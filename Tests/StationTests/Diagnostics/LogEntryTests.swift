import Testing

@testable import Station

@Suite struct `A log entry` {
    @Test(arguments: [
        ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#),
        (#"say "no""#, #""say \"no\"""#), (#"C:\x"#, #""C:\\x""#), ("one\ntwo\r\u{0}", #""one?two??""#),
        ("\u{1B}[31mred", #""?[31mred""#), ("\u{9B}31m", #""?31m""#), ("a\u{2028}b", #""a?b""#), ("bæ", "bæ"),
    ])
    func `keeps each value on its line, and apart from the next`(value: String, text: String) {
        #expect(
            LogEntry(.warning, "reader.state", ["x": value, "y": "1"]).line == "warning reader.state x=\(text) y=1")
    }

    @Test(arguments: [
        ("malformed tag 1234567890 at 12", "malformed tag # at 12"), ("port 18443", "port 18443"), ("123456", "#"),
        ("KING1234567x", "KING#x"),
        ("/fa3fde400935b09e467048fde0bcbdf8/x", "/fa3fde400935b09e467048fde0bcbdf8/x"),
        ("٠١٢٣٤٥٦", "#"), ("", ""),
    ])
    func `holds no number that somebody else wrote`(text: String, kept: String) {
        #expect(text.withoutNumbers == kept)
    }

    @Test func `has an end, whatever somebody else wrote`() {
        #expect(String(repeating: "x", count: 10_000).withoutNumbers.count == 200)
    }
}
