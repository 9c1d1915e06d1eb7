/// `[log]`: what is written to the log.
package struct LogSection: Hashable, Sendable {
    /// How much is written; each includes those before it.
    package enum Level: UInt8, CaseIterable, Comparable, Sendable {
        case error
        case warning
        case notice
        case info
        case debug

        package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    package var level = Level.info

    package static let table = SectionTable(
        "log", .single, "The log: one line an event on standard error, never a tag number in clear.",
        keys: [
            ConfigurationKey(
                "level", \.level, .choice(Level.allCases.map { ("\($0)", $0) }),
                "The least important line that is written.")
        ]
    ) { _ in LogSection() }
}
