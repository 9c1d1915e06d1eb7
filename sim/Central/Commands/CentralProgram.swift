import Glibc
import Station

/// The program `central`: the central server of the simulation, and what its operator does with it.
package enum CentralProgram {
    /// Runs the command line of the process and ends it.
    package static func main() -> Never {
        let words = CommandLine.arguments.dropFirst()
        // First thing: the server's threads must not be interrupted by what stops it.
        if words.first == Command.serve.name { StopSignals.block() }
        exit(run(words, .process).rawValue)
    }

    /// Runs one command.
    package static func run(_ words: some Collection<String>, _ console: Console) -> ExitCode {
        guard let name = words.first else {
            console.note("which command? see central --help")
            return .usage
        }
        if ["--help", "-h", "help"].contains(name) {
            console.line(help)
            return .ok
        }
        guard let command = Command.all.first(where: { $0.name == name }) else {
            let hint = KnownWords(Command.all.map(\.name)).hint(for: name)
            console.note("unknown command\(hint.isEmpty ? "" : hint); see central --help")
            return .usage
        }
        return command.run(words.dropFirst(), console)
    }

    private static let help = """
        central: the central server that stations deliver to, and that publishes their agreement lists

        usage: central COMMAND [--folder DIR] [OPTIONS]

        \(Command.all.map { "  \($0.name.padded(to: 11)) \($0.summary)" }.joined(separator: "\n"))

        Everything is kept in one folder, --folder DIR (default: \(Command.defaultFolder)).
        central COMMAND --help says more. Exit codes: 64 usage, 65 data, 66 no input, 69 unavailable, 73 cannot create,
        74 input or output, 75 try again, 78 configuration.

        example: central keys && central agreements agreements.txt && central serve
        """
}

extension String {
    /// With spaces behind it up to that many characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
