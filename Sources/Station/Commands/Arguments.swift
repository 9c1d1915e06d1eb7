/// The words after a command's name: flags, options with a value, and what stands alone.
package struct Arguments: Sendable {
    /// A command line that cannot be taken; one line that says why.
    package struct UsageError: Error, Hashable, Sendable {
        package let message: String
        package init(_ message: String) { self.message = message }
    }

    /// What stands alone, in order.
    package let plain: [String]
    private let flags: Set<String>
    private let values: [String: [String]]

    /// - Parameters:
    ///   - words: without the program's and the command's name.
    ///   - flags: names such as `--json`.
    ///   - options: names that take a value, as `--socket PATH` or `--socket=PATH`.
    ///   - plain: how many words may stand alone.
    package init(
        _ words: some Collection<String>, flags known: Set<String> = [], options: Set<String> = [], plain most: Int = 0
    ) throws(UsageError) {
        var plain: [String] = []
        var flags: Set<String> = []
        var values: [String: [String]] = [:]
        var rest = Array(words)[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                guard plain.count < most else { throw UsageError("unexpected word '\(word)'") }
                plain.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if word == "--help" || word == "-h" {
                flags.insert("--help")
            } else if known.contains(word) {
                flags.insert(word)
            } else if options.contains(parts[0]) {
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                    throw UsageError("\(parts[0]) needs a value")
                }
                values[parts[0], default: []].append(value)
            } else {
                let hint = KnownWords(known.union(options).sorted()).hint(for: parts[0])
                throw UsageError("unknown option \(parts[0])\(hint)")
            }
        }
        (self.plain, self.flags, self.values) = (plain, flags, values)
    }

    /// Whether a flag was given.
    package func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// Whether the person asked for help.
    package var wantsHelp: Bool { flags.contains("--help") }

    /// An option's value; the last one where it was given more than once.
    package subscript(option: String) -> String? { values[option]?.last }

    /// All values of an option that may be given more than once, in their order.
    package func all(_ option: String) -> [String] { values[option] ?? [] }
}
