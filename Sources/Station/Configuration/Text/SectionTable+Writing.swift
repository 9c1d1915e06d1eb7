extension SectionTable {
    /// A section with every key that has a value, in the table's order, without comments: the same settings give the same
    /// text, whatever file they came from.
    package func canonical(_ name: String, _ value: Target) -> String {
        let lines = keys.compactMap { key in key.text(value).map { "\(key.name) = \($0)\n" } }
        return heading(name) + "\n" + lines.joined()
    }

    /// The canonical text of all sections of this kind in their order; a single one that the file leaves out stands there
    /// with its defaults.
    package func canonical(_ sections: [ReadSection<Target>]) -> [String] {
        let needsFile = keys.contains { if case .required = $0.presence { true } else { false } }
        if sections.isEmpty, naming == .single, !needsFile { return [canonical("", empty(""))] }
        return sections.map { canonical($0.name, $0.value) }
    }

    /// `documented`, all of it comments: a section that few stations have.
    package var commentedOut: String {
        documented.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty || $0.hasPrefix("#") ? String($0) : "# \($0)" }.joined(separator: "\n")
    }

    /// The section with all keys, their defaults and explanations, as a new file would have it: required keys stand there
    /// without a value, optional ones as comments.
    package var documented: String {
        let name = exampleName
        let value = empty(name)
        let head = Self.comment(explanation) + "\(heading(name))\n"
        return head + keys.map { "\n" + Self.words(about: $0) + Self.line($0, value) }.joined()
    }

    /// The section as a part of a page in Markdown: a row for each key.
    package var reference: String {
        let value = empty(exampleName)
        let rows = keys.map { key in
            let standard =
                switch key.presence {
                case .standard: key.text(value).map { $0.isEmpty ? "" : "`\($0)`" } ?? ""
                case .required(let example): "**required**, such as `\(example)`"
                case .optional(let example): "none; such as `\(example)`"
                }
            return "| `\(key.name)` | \(key.explanation) | \(key.expected) | \(standard) |\n"
        }
        return
            "### `\(heading(exampleName))`\n\n\(explanation)\n\n| key | meaning | values | default |\n|---|---|---|---|\n"
            + rows.joined()
    }

    private var exampleName: String {
        switch naming {
        case .single, .required: ""
        case .numbered: "1"
        case .named(_, _, let example): example
        }
    }

    private static func words(about key: ConfigurationKey<Target>) -> String {
        let values = "Values: \(key.expected)"
        let rest =
            switch key.presence {
            case .standard: "."
            case .required(let example): ", such as \(example). Required."
            case .optional: ". May be left out."
            }
        return comment(key.explanation) + comment(values + rest)
    }

    private static func line(_ key: ConfigurationKey<Target>, _ value: Target) -> String {
        switch key.presence {
        case .standard: "\(key.name) = \(key.text(value) ?? "")\n"
        case .required: "\(key.name) =\n"
        case .optional(let example): "# \(key.name) = \(example)\n"
        }
    }

    /// A text as comment lines of at most 100 characters.
    package static func comment(_ text: String) -> String {
        var lines = ["#"]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count >= 100 { lines.append("#") }
            lines[lines.count - 1] += " " + word
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
