import Lane

/// Why a table is no light profile.
package enum LightProfileError: Error, Hashable, Sendable {
    /// Outcomes without an aspect.
    case missing([Outcome])
    /// An outcome named twice.
    case twice(Outcome)
    case unknownOutcome(String)
    case unknownAspect(String, for: Outcome)
}

extension LightProfileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let outcomes):
            "leaves out \(outcomes.map(\.word).joined(separator: ", ")); a profile names an aspect for every outcome"
        case .twice(let outcome): "names \(outcome.word) twice; keep one"
        case .unknownOutcome(let word):
            "\"\(word)\" is no outcome; the outcomes are \(Outcome.allCases.map(\.word).joined(separator: ", "))"
        case .unknownAspect(let word, let outcome):
            "\"\(word)\" for \(outcome.word) is no aspect; the aspects are "
                + Aspect.allCases.map(\.word).joined(separator: ", ")
        }
    }
}
