import FoundationEssentials

extension Command {
    /// Rows that `station journal list` shows unless somebody asks for others.
    private static let rowsShown: UInt64 = 50

    /// `station journal list`
    static let journalList = Command(
        "journal list", "show what is in the journal, a line for each record",
        help: """
            usage: station journal list [FILE] [--from N] [--to N] [--type TYPE] [--journal PATH] [--clear] [--json]

            One line a record: number, how far it has come (open: it may still change; sealed; delivered; rejected by central), time in UTC,
            type, lane, outcome or event, tag, photos taken of those that are due, flags. The last \(rowsShown) unless --from or --to is
            given. The station may run.

              --from N, --to N   only these records
              --type TYPE        only these: passage, event, strayRead, replayedRead, gap
              --clear            tag numbers in clear; without it only their system and length
              --json             one JSON object a line
            \(JournalSource.help)

            example: station journal list --from 100 --type passage
            """,
        flags: ["--clear", "--json"], options: JournalSource.options.union(["--from", "--to", "--type"]), plain: 1
    ) { arguments, console in
        let from = try number(arguments, "--from")
        let to = try number(arguments, "--to")
        let walk = try JournalWalk(try JournalSource(arguments))
        let last = walk.extent.sealedUpTo.number + UInt64(walk.extent.open)
        let tail = last > rowsShown ? last - rowsShown + 1 : 1
        let first = from ?? (to == nil ? tail : 1)
        let end = to ?? .max
        guard first <= end else { throw Arguments.UsageError("--from is above --to") }
        let isJSON = arguments.has("--json")
        if !isJSON { console.line(JournalRow.heading) }
        try walk.forEach(first...end) { found in
            let row = JournalRow(found.sequence, found.state, body: found.body, clear: arguments.has("--clear"))
            if let type = arguments["--type"], row.type != type { return }
            console.line(isJSON ? try line(row) : row.text)
        }
        return .ok
    }

    private static func number(_ arguments: Arguments, _ option: String) throws(Arguments.UsageError) -> UInt64? {
        guard let text = arguments[option] else { return nil }
        guard let number = UInt64(text), number > 0 else {
            throw Arguments.UsageError("\(option) takes a record's number, 1 or more")
        }
        return number
    }

    private static func line(_ row: JournalRow) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(row), as: UTF8.self)
    }
}
