import Testing

@Suite struct CodeScannerTests {
    /// Text, and what of it is code; `.` stands for what has to be blanked.
    static let samples: [(String, String)] = [
        ("a // b\nc", "a ....\nc"),
        ("a /* b /* c */ d */ e", "a ................. e"),
        ("/* a\n b */ c", "....\n..... c"),
        ("\"a{\" b", "\"..\" b"),
        ("\"\\\"{\" b", "\"...\" b"),
        ("\"a\\(b(\"c\"))d\" e", "\"..(b(\".\")).\" e"),
        ("#\"a\\(b\"#c", "#\"....\"#c"),
        ("#\"a\\#(b)c\"# d", "#\"...(b).\"# d"),
        ("\"\"\"\n\"a\" {\n\"\"\" b", "\"\"\"\n.....\n\"\"\" b"),
        ("func `a \"b\" {`() {", "func _________() {"),
        ("#/a{\"/# b", "....... b"),
        ("a / b / c", "a / b / c"),
        ("\"a\nb\" {", "\".\nb\".."),
        ("#if a\n#endif", "#if a\n#endif"),
        ("/* a", "...."),
        ("\"a\\(", "\"..("),
        ("a\\", "a\\"),
    ]

    @Test(arguments: samples)
    func `only code is left`(_ text: String, _ code: String) {
        let expected = code.map { $0 == "." ? " " : String($0) }.joined()
        #expect(String(decoding: CodeScanner.code(of: Array(text.utf8)), as: UTF8.self) == expected)
    }

    @Test func `every cut of a text ends, with the same length`() {
        let text = Array(Self.samples.map(\.0).joined(separator: "\n").utf8)
        for end in text.indices {
            #expect(CodeScanner.code(of: Array(text[..<end])).count == end)
        }
    }
}
