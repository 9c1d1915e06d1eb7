import Lane

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

    /// A value with spaces, quotes or control characters is quoted, so that it stays on its line.
    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D && $0 != 0x7F }
        guard !isPlain else { return value }
        let clean = value.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: "?"
            default: String(scalar)
            }
        }
        return "\"\(clean.joined())\""
    }
}
