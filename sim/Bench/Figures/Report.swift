import FoundationEssentials
import Storage

/// What the benchmarks came to, as people and programs read it.
struct Report {
    let results: [BenchResult]

    /// The table, one row a result.
    var table: String {
        let heads = ["name", "ours", "other", "unit", "ratio", "quartiles", "goal", "rounds", "noisy"]
        let rows = [heads] + results.map(Self.row)
        let widths = heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
                .joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private static func row(_ result: BenchResult) -> [String] {
        let goal = result.goal.map { "\($0), \(result.isReached == true ? "reached" : "missed")" }
        return [
            result.name, "\(result.ours)", "\(result.other)", result.unit, "\(result.ratio)",
            "\(result.spread.lower) to \(result.spread.upper)", goal ?? "–", "\(result.rounds)",
            result.noisyRounds.map { "\($0)" } ?? "–",
        ]
    }

    /// Writes the results as an array of objects.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let file = try DurableFile(replacing: path, mode: 0o644)
        try file.write(Array(try encoder.encode(results)) + [0x0A])
        try file.commit()
    }
}
