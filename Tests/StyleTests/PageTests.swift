import Testing

@Suite struct PageTests {
    @Test func `the rows under a heading, and no others`() {
        let page = Page("| `z` |\n## A\ntext `y`\n\n| b |\n|---|\n| `c` `d` | `e` |\n| 1 `f` |\n\n### G\n| `h` |\n")
        #expect(page.rows(under: "A") == ["c", "f"])
        #expect(page.rows(under: "G") == ["h"])
        #expect(page.rows(under: "X") == [])
    }

    @Test func `the cases of an enum, without those of its switches`() {
        let text =
            "enum A: B { case c\ncase `default` = 1\nvar d: Int { switch self { case .c: 1 } }\nenum E { case f } }"
        let file = SourceFile(path: "Sources/Lane/A.swift", text: text)
        #expect(file.cases(of: "A").map(\.text) == ["c", "_________"])
        #expect(file.cases(of: "X") == [])
    }
}
