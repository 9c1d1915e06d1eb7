import Lane
import Sync

/// `[journal]`: how long records are kept and held back.
package struct JournalSection: Hashable, Sendable {
    package var retention = LedgerSettings().retention
    package var mostWaiting = LedgerSettings().mostWaiting
    package var reserve = 64_000_000
    package var sealAfter = LedgerSettings().sealAfter

    package static let table = SectionTable(
        "journal", .single, "The journal: every passage, synced to disk before anyone is told.",
        keys: [
            ConfigurationKey(
                "retention", \.retention, .duration(.days(1) ... .days(3_650)),
                "How long a record is kept after the central server acknowledged it."),
            ConfigurationKey(
                "reserve", \.reserve, .size(0...10_000_000_000),
                "Room on the disk that is given up when the journal finds no other; 0 B: none."),
            ConfigurationKey(
                "mostWaiting", \.mostWaiting, .count(256...100_000),
                "How many unsealed records wait in memory when the journal cannot be written; vehicles beyond are only counted."
            ),
            ConfigurationKey(
                "sealAfter", \.sealAfter, .duration(.seconds(30) ... .minutes(10)),
                "A closed passage is sealed after this time even when a photo of it is still awaited."),
        ]
    ) { _ in JournalSection() }
}
