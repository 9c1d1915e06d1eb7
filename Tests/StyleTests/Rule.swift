/// A rule of the house, with samples that prove that it finds what it is for.
struct Rule: Sendable, CustomStringConvertible {
    /// The rule as a sentence.
    let name: String
    /// Samples that break it; each has to be found.
    let broken: [SourceFile]
    /// Samples that keep it, near misses above all.
    let kept: [SourceFile]
    /// What breaks it in one file.
    let findings: @Sendable (SourceFile) -> [Finding]

    /// What a test prints.
    var description: String { name }

    /// All rules.
    static let all: [Rule] = lengths + names + words + imports + documents
}

/// A place that may break a rule, and why.
struct Exemption: Sendable {
    let rule: String
    let path: String
    let reason: String

    /// All of them. One that is no longer needed is an error.
    static let all = [
        Exemption(
            rule: Rule.principalType.name, path: "Sources/Lane/Identity.swift",
            reason: "eight ids of a few lines each, read together")
    ]
}
