/// One command of a program: what it is called, what its help says, and what it does.
package struct Command: Sendable {
    package let name: String
    /// One line for the list of commands.
    package let summary: String
    /// What `--help` prints: usage, options, an example.
    package let help: String
    package let flags: Set<String>
    package let options: Set<String>
    /// How many words may stand alone.
    package let plain: Int
    /// What it does with its arguments, and where it writes.
    package let run: @Sendable (Arguments, Console) throws -> ExitCode

    package init(
        _ name: String, _ summary: String, help: String, flags: Set<String> = [], options: Set<String> = [],
        plain: Int = 0, run: @escaping @Sendable (Arguments, Console) throws -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.help = help
        self.flags = flags
        self.options = options
        self.plain = plain
        self.run = run
    }

    /// A command that writes to its terminal by itself.
    package init(
        _ name: String, _ summary: String, help: String, flags: Set<String> = [], options: Set<String> = [],
        plain: Int = 0, run: @escaping @Sendable (Arguments) throws -> ExitCode
    ) {
        self.init(name, summary, help: help, flags: flags, options: options, plain: plain) { arguments, _ in
            try run(arguments)
        }
    }
}

/// A program made of commands.
package struct CommandProgram: Sendable {
    package let name: String
    package let summary: String
    package let commands: [Command]
    /// What the program's help says below its commands.
    private let more: String
    /// How the program ends on an error that is no `CommandFailure`.
    private let code: @Sendable (any Error) -> ExitCode

    package init(
        _ name: String, _ summary: String, _ commands: [Command], more: String = "",
        code: @escaping @Sendable (any Error) -> ExitCode = { _ in .software }
    ) {
        self.name = name
        self.summary = summary
        self.commands = commands
        self.more = more
        self.code = code
    }

    /// Runs the command that the process was started with, and gives the exit code.
    package func run(_ words: [String]) -> Int32 { run(words, .process).rawValue }

    /// Runs the command that the words name, and says what went wrong.
    package func run(_ words: [String], _ console: Console) -> ExitCode {
        guard let first = words.first, first != "--help", first != "-h", first != "help" else {
            console.line(usage)
            return words.isEmpty ? .usage : .ok
        }
        if first == "--version" {
            console.line("\(name) \(Program.version)")
            return .ok
        }
        // A command's name may have two words: `journal export`.
        let two = words.prefix(2).joined(separator: " ")
        guard let command = commands.first(where: { $0.name == two }) ?? commands.first(where: { $0.name == first })
        else { return refuse(words, first, console) }
        let rest = words.dropFirst(command.name.split(separator: " ").count)
        return run(command, Array(rest), console)
    }

    /// No command is named so; but the first word may begin the names of several.
    private func refuse(_ words: [String], _ first: String, _ console: Console) -> ExitCode {
        let named = commands.filter { $0.name.hasPrefix(first + " ") }
        guard !named.isEmpty else {
            let hint = KnownWords(commands.map(\.name)).hint(for: first)
            console.note("\(name): unknown command '\(first)'\(hint); see \(name) --help")
            return .usage
        }
        guard words.count > 1, !["--help", "-h", "help"].contains(words[1]) else {
            console.line(usage(of: named, "\(first) "))
            return words.count > 1 ? .ok : .usage
        }
        let hint = KnownWords(named.map(\.name)).hint(for: words.prefix(2).joined(separator: " "))
        console.note("\(name): unknown command of '\(first)'\(hint); see \(name) \(first) --help")
        return .usage
    }

    private func run(_ command: Command, _ words: [String], _ console: Console) -> ExitCode {
        do {
            let arguments = try Arguments(
                words, flags: command.flags, options: command.options, plain: command.plain)
            guard !arguments.wantsHelp else {
                console.line("\(name) \(command.name): \(command.summary)\n\n\(command.help)")
                return .ok
            }
            return try command.run(arguments, console)
        } catch let error as Arguments.UsageError {
            console.note("\(name) \(command.name): \(error.message); see \(name) \(command.name) --help")
            return .usage
        } catch let failure as CommandFailure {
            console.note(failure.message)
            return failure.code
        } catch {
            console.note("\(name) \(command.name): \(error)")
            return code(error)
        }
    }

    private var usage: String {
        (["\(name): \(summary)", "", usage(of: commands)] + (more.isEmpty ? [] : ["", more])).joined(separator: "\n")
    }

    /// - Parameter beginning: of their names, as `list `.
    private func usage(of commands: [Command], _ beginning: String = "") -> String {
        let width = (commands.map(\.name.count).max() ?? 0) + 2
        let lines = commands.map { "  " + $0.name + String(repeating: " ", count: width - $0.name.count) + $0.summary }
        return
            (["usage: \(name) \(beginning)COMMAND [...]", ""] + lines
            + ["", "\(name) \(beginning)COMMAND --help says more."]).joined(separator: "\n")
    }
}

/// Why a command ended without doing what it was asked: one or more lines, and the exit code.
package struct CommandFailure: Error, Hashable, Sendable {
    package let code: ExitCode
    package let message: String

    package init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
