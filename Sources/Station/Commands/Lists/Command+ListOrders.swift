import Exchange
import FoundationEssentials
import Storage
import Sync

extension Command {
    /// `station list adopt`
    static let listAdopt = Command(
        "list adopt", "take a signed list by hand, as from a USB stick",
        help: """
            usage: station list adopt FILE… [--configuration FILE]

            Has the station take the list in FILE: a whole list, a change on the one in force, or all parts of one list.
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
        return try order(.adopt(paths), arguments, console) { try $0.adopt(paths) }
    }

    /// `station list back`
    static let listBack = Command(
        "list back", "go back to the list before the one in force",
        help: """
            usage: station list back [--configuration FILE]

            Has the station decide by the list before the one in force. The one that is left is not taken again, only a higher
            version: central has to publish one. For when a list turns out to be wrong.

            \(orderHelp)

            example: station list back
            """,
        options: ["--configuration"]
    ) { arguments, console in
        try order(.back, arguments, console) { try $0.back() }
    }

    private static let orderHelp = """
        A running station does it at once, and this returns when it is done, which takes a minute for a large list. When none
        runs, it is done in its folder by the same rules, as the folder's user, and counts from the next start. Exit code 0: done,
        1: refused, with the reason, 69: its folder is in use, by a station that does not answer or by another command, or is not to
        be had.

          --configuration FILE   which station (default: \(StationCommands.configurationPath))
        """

    private static func order(
        _ order: ListOrder, _ arguments: Arguments, _ console: Console, _ give: (StationClient) throws -> ListReply
    ) throws -> ExitCode {
        let (configuration, _) = try ListOptions(arguments).central()
        let reply: ListReply
        var isOffline = false
        do {
            reply = try give(StationClient(socket: configuration.station.controlSocket))
        } catch {
            // A station that is only silent has its folder still.
            var folder = try StoppedStation(configuration, unanswered: "\(error)")
            reply = folder.carryOut(order)
            isOffline = true
            for problem in folder.problems { console.note(problem) }
        }
        guard reply.isDone else { throw CommandFailure(.failed, "not done: \(reply.text)") }
        console.line(reply.text)
        if isOffline { console.note("no station runs: the list is in its folder, and is used from the next start") }
        return .ok
    }

    /// The station has a working folder of its own.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(FileManager.default.currentDirectoryPath)/\(path)"
    }
}
