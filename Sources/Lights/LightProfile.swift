import Lane

/// Which aspect each outcome lights: data, because the sources contradict each other and sites differ.
///
/// A profile answers for every outcome; one that leaves an outcome out cannot be made.
package struct LightProfile: Hashable, Sendable {
    /// The profile's name, as configuration and records write it.
    package let name: String
    package let top: TopPlace
    /// By `Outcome.rawValue`.
    private let aspects: [Aspect]

    /// A profile from its table.
    package init(name: String, top: TopPlace, aspects: [Outcome: Aspect]) throws(LightProfileError) {
        let missing = Outcome.allCases.filter { aspects[$0] == nil }
        guard missing.isEmpty else { throw .missing(missing) }
        self.init(name: name, top: top) { aspects[$0] ?? .dark }
    }

    /// A site's own profile from (outcome word, aspect word) pairs, as a configuration file has them.
    package init(name: String, top: TopPlace, words: [(outcome: String, aspect: String)]) throws(LightProfileError) {
        var aspects: [Outcome: Aspect] = [:]
        for (outcomeWord, aspectWord) in words {
            guard let outcome = Outcome(word: outcomeWord) else { throw .unknownOutcome(outcomeWord) }
            guard let aspect = Aspect(word: aspectWord) else { throw .unknownAspect(aspectWord, for: outcome) }
            guard aspects.updateValue(aspect, forKey: outcome) == nil else { throw .twice(outcome) }
        }
        try self.init(name: name, top: top, aspects: aspects)
    }

    init(name: String, top: TopPlace, aspect: (Outcome) -> Aspect) {
        self.name = name
        self.top = top
        aspects = Outcome.allCases.map(aspect)
    }

    /// What the head shows for an outcome.
    package func aspect(for outcome: Outcome) -> Aspect { aspects[Int(outcome.rawValue)] }

    /// The word for an aspect at this site: the top place has the name of what is built into it.
    package func word(for aspect: Aspect) -> String { aspect == .top ? top.word : aspect.word }
}
