extension String {
    /// The shortest number of a tag that a site's rule or a list knows.
    private static var digitsOfANumber: Int { 6 }
    /// A line of a log; what somebody else wrote may be longer.
    private static var mostCharacters: Int { 200 }

    /// What somebody else wrote, for our log: runs of digits that could be a tag's number are one `#`, and it has an end.
    var withoutNumbers: String {
        var text = ""
        var run = ""
        func flush() { text += run.count >= Self.digitsOfANumber ? "#" : run }
        for character in prefix(Self.mostCharacters) {
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
