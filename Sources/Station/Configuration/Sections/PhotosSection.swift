/// `[photos]`: how much disk the photos may take.
package struct PhotosSection: Hashable, Sendable {
    package var mostBytes = 4_000_000_000

    package static let table = SectionTable(
        "photos", .single, "The photos that wait for the central server; what it has is deleted at once.",
        keys: [
            ConfigurationKey(
                "mostBytes", \.mostBytes, .size(10_000_000...1_000_000_000_000),
                "How much disk they may take; beyond it no new photo is taken, and the passage says so.")
        ]
    ) { _ in PhotosSection() }
}
