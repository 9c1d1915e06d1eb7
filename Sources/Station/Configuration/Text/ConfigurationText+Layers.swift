/// Texts laid over each other: a scenario over what it includes, and over a station's own file.
extension ConfigurationText {
    /// Lays another text over this one: a key that both say in one section is the other's, all else stays and is added.
    ///
    /// What stands twice within the other text still stands there twice, for whoever reads the sections to say so.
    package mutating func lay(_ other: ConfigurationText) {
        errors.add(other.errors)
        hasBrokenSection = hasBrokenSection || other.hasBrokenSection
        let count = sections.count
        var covered: Set<Int> = []
        for section in other.sections {
            let below = sections[..<count].firstIndex { $0.kind == section.kind && $0.name == section.name }
            guard let below, covered.insert(below).inserted else {
                sections.append(section)
                continue
            }
            let kept = sections[below].entries.filter { entry in !section.entries.contains { $0.key == entry.key } }
            sections[below] = Section(
                kind: section.kind, name: section.name, at: section.at, entries: kept + section.entries)
        }
    }

    /// The sections of some kinds alone, without the faults of the lines.
    package func only(_ kinds: [String]) -> ConfigurationText {
        var text = self
        text.sections = sections.filter { kinds.contains($0.kind) }
        text.errors = ConfigurationErrors(file: file)
        return text
    }

    /// The sections as a file says them, without comments.
    package var written: String {
        sections.map { section in
            let head = section.name.isEmpty ? "[\(section.kind)]" : "[\(section.kind) \(section.name)]"
            return head + "\n" + section.entries.map { "\($0.key) = \($0.value)\n" }.joined()
        }.joined(separator: "\n")
    }
}
