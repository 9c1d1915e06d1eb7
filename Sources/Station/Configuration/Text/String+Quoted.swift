import Sync

extension String {
    /// A text from a file as an error shows it: in quotes, no longer than a line bears, and `?` for what could leave the line or
    /// steer a terminal. Characters may be made of any number of marks: scalars are counted.
    package var quoted: String {
        let shown = String.UnicodeScalarView(
            unicodeScalars.prefix(Self.mostQuoted).map { $0.steersTerminal ? "?" : $0 })
        return "\"\(String(shown))\(unicodeScalars.count <= Self.mostQuoted ? "" : "…")\""
    }

    private static var mostQuoted: Int { 60 }
}
