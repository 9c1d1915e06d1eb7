/// Blanks what is not code: comments, the text of strings, extended regular expressions. Names in backticks become `___`.
///
/// The result has the same length and the same lines. Code inside `\( … )` stays. A bare `/regex/` is not told from a
/// division: one that holds a quote or a brace has to be written `#/ … /#`.
struct CodeScanner {
    private enum Mode {
        /// Code; inside an interpolation it ends with the parenthesis that makes `depth` zero.
        case code(depth: Int, isInterpolation: Bool)
        case string(hashes: Int, isMultiline: Bool)
    }

    private let text: [UInt8]
    private var blanked: [UInt8]
    private var place = 0
    private var modes: [Mode] = [.code(depth: 0, isInterpolation: false)]

    /// The code of a text, everything else being spaces.
    static func code(of text: [UInt8]) -> [UInt8] {
        var scanner = CodeScanner(text)
        return scanner.scan()
    }

    private init(_ text: [UInt8]) {
        self.text = text
        blanked = text
    }

    private mutating func scan() -> [UInt8] {
        while place < text.count {
            switch modes.last {
            case .code(let depth, let isInterpolation): scanCode(depth, isInterpolation)
            case .string(let hashes, let isMultiline): scanString(hashes, isMultiline)
            case nil: place = text.count
            }
        }
        return blanked
    }

    private mutating func scanCode(_ depth: Int, _ isInterpolation: Bool) {
        let hashes = run(of: "#", from: place)
        if sees("//") {
            blank(while: { !$0.sees("\n") })
        } else if sees("/*") {
            blankBlockComment()
        } else if sees("\"", at: place + hashes) {
            let isMultiline = sees("\"\"\"", at: place + hashes)
            place += hashes + (isMultiline ? 3 : 1)
            modes.append(.string(hashes: hashes, isMultiline: isMultiline))
        } else if hashes > 0, sees("/", at: place + hashes) {
            blankRegularExpression(hashes)
        } else if sees("`") {
            blankHere(1, with: "_")
            blank(while: { !$0.sees("`") && !$0.sees("\n") }, with: "_")
            if sees("`") { blankHere(1, with: "_") }
        } else {
            scanCharacter(depth, isInterpolation)
        }
    }

    private mutating func scanCharacter(_ depth: Int, _ isInterpolation: Bool) {
        let change = sees("(") ? 1 : sees(")") ? -1 : 0
        place += 1
        guard isInterpolation, change != 0 else { return }
        modes.removeLast()
        if depth + change > 0 { modes.append(.code(depth: depth + change, isInterpolation: true)) }
    }

    private mutating func scanString(_ hashes: Int, _ isMultiline: Bool) {
        let marks = String(repeating: "#", count: hashes)
        let end = (isMultiline ? "\"\"\"" : "\"") + marks
        if sees(end) {
            place += end.utf8.count
            modes.removeLast()
        } else if sees("\\\(marks)(") {
            blankHere(hashes + 1)
            place += 1
            modes.append(.code(depth: 1, isInterpolation: true))
        } else if sees("\\\(marks)") {
            blankHere(hashes + 2)
        } else if !isMultiline, sees("\n") {
            modes.removeLast()
        } else {
            blankHere(1)
        }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if sees("/*") {
                depth += 1
                blankHere(2)
            } else if sees("*/") {
                depth -= 1
                blankHere(2)
            } else {
                blankHere(1)
            }
        } while depth > 0 && place < text.count
    }

    private mutating func blankRegularExpression(_ hashes: Int) {
        let end = "/" + String(repeating: "#", count: hashes)
        blankHere(hashes + 1)
        blank(while: { !$0.sees(end) })
        blankHere(end.utf8.count)
    }

    private mutating func blank(while condition: (CodeScanner) -> Bool, with mark: Unicode.Scalar = " ") {
        while place < text.count, condition(self) { blankHere(1, with: mark) }
    }

    private mutating func blankHere(_ count: Int, with mark: Unicode.Scalar = " ") {
        for index in place..<min(place + count, text.count) where text[index] != UInt8(ascii: "\n") {
            blanked[index] = UInt8(ascii: mark)
        }
        place += count
    }

    private func run(of character: Character, from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] == character.asciiValue { end += 1 }
        return end - start
    }

    private func sees(_ word: String, at start: Int? = nil) -> Bool {
        let start = start ?? place
        guard start < text.count, text[start] == word.utf8.first else { return false }
        return text.dropFirst(start).starts(with: word.utf8)
    }
}
