/// A word or a single sign of the code.
struct Token: Equatable {
    /// The word or sign itself.
    let text: String
    /// The line it stands in, counted from 1.
    let line: Int
    /// Its first byte's place in the file.
    let start: Int

    /// The place behind its last byte.
    var end: Int { start + text.utf8.count }

    /// All tokens of code from which comments and strings are blanked.
    static func all(in code: [UInt8]) -> [Token] {
        var tokens: [Token] = []
        var line = 1
        var place = 0
        while place < code.count {
            let start = place
            while place < code.count, isWordCharacter(code[place]) { place += 1 }
            if place == start { place += 1 }
            let byte = code[start]
            if byte == UInt8(ascii: "\n") {
                line += 1
            } else if byte != UInt8(ascii: " ") {
                tokens.append(
                    Token(text: String(decoding: code[start..<place], as: UTF8.self), line: line, start: start))
            }
        }
        return tokens
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }
}
