extension String {
    /// What somebody else wrote, for our log: runs of digits that could be a tag's number are one `#`, and it has an end. The
    /// 32 hex digits of a journal's id are kept.
    var withoutNumbers: String {
        var text = ""
        var word = ""
        for character in prefix(mostCharacters) {
            if character.isLetter || character.isNumber {
                word.append(character)
            } else {
                text += word.isJournalID ? word : word.withoutRuns
                text.append(character)
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

/// The shortest number that is taken for a tag's.
private let digitsOfANumber = 6
/// A line of a log; what somebody else wrote may be longer.
private let mostCharacters = 200
