import Lane

/// `[journal]`: how long records are kept and held back.
package struct JournalSection: Hashable, Sendable {
    package var retention = Interval.days(90)
    package var mostWaiting = 10_000
    package var sealAfter = Interval.seconds(120)

    package static let table = SectionTable(
        "journal", .single, "The journal: every passage, synced to disk before anyone is told.",
        keys: [
            ConfigurationKey(
                "retention", \.retention, .duration(.hours(1) ... .days(3_650)),
                "How long a record is kept after the central server acknowledged it."),
            ConfigurationKey(
                "mostWaiting", \.mostWaiting, .count(100...1_000_000),
                "How many decided passages wait in memory while the journal cannot be written; more are only counted."),
            ConfigurationKey(
                "sealAfter", \.sealAfter, .duration(.seconds(5) ... .minutes(30)),
                "A closed passage is sealed after this time even when a photo of it is still awaited."),
        ]
    ) { _ in JournalSection() }
}
