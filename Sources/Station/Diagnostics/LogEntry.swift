import Lane
import Sync

/// One event for the log: one line, no tag or plate number.
package struct LogEntry: Hashable, Sendable {
    package enum Level: String, Hashable, Sendable {
        case error
        case warning
        case info
        case debug
    }

    package let level: Level
    /// What happened, as `room.event`, such as `reader.state`.
    package let event: String
    /// In the order in which they are printed.
    package let fields: [(name: String, value: String)]

    package init(_ level: Level, _ event: String, _ fields: KeyValuePairs<String, String> = [:]) {
        self.level = level
        self.event = event
        self.fields = fields.map { ($0.key, $0.value) }
    }

    /// `warning reader.state reader=east state="port missing"`, without its newline.
    package var line: String {
        ([level.rawValue, event] + fields.map { "\($0.name)=\(Self.quoted($0.value))" }).joined(separator: " ")
    }

    package static func == (a: LogEntry, b: LogEntry) -> Bool { a.line == b.line }
    package func hash(into hasher: inout Hasher) { hasher.combine(line) }

    /// A value that is not a plain word is quoted; what could leave its line or steer a terminal becomes `?`.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { !needsQuotes($0) }
        guard !isPlain else { return value }
        let clean = value.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.steersTerminal: "?"
            default: String(scalar)
            }
        }
        return "\"\(clean.joined())\""
    }

    private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
        scalar.steersTerminal || scalar == " " || scalar == "\"" || scalar == "=" || scalar == "\\"
    }
}
