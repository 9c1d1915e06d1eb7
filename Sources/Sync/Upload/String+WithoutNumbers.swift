extension String {
    /// What somebody else wrote, for our log and for `status`: runs of digits that could be a tag's number are one `#`, what could
    /// leave its line or steer a terminal is `?`, and it has an end, at 200 characters. The 32 hex digits of a journal's id are kept.
    package var withoutNumbers: String { withoutNumbers(most: 200) }

    /// The same with another end.
    ///
    /// - Parameter most: the most scalars that are kept; a character may be made of any number of them.
    func withoutNumbers(most: Int) -> String {
        var text = ""
        var word = ""
        for scalar in unicodeScalars.prefix(most) {
            if scalar.isOfWord {
                word.unicodeScalars.append(scalar)
            } else {
                text += word.isJournalID ? word : word.withoutRuns
                text.unicodeScalars.append(scalar.steersTerminal ? "?" : scalar)
                word = ""
            }
        }
        return text + (word.isJournalID ? word : word.withoutRuns)
    }

    private var isJournalID: Bool { count == 32 && allSatisfy { $0.isHexDigit && $0.isASCII } }

    private var withoutRuns: String {
        var text = ""
        var run = ""
        func flush() { text += run.count >= digitsOfANumber ? "#" : run }
        for character in self {
            if character.isNumber {
                run.append(character)
            } else {
                flush()
                run = ""
                text.append(character)
            }
        }
        flush()
        return text
    }
}

extension Unicode.Scalar {
    /// Marks too: one on each digit does not hide a number.
    fileprivate var isOfWord: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: properties.isAlphabetic || properties.numericType != nil
        }
    }

    /// C0, DEL, C1 (which has the terminal's CSI), Unicode's own line and paragraph ends, what has no width, and what turns the
    /// direction of a line.
    package var steersTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

/// The shortest number that is taken for a tag's.
private let digitsOfANumber = 6
