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
}
