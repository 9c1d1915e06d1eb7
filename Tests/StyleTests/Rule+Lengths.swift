extension Rule {
    static let mostFileLines = 400
    static let mostFunctionLines = 60

    static let lengths = [fileLength, functionLength, matchingBraces]

    private static let fileLength = Rule(
        name: "a file has at most \(mostFileLines) lines",
        broken: [SourceFile(path: "Sources/Lane/Long.swift", text: String(repeating: "\n", count: mostFileLines + 1))],
        kept: [SourceFile(path: "Sources/Lane/Long.swift", text: String(repeating: "\n", count: mostFileLines))]
    ) { file in
        guard file.lineCount > mostFileLines else { return [] }
        return [Finding(path: file.path, line: file.lineCount, text: "\(file.lineCount) lines in a file")]
    }

    private static let functionLength = Rule(
        name: "a function has at most \(mostFunctionLines) lines",
        broken: [
            function("func long()", lines: mostFunctionLines + 1),
            function("struct A {\n let b = 1\n init(_ c: Int)", lines: mostFunctionLines + 1, end: "}"),
            function("static let made: [Int] =", lines: mostFunctionLines + 1),
            function(
                "class func made() -> String { \"\"\"\n } \\(1) }\n\"\"\"; }; func long()", lines: mostFunctionLines + 1
            ),
        ],
        kept: [
            function("func long()", lines: mostFunctionLines),
            function("enum A", lines: mostFunctionLines + 1),
            function(
                "struct A { var one: Int { 1 }; extension B: C where D == E", lines: mostFunctionLines + 1, end: "}"),
        ]
    ) { file in
        (file.blocks ?? []).filter { $0.kind == .code && !$0.isInCode && $0.length > mostFunctionLines }.map {
            Finding(path: file.path, line: $0.firstLine, text: "\($0.length) lines in a function")
        }
    }

    private static let matchingBraces = Rule(
        name: "braces match, else the scanner has lost its place",
        broken: [
            SourceFile(path: "Sources/Lane/Open.swift", text: "struct Open { func a() { }"),
            SourceFile(path: "Sources/Lane/Open.swift", text: "struct Open { } }"),
        ],
        kept: [SourceFile(path: "Sources/Lane/Open.swift", text: "struct Open { let a = \"}\" /* } */ } // }")]
    ) { file in
        file.blocks == nil ? [Finding(path: file.path, line: file.lineCount, text: "braces do not match")] : []
    }

    /// A declaration whose last line and body take so many lines.
    private static func function(_ head: String, lines: Int, end: String = "") -> SourceFile {
        let body = String(repeating: "\n", count: lines - 1)
        return SourceFile(path: "Sources/Lane/Sample.swift", text: "\(head) {\(body)}\(end)")
    }
}
