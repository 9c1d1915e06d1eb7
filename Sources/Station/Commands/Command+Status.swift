import HTTP

extension Command {
    /// `station status`
    static let status = Command(
        "status", "show how the running station is doing",
        help: """
            usage: station status [FILE] [--json]

            Shows alarms first, then lanes, readers, delivery and list of the station that runs with FILE
            (/etc/bomstasjon/station.conf). OPERATING.md says what each alarm means and what to do.
            Exit code 0: it answers, 69: it does not.

            example: station status
            """,
        flags: ["--json"], plain: 1
    ) { arguments in
        let client = try StationCommands.client(arguments)
        do {
            if arguments.has("--json") {
                Terminal.print(String(decoding: try client.statusJSON().dropLast(), as: UTF8.self))
            } else {
                Terminal.print(StatusText(try client.report()).text)
            }
            return .ok
        } catch {
            throw StationCommands.unanswered(error)
        }
    }

    /// `station watch`
    static let watch = Command(
        "watch", "show passages as they happen",
        help: """
            usage: station watch [FILE] [--clear] [--all] [--json]

            One line a passage when it is decided, one more when a late read revises it, and one for a read without a
            vehicle, until Ctrl-C or the station's end. --all adds the line of its close, --json prints every line as
            JSON. Tags are shown by their system only; --clear shows numbers (they are personal data).
            Exit code 0: the station has stopped in order, 69: it does not answer, or has broken off.

            example: station watch --clear
            """,
        flags: ["--clear", "--all", "--json"], plain: 1
    ) { arguments in
        let client = try StationCommands.client(arguments)
        let isJSON = arguments.has("--json")
        let hasAll = isJSON || arguments.has("--all")
        if !isJSON { Terminal.print(WatchText.heading) }
        do {
            try client.watch(clear: arguments.has("--clear")) { line in
                if hasAll || line.moment != .closed { Terminal.print(isJSON ? line.json : WatchText(line).text) }
            }
            // With --json every line of the output is a passage.
            if isJSON { Terminal.complain(StationCommands.stopped) } else { Terminal.print(StationCommands.stopped) }
            return .ok
        } catch {
            throw StationCommands.unanswered(error)
        }
    }
}

extension StationCommands {
    /// The last line of a watch when the station stops in order.
    fileprivate static let stopped = "the station has stopped"

    /// The control socket of the station that runs with the configuration.
    static func client(_ arguments: Arguments) throws -> StationClient {
        StationClient(socket: try configuration(arguments).station.controlSocket)
    }

    /// What a person can do when the station does not answer.
    static func unanswered(_ error: any Error) -> CommandFailure {
        CommandFailure(.unavailable, "\(error) See: systemctl status bomstasjon")
    }
}
