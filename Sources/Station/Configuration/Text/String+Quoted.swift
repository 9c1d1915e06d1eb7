extension String {
    /// A text from a file as an error shows it: in quotes, and no longer than a line bears.
    package var quoted: String {
        unicodeScalars.count <= Self.mostQuoted ? "\"\(self)\"" : "\"\(prefix(Self.mostQuoted))…\""
    }

    private static var mostQuoted: Int { 60 }
}
