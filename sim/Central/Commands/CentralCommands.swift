import Station

/// The program `central`: the central server of the simulation, and what its operator does with it.
package enum CentralCommands {
    package static let program = CommandProgram(
        "central", "the central server that stations deliver to, and that publishes their agreement lists",
        [
            .serve, .keys, .authority, .stationsList, .stationsAdd, .stationsWithdraw, .agreements, .changes, .generate,
            .passages, .photos, .records, .rejected,
        ],
        more: """
            Everything is kept in one folder, --folder DIR (default: \(defaultFolder)).
            Exit codes: 64 usage, 65 data, 66 no input, 69 unavailable, 73 cannot create, 74 input or output,
            75 try again, 78 configuration.

            example: central keys && central agreements agreements.txt && central serve
            """,
        code: ExitCode.init(of:))

    /// Where data goes if nobody says otherwise: into the folder where the command is typed.
    static let defaultFolder = "central-data"
}

extension Command {
    /// A command of `central`: each works on one folder.
    init(
        _ name: String, _ summary: String, help: String, flags: Set<String> = [], options: Set<String> = [],
        plain: Int = 0, run: @escaping @Sendable (Arguments, CentralFolder, Console) throws -> ExitCode
    ) {
        self.init(name, summary, help: help, flags: flags, options: options.union(["--folder"]), plain: plain) {
            arguments, console in
            try run(arguments, CentralFolder(arguments["--folder"] ?? CentralCommands.defaultFolder), console)
        }
    }
}

extension String {
    /// With spaces behind it up to that many characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
