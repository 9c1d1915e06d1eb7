import Lane

/// A replay's result for people: what differs first, then what they should know, and the sum of it in the last line.
struct ReplayText: Sendable {
    let result: ReplayResult

    /// More differences than these scroll away; `--json` has more.
    static let mostShown = 200

    var lines: [String] { table + notes + [sum] }

    private var table: [String] {
        guard !result.differences.isEmpty else { return [] }
        let shown = result.differences.prefix(Self.mostShown)
        let rows =
            [["sequence", "lane", "time", "what", "recorded", "derived", "why"]]
            + shown.map { difference in
                [
                    "\(difference.sequence)", difference.lane.map { "\($0)" } ?? "-", difference.time,
                    difference.what.rawValue, difference.recorded, difference.derived, difference.because,
                ]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let text = rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }
        let more = result.differenceCount - shown.count
        return text + (more > 0 ? ["… and \(more) more differences"] : []) + [""]
    }

    private var notes: [String] {
        var notes = result.journals.map {
            "  journal   \($0.journal) of station \($0.station), records \($0.first) to \($0.last)"
        }
        let chain = result.chainBreakCount
        notes.append("  chain     " + (chain == 0 ? "whole, checked digest by digest" : "BROKEN at \(chain) places"))
        notes += result.chainBreaks.map { "            \($0)" }
        let others = result.others.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        notes.append("  other     " + (others.isEmpty ? "no records of other types" : others.joined(separator: ", ")))
        if result.triggersLateAtMost > 0 {
            let late = (result.triggersLateAtMost + 999_999) / 1_000_000
            notes.append("  cameras   fired within \(late) ms of their moments")
        }
        if let passages = result.lanePassages {
            notes.append("  lanes     driven again, they made \(passages) passages")
        }
        notes += result.notDerived.sorted { $0.key < $1.key }.map { "  missing   \($0.key) (\($0.value))" }
        notes += result.remarks.map { "  note      \($0)" }
        return notes
    }

    private var sum: String {
        guard result.passages > 0 else { return "replay: no passage in it" + chainWords }
        let looked = "replay: \(result.passages) passages, \(result.reads) reads"
        var differing = "all equal"
        if result.differenceCount > 0 {
            let count = result.differenceCount
            differing =
                count == 1 ? "1 difference" : "\(count) differences in \(result.passagesDiffering) passages"
        }
        guard !result.notDerived.isEmpty else { return looked + " derived again; " + differing + chainWords }
        let missing =
            "\(result.passagesNotDerived) passages and \(result.readsNotDerived) reads COULD NOT BE DERIVED"
        return looked + "; " + (result.differenceCount > 0 ? differing + "; " : "") + missing + chainWords
    }

    private var chainWords: String { result.chainBreakCount > 0 ? "; the chain is broken" : "" }
}
