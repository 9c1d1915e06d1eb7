import Station

/// A scenario's configuration as a station takes it on the wire: its own ports, sockets, folders and addresses in place.
struct WireConfiguration {
    private var sections: [(kind: String, name: String, entries: [(key: String, value: String)])]

    /// - Throws: what is wrong with the text.
    init(_ text: String) throws(ConfigurationErrors) {
        let text = try ConfigurationText(Array(text.utf8), file: "the scenario's site")
        guard text.errors.isEmpty else { throw text.errors }
        sections = text.sections.map { ($0.kind, $0.name, $0.entries.map { ($0.key, $0.value) }) }
    }

    /// Its names of a kind, in their order.
    func names(of kind: String) -> [String] { sections.filter { $0.kind == kind }.map(\.name) }

    /// Gives a key this value, or takes it out; a section that is not there is made.
    mutating func set(_ kind: String, _ name: String, _ key: String, _ value: String?) {
        let section: Int
        if let found = sections.firstIndex(where: { $0.kind == kind && $0.name == name }) {
            section = found
        } else {
            section = sections.count
            sections.append((kind, name, []))
        }
        let place = sections[section].entries.firstIndex { $0.key == key }
        guard let value else {
            if let place { sections[section].entries.remove(at: place) }
            return
        }
        if let place {
            sections[section].entries[place].value = value
        } else {
            sections[section].entries.append((key, value))
        }
    }

    /// The whole file.
    var text: String {
        sections.map { section in
            let head = "[\(section.kind)\(section.name.isEmpty ? "" : " " + section.name)]\n"
            return head + section.entries.map { "\($0.key) = \($0.value)\n" }.joined()
        }.joined(separator: "\n")
    }
}
