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
        /// A word with a colon that names no number system.
        case system
        case status(typed: String)
        case fromOrUntil(typed: String)
        /// `from` or `until` a second time.
        case once(String)
        case date(after: String)
        case day
        case quarter
        case untilAfterFrom
        /// A denial has none.
        case noDates
        /// The same number stood on an earlier line.
        case newNumber(line: Int)
        case fewerAgreements
        case smallerFile
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
        case .system: "expected pan: or a number without a prefix"
        case .status(let typed): "expected a status: \(Self.statuses)\(AgreementsFile.statusWords.hint(for: typed))"
        case .fromOrUntil(let typed):
            "expected from, until or the end of the line\(AgreementsFile.dateWords.hint(for: typed))"
        case .once(let word): "expected \(word) once"
        case .date(let word): "expected a date after \(word), as 2026-01-31 or 2026-01-31T12:15Z"
        case .day: "expected a day of the calendar from 2000 to 2099"
        case .quarter: "expected a quarter of an hour: minutes 00, 15, 30 or 45"
        case .untilAfterFrom: "expected until to be later than from"
        case .noDates: "expected the end of the line: a denial holds until its line is removed"
        case .newNumber(let line): "expected each number once; this one stands on line \(line) already"
        case .fewerAgreements: "expected at most \(AgreementsFile.mostEntries) agreements"
        case .smallerFile: "expected at most \(AgreementsFile.mostBytes >> 20) MB"
        }
    }

    private static let statuses = AgreementsFile.statusWords.words.joined(separator: ", ")
}
