import FoundationEssentials
import Sync

extension Command {
    /// `station list adopt`
    static let listAdopt = Command(
        "list adopt", "take a signed list by hand, as from a USB stick",
        help: """
            usage: station list adopt FILE… [--configuration FILE]

            Has the running station take the list in FILE: a whole list, a change on the one in force, or all parts of one list.
            The same rules hold as for a list that central gives: a trusted key, this station's list, a version above the one in force,
            room for it. The files stay as they are. The station's user has to be able to read them.

            \(orderHelp)

            example: station list adopt /media/usb/agreements.list
            """,
        options: ["--configuration"], plain: 1_000
    ) { arguments, console in
        guard !arguments.plain.isEmpty else { throw Arguments.UsageError("name the list file") }
        let paths = arguments.plain.map(absolute)
        for path in paths where !FileManager.default.isReadableFile(atPath: path) {
            throw CommandFailure(.noInput, "open \(path): it is not there, or may not be read; name a list file")
        }
        return try order(arguments, console) { try $0.adopt(paths) }
    }

    /// `station list back`
    static let listBack = Command(
        "list back", "go back to the list before the one in force",
        help: """
            usage: station list back [--configuration FILE]

            Has the running station decide by the list before the one in force. The one that is left is not taken again, only a higher
            version: central has to publish one. For when a list turns out to be wrong.

            \(orderHelp)

            example: station list back
            """,
        options: ["--configuration"]
    ) { arguments, console in
        try order(arguments, console) { try $0.back() }
    }

    private static let orderHelp = """
        Returns when it is done, which takes a minute for a large list. Exit code 0: done, 1: refused, with the reason, 69: no
        running station answers.

          --configuration FILE   which station (default: \(StationCommands.configurationPath))
        """

    private static func order(
        _ arguments: Arguments, _ console: Console, _ give: (StationClient) throws -> ListReply
    ) throws -> ExitCode {
        let (configuration, _) = try ListOptions(arguments).central()
        let reply: ListReply
        do {
            reply = try give(StationClient(socket: configuration.station.controlSocket))
        } catch {
            throw CommandFailure(
                .unavailable, "no running station answers (\(error)); start it: systemctl start bomstasjon")
        }
        guard reply.isDone else { throw CommandFailure(.failed, "not done: \(reply.text)") }
        console.line(reply.text)
        return .ok
    }

    /// The station has a working folder of its own.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }
}
