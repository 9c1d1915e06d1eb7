import Exchange
import FoundationEssentials
import Lane
import Station

extension Command {
    /// `lanesim replay`
    static let replay = Command(
        "replay", "derive every decision of an exported journal again, and show what differs",
        help: """
            usage: lanesim replay FILE --configuration FILE [--list FILE …] [--lane] [--clear] [--json]

            FILE is what station journal export printed. Each read is judged again by the list that its record names, each
            passage is decided again from its reads, and the outcome, codes, tag, flags, photos and the moments of its
            cameras are held against the record. The chain is checked first, digest by digest; where it is broken, that
            is said, and the rest is derived all the same. Whatever could not be derived is counted apart.

              --configuration FILE   the station's configuration; its keys must have signed the lists
              --list FILE            a list that was in force; as often as there were lists
              --lane                 drive all reads and edges through fresh lanes too: what this program's lane would have done
              --clear                tag numbers in clear; without it only their system and length
              --json                 one JSON object

            Exit code 0: every decision was derived, and all are equal. 1: something differs, could not be derived, or the
            chain is broken. 65: a line is no record, or a list is refused. 66: a file is missing.

            example: lanesim replay records.ndjson --configuration station.conf --list agreements.list
            """,
        flags: ["--lane", "--clear", "--json"], options: ["--configuration", "--list"], plain: 1
    ) { arguments, console in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name the exported journal") }
        guard let file = arguments["--configuration"] else {
            throw Arguments.UsageError("--configuration FILE is missing")
        }
        let configuration = try StationConfiguration.load(file).orFailure()
        let lists = try ReplayLists(arguments.all("--list"), trusting: configuration.central?.publicKeys ?? [])
        var replay = JournalReplay(configuration, lists, isClear: arguments.has("--clear"))
        let result = try replay.run(path, drivesLanes: arguments.has("--lane"))
        if arguments.has("--json") {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            console.line(String(decoding: try encoder.encode(result), as: UTF8.self))
        } else {
            for line in ReplayText(result: result).lines { console.line(line) }
        }
        return result.isAllEqual ? .ok : .failed
    }
}

extension Result where Success == StationConfiguration, Failure == ConfigurationErrors {
    /// The configuration; what is wrong with its file is the command's failure.
    fileprivate func orFailure() throws -> StationConfiguration {
        switch self {
        case .success(let configuration): return configuration
        case .failure(let errors):
            throw CommandFailure(errors.isUnread ? .noInput : .configuration, "\(errors)")
        }
    }
}
