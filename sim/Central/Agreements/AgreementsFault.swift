import Station

/// One thing that is wrong in an agreements file. It says where, and never repeats a number.
package struct AgreementsFault: Error, Hashable, Sendable {
    /// What was expected at that place.
    package enum Expected: Hashable, Sendable {
        case utf8
        case shorterLine
        case number
        case digits
        /// Digits that the number's system does not have.
        case printedLength(Int)
        case panLength(Int)
        case luhn
        /// The same of a printed number, where its issuer demands it.
        case printedLuhn
        /// A word with a colon that names no number system.
        case system
        case status(typed: String, mayRemove: Bool)
        case term(typed: String)
        /// `from`, `until` or `class` a second time.
        case once(String)
        case date(after: String)
        case day
        case quarter
        case untilAfterFrom
        case vehicle(typed: String)
        /// A denial has no dates and no class.
        case noTerms
        /// Behind `removed`.
        case nothingMore
        /// A number of an issuer for which the list does not speak.
        case issuer
    }

    package let position: TextPosition
    package let expected: Expected
}

extension AgreementsFault: CustomStringConvertible {
    /// `3:12: expected …`, to be put behind the file's name.
    package var description: String { "\(position.line):\(position.column): \(sentence)" }

    private var sentence: String {
        switch expected {
        case .utf8: "expected UTF-8 text; save the file in that encoding"
        case .shorterLine: "expected at most \(AgreementsFile.longestLine) bytes in a line"
        case .number: "expected a number before the status word: 10 or 16 digits, or pan: and its digits"
        case .digits: "expected digits and spaces only in the number; quotes are not needed"
        case .printedLength(let count): "expected 10 or 16 digits, found \(count)"
        case .panLength(let count): "expected 1 to 19 digits after pan:, found \(count)"
        case .luhn: "expected a PAN whose last digit is its Luhn check digit; one digit is wrong or two are swapped"
        case .printedLuhn:
            "expected a number whose last digit is its Luhn check digit, as --luhn demands; one digit is wrong or two are swapped"
        case .system: "expected pan: or a number without a prefix"
        case .status(let typed, let mayRemove):
            Self.status(typed, mayRemove ? AgreementsFile.changeWords : AgreementsFile.statusWords)
        case .term(let typed):
            "expected from, until, class or the end of the line\(AgreementsFile.termWords.hint(for: typed))"
        case .once(let word): "expected \(word) once"
        case .date(let word): "expected a date after \(word), as 2026-01-31 or 2026-01-31T12:15Z"
        case .day: "expected a day of the calendar from 2000 to 2099"
        case .quarter: "expected a quarter of an hour: minutes 00, 15, 30 or 45"
        case .untilAfterFrom: "expected until to be later than from"
        case .vehicle(let typed):
            "expected a class: \(AgreementsFile.classWords.words.joined(separator: ", "))\(AgreementsFile.classWords.hint(for: typed))"
        case .noTerms: "expected the end of the line: a denial holds until its line is removed"
        case .nothingMore: "expected the end of the line: what is removed has no dates and no class"
        case .issuer: "expected a number of the issuers for which the list speaks; name others with --issuers"
        }
    }

    private static func status(_ typed: String, _ known: KnownWords) -> String {
        "expected a status: \(known.words.joined(separator: ", "))\(known.hint(for: typed))"
    }
}
