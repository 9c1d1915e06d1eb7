import Glibc

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
    package let run: @Sendable (Arguments) throws -> ExitCode

    package init(
        _ name: String, _ summary: String, help: String, flags: Set<String> = [], options: Set<String> = [],
        plain: Int = 0, run: @escaping @Sendable (Arguments) throws -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.help = help
        self.flags = flags
        self.options = options
        self.plain = plain
        self.run = run
    }
}

/// A program made of commands.
package struct CommandProgram: Sendable {
    package let name: String
    package let summary: String
    package let commands: [Command]

    package init(_ name: String, _ summary: String, _ commands: [Command]) {
        self.name = name
        self.summary = summary
        self.commands = commands
    }

    /// Runs the command that the words name, prints what went wrong, and gives the exit code.
    package func run(_ words: [String]) -> Int32 {
        guard let first = words.first, first != "--help", first != "-h", first != "help" else {
            Terminal.print(usage)
            return words.isEmpty ? ExitCode.usage.rawValue : ExitCode.ok.rawValue
        }
        if first == "--version" {
            Terminal.print("\(name) \(Program.version)")
            return ExitCode.ok.rawValue
        }
        // A command's name may have two words: `journal export`.
        let two = words.prefix(2).joined(separator: " ")
        guard let command = commands.first(where: { $0.name == two }) ?? commands.first(where: { $0.name == first })
        else {
            let hint = KnownWords(commands.map(\.name)).hint(for: first)
            Terminal.complain("\(name): unknown command '\(first)'\(hint); see \(name) --help")
            return ExitCode.usage.rawValue
        }
        let rest = words.dropFirst(command.name.split(separator: " ").count)
        return run(command, Array(rest)).rawValue
    }

    private func run(_ command: Command, _ words: [String]) -> ExitCode {
        do {
            let arguments = try Arguments(
                words, flags: command.flags, options: command.options, plain: command.plain)
            guard !arguments.wantsHelp else {
                Terminal.print("\(name) \(command.name): \(command.summary)\n\n\(command.help)")
                return .ok
            }
            return try command.run(arguments)
        } catch let error as Arguments.UsageError {
            Terminal.complain("\(name) \(command.name): \(error.message); see \(name) \(command.name) --help")
            return .usage
        } catch let failure as CommandFailure {
            Terminal.complain(failure.message)
            return failure.code
        } catch {
            Terminal.complain("\(name) \(command.name): \(error)")
            return .software
        }
    }

    private var usage: String {
        let width = (commands.map(\.name.count).max() ?? 0) + 2
        let lines = commands.map { "  " + $0.name + String(repeating: " ", count: width - $0.name.count) + $0.summary }
        return
            (["\(name): \(summary)", "", "usage: \(name) COMMAND [...]", ""] + lines
            + ["", "\(name) COMMAND --help says more."]).joined(separator: "\n")
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
