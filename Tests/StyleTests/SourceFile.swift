/// One Swift file of the tree, or a sample that a rule is tried on.
struct SourceFile: Sendable {
    /// Its path from the root of the repository.
    let path: String
    /// Its text as it stands.
    let text: String
    /// Its words and signs, without comments and the text of strings.
    let tokens: [Token]
    /// Where each word and sign stands among them.
    private let places: [String: [Int]]
    /// How many lines it has.
    let lineCount: Int
    /// Its blocks; nil when the braces do not match.
    let blocks: [Block]?
    /// The modules that it imports.
    let imports: [Import]

    /// A module that a file imports.
    struct Import: Equatable {
        let module: String
        let line: Int
    }

    init(path: String, text: String) {
        let bytes = Array(text.utf8)
        self.path = path
        self.text = text
        tokens = Token.all(in: CodeScanner.code(of: bytes))
        places = Dictionary(grouping: tokens.indices) { [tokens] in tokens[$0].text }
        lineCount = bytes.count { $0 == UInt8(ascii: "\n") } + (text.hasSuffix("\n") || text.isEmpty ? 0 : 1)
        blocks = Block.all(in: tokens)
        imports = Self.imports(in: tokens)
    }

    /// The file's name without folders.
    var name: String { String(path.split(separator: "/").last ?? "") }

    /// The folders above the file.
    var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }

    /// The target whose sources these are, e.g. `Lane`, `LaneTests`; nil for Package.swift.
    var target: String? { folders.count > 1 ? folders[1] : nil }

    /// Whether these are tests.
    var isTest: Bool { folders.first == "Tests" }

    /// The names of all types declared here, with their lines.
    var types: [(name: String, line: Int)] {
        let declared = (blocks ?? []).compactMap { block in
            if case .type(let name) = block.kind { (name, block.firstLine) } else { nil }
        }
        let aliases = zip(tokens, tokens.dropFirst()).compactMap { word, name in
            word.text == "typealias" ? (name.text, name.line) : nil
        }
        return declared + aliases
    }

    /// The cases of an enum that is declared here.
    func cases(of name: String) -> [Token] {
        guard let blocks, let declared = blocks.first(where: { $0.kind == .type(name) }) else { return [] }
        let nested = blocks.map(\.inside).filter { $0 != declared.inside && declared.inside.contains($0.lowerBound) }
        return declared.inside.filter { index in
            tokens[index - 1].text == "case" && !nested.contains { $0.contains(index) }
        }.map { tokens[$0] }
    }

    /// The lines in which a piece of code stands, written just so: `try!` is found in `try! x`, not in `retry !x`.
    func lines(of code: String) -> [Int] {
        let pattern = Token.all(in: Array(code.utf8))
        guard let first = pattern.first, let starts = places[first.text] else { return [] }
        return starts.compactMap { start in
            guard tokens.count - start >= pattern.count else { return nil }
            let matches = pattern.indices.allSatisfy { offset in
                let token = tokens[start + offset]
                return token.text == pattern[offset].text && token.start - tokens[start].start == pattern[offset].start
            }
            return matches ? tokens[start].line : nil
        }
    }

    private static let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]

    private static func imports(in tokens: [Token]) -> [Import] {
        tokens.indices.compactMap { index in
            guard tokens[index].text == "import" else { return nil }
            let rest = tokens[(index + 1)...].drop { kinds.contains($0.text) }
            return rest.first.map { Import(module: $0.text, line: tokens[index].line) }
        }
    }
}
