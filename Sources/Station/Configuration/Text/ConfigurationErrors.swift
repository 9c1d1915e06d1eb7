/// One thing that is wrong with a file, and where: `station.conf:12:11: …`.
package struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
    package let file: String
    /// Nil when it is the file as a whole.
    package let position: TextPosition?
    /// What is wrong, what was expected, and what was most likely meant; one line.
    package let text: String

    package init(file: String, position: TextPosition?, text: String) {
        self.file = file
        self.position = position
        self.text = text
    }

    package var description: String {
        guard let position else { return "\(file): \(text)" }
        return "\(file):\(position.line):\(position.column): \(text)"
    }
}

/// Everything that is wrong with a file and those that belong to it, file by file, in the order of the lines.
package struct ConfigurationErrors: Error, Hashable, Sendable, CustomStringConvertible {
    /// More than a screen of errors helps nobody, and a file of garbage must not cost more than this.
    package static let mostShown = 20

    package let file: String
    /// The first `mostShown` that were found.
    package private(set) var shown: [ConfigurationError] = []
    /// Whether the file could not be read at all.
    package private(set) var isUnread = false
    /// How many more there are.
    package private(set) var leftOut = 0

    package init(file: String) { self.file = file }

    /// - Parameter isUnread: it says why the file cannot be read at all.
    package init(_ error: ConfigurationError, isUnread: Bool = false) {
        file = error.file
        shown = [error]
        self.isUnread = isUnread
    }

    package var isEmpty: Bool { shown.isEmpty }

    /// Adds an error; its text is only made when there is room for it.
    package mutating func add(at position: TextPosition?, _ text: @autoclosure () -> String) {
        guard shown.count < Self.mostShown else { return leftOut += 1 }
        shown.append(ConfigurationError(file: position?.file ?? file, position: position, text: text()))
    }

    /// Adds the errors of another reading, of the same file or of one that belongs to it.
    package mutating func add(_ others: ConfigurationErrors) {
        let room = Self.mostShown - shown.count
        shown += others.shown.prefix(room)
        leftOut += others.leftOut + max(0, others.shown.count - room)
    }

    /// One line an error, and a last one for those left out.
    package var description: String {
        var files: [String] = []
        for error in shown where !files.contains(error.file) { files.append(error.file) }
        let lines = files.flatMap { file in
            shown.enumerated().filter { $0.element.file == file }
                .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }.map(\.element.description)
        }
        return (leftOut == 0 ? lines : lines + ["\(file): and \(leftOut) more"]).joined(separator: "\n")
    }
}

extension ConfigurationError {
    fileprivate var order: TextPosition { position ?? TextPosition(line: 0, column: 0) }
}
