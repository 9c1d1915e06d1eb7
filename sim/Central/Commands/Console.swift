import Glibc

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
    package static let process = Console(
        line: { write($0 + "\n", to: STDOUT_FILENO) }, note: { write("central: \($0)\n", to: STDERR_FILENO) })

    private static func write(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            // Nobody reads any more: there is nowhere left to say so.
            guard count >= 0 || errno == EINTR else { return }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}
