import Exchange
import Station

extension Command {
    static let rejected = Command(
        "rejected",
        "shows the records that were rejected, and why",
        help: """
            usage: central rejected [--folder DIR] [--station N] [--json]

            One line a record whose chain was whole and whose content could not be taken, in the order of its journal: station,
            journal, sequence, reason, bytes. It is kept as it came (central records), and the station has set it aside.

              head      it does not begin as a record does
              version   its format is of a later time: use the newer program
              station   it names another station than the one that delivered it
              journal   it names another journal than the one that it was in

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --station N    only this station
              --json         one JSON object a line

            example: central rejected --station 7
            """,
        flags: ["--json"], options: ["--station"]
    ) { arguments, folder, console in
        let archive = try archive(of: folder)
        let isJSON = arguments.has("--json")
        if !isJSON { console.line(RejectedRow.heading) }
        try archive.forEachRejected(of: try station(in: arguments)) { row in
            console.line(isJSON ? try json(row) : row.text)
        }
        return .ok
    }
}

/// A rejected record as `central rejected` shows it; with `--json` its members are the object's.
struct RejectedRow: Encodable, Hashable {
    let station: UInt32
    let journal: String
    let sequence: UInt64
    let reason: String
    /// Of the line as it came.
    let bytes: Int

    static let heading = line(["station", "journal", "sequence", "reason", "bytes"])

    var text: String { Self.line(["\(station)", journal, "\(sequence)", reason, "\(bytes)"]) }

    private static let widths = [9, 32, 8, 7]

    private static func line(_ cells: [String]) -> String {
        zip(cells, widths).map { $0.padded(to: $1) }.joined(separator: "  ") + "  " + (cells.last ?? "")
    }
}
