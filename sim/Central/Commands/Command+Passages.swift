import FoundationEssentials
import Lane
import Station
import Storage

extension Command {
    static let passages = Command(
        "passages",
        "shows the passages that stations have delivered",
        help: """
            usage: central passages [--folder DIR] [--station N] [--json] [--clear]

            One line a passage, in the order of its journal: station, sequence, lane, time, outcome, result codes
            (ResultOp and ResultFin of ISO 14906), tag, photos that have come of those that are due, flags. The server may be running.

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --station N    only this station
              --json         one JSON object a line
              --clear        tag numbers in clear; without it only their system and length

            example: central passages --station 7
            """,
        flags: ["--json", "--clear"], options: ["--station"]
    ) { arguments, folder, console in
        let station = try station(in: arguments)
        let isClear = arguments.has("--clear")
        let archive = try archive(of: folder)
        if arguments.has("--json") {
            try archive.forEachPassage(of: station) { passage in
                console.line(try json(PassageRow(passage, clear: isClear)))
            }
            return .ok
        }
        console.line(PassageRow.heading)
        try archive.forEachPassage(of: station) { console.line(PassageRow($0, clear: isClear).text) }
        for journal in try archive.summaries() where station == nil || journal.journal.station == station {
            let counts = "\(journal.passages) passages, \(journal.photos) photos, \(journal.rejected) rejected"
            console.line("\(journal.journal): \(journal.contiguous.number) records, \(counts)")
            for lost in journal.lost { console.line("\(journal.journal): \(lost)") }
        }
        return .ok
    }

    static let photos = Command(
        "photos",
        "shows the photos that have come, and where they are",
        help: """
            usage: central photos [--folder DIR] [--station N] [--json]

            One line a photo: station, sequence, lane and time of its passage, camera, number, bytes, and the file. With
            --json its path counts from the folder on.

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --station N    only this station
              --json         one JSON object a line

            example: central photos --folder /srv/central
            """,
        flags: ["--json"], options: ["--station"]
    ) { arguments, folder, console in
        let archive = try archive(of: folder)
        let isJSON = arguments.has("--json")
        if !isJSON { console.line(PhotoRow.heading) }
        try archive.forEachPassage(of: try station(in: arguments)) { passage in
            for photo in passage.photos {
                let row = PhotoRow(photo, of: passage, in: folder)
                console.line(isJSON ? try json(row) : row.text)
            }
        }
        return .ok
    }

    static let records = Command(
        "records",
        "prints the records that stations have delivered, as they came",
        help: """
            usage: central records [--folder DIR] [--station N]

            One line a record, {"digest":…,"body":…}, in the order of its journal: the same lines as station journal export
            prints. Each digest is BLAKE2b-256 over the digest before it (64 zeros before the first) and the body. Records
            hold tag numbers: they are personal data.

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --station N    only this station

            example: central records --station 7 > records.ndjson
            """,
        options: ["--station"]
    ) { arguments, folder, console in
        try archive(of: folder).forEachRecord(of: try station(in: arguments)) { line in
            console.line(String(decoding: line, as: UTF8.self))
        }
        return .ok
    }

    /// What the folder's server has.
    static func archive(of folder: CentralFolder) throws -> CentralArchive {
        guard FileStamp(of: folder.database) != nil else {
            throw CommandFailure(
                .noInput, "\(folder.path) holds no passages; start central serve there, or name another --folder")
        }
        return try CentralArchive(folder: folder)
    }

    /// The station that is asked for; nil: all.
    static func station(in arguments: Arguments) throws -> StationID? {
        guard let text = arguments["--station"] else { return nil }
        guard let number = UInt32(text) else { throw Arguments.UsageError("--station takes a station's number") }
        return StationID(number)
    }

    /// One line of JSON.
    static func json(_ row: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(row), as: UTF8.self)
    }
}
