import Exchange
import Lane
import Lights

/// `[lights]`: which profile the heads follow, and for how long they show it.
package struct LightsSection: Hashable, Sendable {
    /// The name of a shipped profile or of a `[profile NAME]`.
    package var profile = "classic"
    package var noticeOverdue = Aspect.green
    /// The profile in it is put in when all sections are read.
    package var settings = LightSettings(profile: .classic())

    package static let table = SectionTable(
        "lights", .single, "The light heads, one a lane.",
        keys: [
            ConfigurationKey(
                "profile", \.profile, .name(most: RecordContext.longestName),
                """
                Which aspect each outcome lights: \(LightProfile.shipped.map(\.name).joined(separator: ", ")), \
                or the name of a [profile].
                """),
            ConfigurationKey(
                "noticeOverdue", \.noticeOverdue, .choice([("green", .green), ("white", .white)]),
                "What the profile classic lights for an overdue agreement; the sources leave it open."),
            ConfigurationKey(
                "blank", \.settings.blank, .duration(.zero ... .seconds(2)),
                "How long a head is dark between two vehicles, so that green after green is seen as two."),
            ConfigurationKey(
                "holdMax", \.settings.holdMax, .duration(.milliseconds(100) ... .seconds(60)),
                "How long an aspect stands when no other vehicle comes."),
        ]
    ) { _ in LightsSection() }
}
