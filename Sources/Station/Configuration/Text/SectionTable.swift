import Exchange

/// One kind of section: its keys, and what a section without any line holds.
package struct SectionTable<Target: Sendable>: Sendable {
    /// How often the section may stand in a file, and what it is called.
    package enum Naming: Hashable, Sendable {
        /// `[kind]`, once or not at all.
        case single
        /// `[kind]`, exactly once.
        case required
        /// `[kind 1]`, `[kind 2]`, … up to this number.
        case numbered(most: Int)
        /// `[kind name]`, as many as one likes up to this number, with names of at most so many characters; the example is
        /// what documents show.
        case named(most: Int, longest: Int = RecordContext.longestName, example: String)
    }

    package let kind: String
    package let naming: Naming
    package let explanation: String
    package let keys: [ConfigurationKey<Target>]
    /// A section before its lines are read, from its name (empty for single ones, checked for all).
    let empty: @Sendable (_ name: String) -> Target

    package init(
        _ kind: String, _ naming: Naming, _ explanation: String, keys: [ConfigurationKey<Target>],
        empty: @escaping @Sendable (_ name: String) -> Target
    ) {
        self.kind = kind
        self.naming = naming
        self.explanation = explanation
        self.keys = keys
        self.empty = empty
    }

    /// `[lane 1]`, or `[station]`.
    package func heading(_ name: String) -> String { name.isEmpty ? "[\(kind)]" : "[\(kind) \(name)]" }
}

/// A section as it was read, with the places of what it says.
package struct ReadSection<Target: Sendable>: Sendable {
    package let name: String
    package let heading: String
    package let at: TextPosition
    package var value: Target
    /// Where the values stand that the file names.
    package internal(set) var places: [String: TextPosition] = [:]

    /// Where a key's value stands, or the section when the file leaves it out.
    package func place(of key: String) -> TextPosition { places[key] ?? at }

    /// The keys whose values were read without an error.
    package internal(set) var understood: Set<String> = []

    /// Whether the file names all these keys, with values that are understood: then what they say can be compared.
    package func says(_ keys: String...) -> Bool { keys.allSatisfy { understood.contains($0) } }
}
