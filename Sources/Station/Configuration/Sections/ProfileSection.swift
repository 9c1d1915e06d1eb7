import Lane
import Lights

/// `[profile NAME]`: a site's own light profile.
package struct ProfileSection: Hashable, Sendable {
    package let name: String
    package var top = TopPlace.yellow
    package var aspects: [Outcome: Aspect] = [:]

    package static let most = 16

    package static let table = SectionTable(
        "profile", .named(most: most, example: "own"),
        "A site's own light profile: an aspect for every outcome; one that leaves an outcome out is refused.",
        keys: [
            ConfigurationKey(
                "top", \.top, .choice(TopPlace.allCases.map { ($0.word, $0) }),
                "What the site's heads have in their top place: a yellow lamp, a line or a camera symbol.")
        ] + Outcome.allCases.map(key)
    ) { ProfileSection(name: $0) }

    private static func key(_ outcome: Outcome) -> ConfigurationKey<ProfileSection> {
        ConfigurationKey(
            optional: outcome.word, \.aspects[outcome], .choice(Aspect.allCases.map { ($0.word, $0) }),
            example: LightProfile.classic().aspect(for: outcome).word, "What the head shows for \(outcome.word).")
    }
}
