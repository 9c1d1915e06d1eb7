/// A document in Markdown.
struct Page {
    private let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The first word in backticks of each table row between a heading and the next one.
    func rows(under heading: String) -> [String] {
        let section = lines.drop { $0.drop { $0 == "#" } != " \(heading)" }.dropFirst().prefix { !$0.hasPrefix("#") }
        return section.filter { $0.hasPrefix("|") }.compactMap {
            Self.codeWords($0.dropFirst().prefix { $0 != "|" }).first
        }
    }

    /// The words between backticks.
    static func codeWords(_ text: Substring) -> [String] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, word in
            index % 2 == 1 ? String(word) : nil
        }
    }
}
