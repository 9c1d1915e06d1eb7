/// What stands between two braces: a type or an extension, or code.
struct Block: Equatable {
    /// What the words before the opening brace say it is.
    enum Kind: Equatable {
        /// `struct`, `enum`, `class`, `actor` or `protocol`, with its name.
        case type(String)
        /// `extension`, with the name of what it extends.
        case `extension`(String)
        /// The body of a function, an initialiser, an accessor or a closure; or a statement.
        case code
    }

    let kind: Kind
    /// The tokens between its braces, as places in the file's tokens.
    var inside: Range<Int>
    /// The line of the keyword that declares it.
    let firstLine: Int
    /// The line of its closing brace.
    var lastLine: Int
    /// How many blocks it lies in.
    let depth: Int
    /// Whether it lies in code: then the function around it answers for its length.
    let isInCode: Bool

    /// How many lines it takes, declaration and closing brace included.
    var length: Int { lastLine - firstLine + 1 }

    /// All blocks of a file in the order of their opening braces; nil when the braces do not match.
    static func all(in tokens: [Token]) -> [Block]? {
        var blocks: [Block] = []
        var open: [Int] = []
        var headStart = 0
        for (index, token) in tokens.enumerated() {
            switch token.text {
            case "{":
                let isInCode = open.contains { blocks[$0].kind == .code }
                let (kind, line) = declared(by: tokens[headStart..<index], elseAt: token.line)
                blocks.append(
                    Block(
                        kind: kind, inside: index + 1..<index + 1, firstLine: line, lastLine: line, depth: open.count,
                        isInCode: isInCode))
                open.append(blocks.count - 1)
                headStart = index + 1
            case "}":
                guard let last = open.popLast() else { return nil }
                blocks[last].lastLine = token.line
                blocks[last].inside = blocks[last].inside.lowerBound..<index
                headStart = index + 1
            default: break
            }
        }
        return open.isEmpty ? blocks : nil
    }

    private static let typeWords: Set = ["struct", "enum", "class", "actor", "protocol"]
    private static let codeWords: Set = ["func", "init", "deinit", "subscript", "var", "let"]

    /// The last declaring keyword outside parentheses decides: what stands before it are other, braceless members.
    private static func declared(by head: ArraySlice<Token>, elseAt line: Int) -> (Kind, line: Int) {
        var found: (kind: Kind, line: Int) = (.code, line)
        var parentheses = 0
        for (index, token) in zip(head.indices, head) {
            if token.text == "(" { parentheses += 1 }
            if token.text == ")" { parentheses -= 1 }
            guard parentheses == 0, index == head.startIndex || head[index - 1].text != "." else { continue }
            if codeWords.contains(token.text) {
                found = (.code, token.line)
            } else if token.text == "extension" {
                found = (.extension(name(after: index, in: head)), token.line)
            } else if typeWords.contains(token.text), head.index(after: index) < head.endIndex,
                head[index + 1].text != "func"
            {
                found = (.type(name(after: index, in: head)), token.line)
            }
        }
        return found
    }

    /// The name behind a keyword, dots included.
    private static func name(after index: Int, in head: ArraySlice<Token>) -> String {
        var name = ""
        var next = index + 1
        while next < head.endIndex, name.isEmpty || name.hasSuffix(".") || head[next].text == "." {
            name += head[next].text
            next += 1
        }
        return name
    }
}
