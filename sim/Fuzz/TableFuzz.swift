import Exchange
import Lane
import Station

/// A table of agreements, as `station list build` takes it.
enum TableFuzz {
    private struct Outcome: Equatable {
        var rows: [AgreementsCSV.Row] = []
        var faults: [AgreementsCSV.Fault] = []
        var leftOut = 0
    }

    /// As for the file of agreements: the same however it is read, bounded faults without numbers, rows that are the same again.
    static func read(table bytes: [UInt8]) throws {
        let outcome = try Cuts.indifferent(bytes, parse)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        try Finding.unless(outcome.rows.count + outcome.faults.count + outcome.leftOut <= lines, "more than lines")
        try Finding.unless(outcome.faults.count <= AgreementsCSV.mostFaults, "more faults than anybody reads")
        for fault in outcome.faults { try Wording.check("\(fault)", showsNumbers: false) }
        var text = "denial;class;until;from;status;number;system"
        var line = 1
        for row in outcome.rows {
            text += String(repeating: "\n", count: row.line - line) + written(row)
            line = row.line
        }
        try Finding.unless(
            try parse([Array(text.utf8)]) == Outcome(rows: outcome.rows), "a row written says something else")
    }

    private static func parse(_ pieces: [[UInt8]]) throws -> Outcome {
        var outcome = Outcome()
        var reader = AgreementsCSVReader(
            AgreementsCSV.Rules(luhn: [IssuerPrefix(text: "printed:20")].compactMap(\.self)))
        for piece in pieces { try reader.take(piece) { outcome.rows.append($0) } }
        try reader.finish { outcome.rows.append($0) }
        (outcome.faults, outcome.leftOut) = (reader.faults, reader.leftOut)
        return outcome
    }

    private static func written(_ row: AgreementsCSV.Row) -> String {
        let values: [String] =
            switch row.entry {
            case .denial: ["yes", "", "", "", ""]
            case .agreement(let agreement, let vehicle):
                [
                    "no", vehicle == .notSaid ? "" : "\(vehicle)", time(agreement.validUntil),
                    time(agreement.validFrom),
                    AgreementsCSV.statuses.first { $0.value == agreement.status }?.word ?? "",
                ]
            }
        let number = [row.tag.clear, IssuerPrefix.word(of: row.tag.system)]
        return (values + number).map { "\"\($0)\"" }.joined(separator: ";")
    }

    private static func time(_ moment: UTC?) -> String { moment.map { "\($0.text.prefix(16))Z" } ?? "" }
}
