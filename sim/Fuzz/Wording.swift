import Sync

/// What an error may say of an input.
enum Wording {
    /// A screen's line bears less; a text of the input is quoted up to a limit.
    private static let mostScalars = 1_000
    /// So many digits could be a tag's number.
    private static let digitsOfANumber = 6

    /// One line that steers no terminal, and of a bounded length.
    ///
    /// - Parameter showsNumbers: whether it may have runs of digits.
    static func check(_ sentence: String, showsNumbers: Bool) throws(Finding) {
        try Finding.unless(sentence.unicodeScalars.count <= mostScalars, "an error without a limit")
        try Finding.unless(!sentence.unicodeScalars.contains(where: \.steersTerminal), "an error that leaves its line")
        guard !showsNumbers else { return }
        let longest = sentence.split { !$0.isNumber }.map(\.count).max() ?? 0
        try Finding.unless(longest < digitsOfANumber, "an error that repeats a number")
    }
}
