/// A file in sections of `key = value` lines, as systemd and Klipper have them, and where everything stands in it.
///
///     # a comment
///     [station]                      a section
///     id = 42                        a key and its value
///     [lane 1]                       a section with a name
///     gapHold = 200 ms  # why        a comment behind a value begins with " #"
///
/// What the sections and keys mean is told by `SectionTable`s; nothing here knows.
package struct ConfigurationText: Sendable {
    /// A `key = value` line.
    package struct Entry: Hashable, Sendable {
        package let key: String
        package let keyAt: TextPosition
        /// Without blanks around it; it may be empty.
        package let value: String
        package let valueAt: TextPosition
    }

    /// A `[kind name]` line and the entries below it.
    package struct Section: Hashable, Sendable {
        package let kind: String
        /// Empty when there is none.
        package let name: String
        package let at: TextPosition
        package internal(set) var entries: [Entry] = []
    }

    package let file: String
    package internal(set) var sections: [Section] = []
    /// A line begins like a section and is none: nobody knows to what the entries below it belong, and they are left out.
    package internal(set) var hasBrokenSection = false
    private var isBelowBrokenSection = false
    /// Lines that are neither section, entry, comment nor empty.
    package internal(set) var errors: ConfigurationErrors

    /// Reads a file's bytes.
    ///
    /// - Parameter isOneOfSeveral: its positions name the file, so that it can be laid over another.
    /// - Throws: exactly one error when the bytes are no text, or too many.
    package init(_ bytes: [UInt8], file: String, isOneOfSeveral: Bool = false) throws(ConfigurationErrors) {
        self.file = file
        errors = ConfigurationErrors(file: file)
        for (index, scalars) in try ConfigurationLines(bytes, file: file).lines.enumerated() {
            take(Line(scalars, number: index + 1, file: isOneOfSeveral ? file : nil))
        }
    }

    private mutating func take(_ line: Line) {
        switch line.scalars.first {
        case nil: return
        case "[": takeSection(line)
        default: takeEntry(line)
        }
    }

    private mutating func takeSection(_ line: Line) {
        isBelowBrokenSection = true
        let inner = line.cut(1, line.scalars.count - 1)
        guard line.scalars.last == "]", !inner.scalars.contains(where: { $0 == "[" || $0 == "]" }) else {
            hasBrokenSection = true
            return errors.add(at: line.position, "\(line.text.quoted) is no section; expected [kind] or [kind name]")
        }
        let words = inner.words
        guard (1...2).contains(words.count) else {
            let cause = words.isEmpty ? "an empty section" : "a section of \(words.count) words"
            hasBrokenSection = true
            return errors.add(at: line.position, "\(cause); expected [kind] or [kind name]")
        }
        sections.append(
            Section(kind: words[0].text, name: words.count == 2 ? words[1].text : "", at: line.position))
        isBelowBrokenSection = false
    }

    private mutating func takeEntry(_ line: Line) {
        guard let sign = line.scalars.firstIndex(of: "=") else {
            return errors.add(
                at: line.position, "\(line.text.quoted) is no line of a configuration; expected key = value")
        }
        let key = line.cut(0, sign)
        let value = line.cut(sign + 1, line.scalars.count)
        guard !key.scalars.isEmpty, key.scalars.allSatisfy(Self.isWordCharacter) else {
            let cause = key.scalars.isEmpty ? "no key before \"=\"" : "\(key.text.quoted) is no key"
            return errors.add(at: line.position, "\(cause); expected key = value")
        }
        guard !isBelowBrokenSection else { return }
        guard !sections.isEmpty else {
            return errors.add(at: line.position, "\(key.text.quoted) stands before the first [section]")
        }
        sections[sections.count - 1].entries.append(
            Entry(key: key.text, keyAt: key.position, value: value.text, valueAt: value.position))
    }

    /// Letters, digits and `-_.`: what keys and names are made of.
    package static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }

}

/// A piece of a line, without blanks around it, that knows where it stands.
private struct Line {
    let scalars: ArraySlice<Unicode.Scalar>
    private let number: Int
    private let column: Int
    private let file: String?

    /// A whole line, without its comment.
    init(_ line: [Unicode.Scalar], number: Int, file: String?) {
        let comment = line.indices.first { line[$0] == "#" && ($0 == 0 || Self.isBlank(line[$0 - 1])) }
        self.init(line[..<(comment ?? line.endIndex)], number: number, column: 1, file: file)
    }

    private init(_ piece: ArraySlice<Unicode.Scalar>, number: Int, column: Int, file: String?) {
        let start = piece.firstIndex { !Self.isBlank($0) } ?? piece.endIndex
        let end = piece.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? start
        scalars = ArraySlice(Array(piece[start..<end]))
        self.number = number
        self.file = file
        self.column = column + start - piece.startIndex
    }

    var text: String { String(String.UnicodeScalarView(scalars)) }
    var position: TextPosition { TextPosition(line: number, column: column, file: file) }

    func cut(_ start: Int, _ end: Int) -> Line {
        Line(scalars[start..<max(start, end)], number: number, column: column + start, file: file)
    }

    var words: [Line] {
        scalars.split(whereSeparator: Self.isBlank).map {
            Line($0, number: number, column: column + $0.startIndex, file: file)
        }
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
