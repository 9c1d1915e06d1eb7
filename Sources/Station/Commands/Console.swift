/// Where a command writes: results to one side, what a person should know to the other.
package struct Console: Sendable {
    /// One line of the result.
    package let line: @Sendable (String) -> Void
    /// One line about how it went.
    package let note: @Sendable (String) -> Void

    package init(line: @escaping @Sendable (String) -> Void, note: @escaping @Sendable (String) -> Void) {
        self.line = line
        self.note = note
    }

    /// The program's own output and error output, each line written at once.
    package static let process = Console(line: { Terminal.print($0) }, note: { Terminal.complain($0) })
}
