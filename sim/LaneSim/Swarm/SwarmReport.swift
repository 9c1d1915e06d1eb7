import FoundationEssentials
import Lane

/// A swarm for people.
enum SwarmReport {
    /// A line for each violation of a run, and the command that repeats it.
    static func lines(of run: SwarmRun) -> [String] {
        guard !run.violations.isEmpty else { return [] }
        return run.violations.map { violation in
            let at = violation.at.map { " at \(moment($0))" } ?? ""
            return "seed \(run.seed): \(violation.invariant.rawValue)\(at): \(violation.words)"
        } + ["seed \(run.seed): again: \(run.again)"]
    }

    /// How often what was reached, then the last line.
    static func lines(of result: SwarmResult) -> [String] {
        var lines: [String] = []
        for row in SwarmTable.rows {
            lines.append(row.kind.rawValue)
            for name in row.names {
                let count = "\(result.table[row.kind, name])"
                lines.append("  " + name + String(repeating: " ", count: max(1, 56 - name.count - count.count)) + count)
            }
        }
        return lines + ["digest \(result.digest.hex)", result.line]
    }

    /// `3 d 04:05:06.789` from the first moment on.
    static func moment(_ interval: Interval) -> String {
        let all = max(0, interval.milliseconds)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (seconds, milliseconds) = all.quotientAndRemainder(dividingBy: 1_000)
        let rest = String("\(1_000 + milliseconds)".dropFirst())
        return
            "\(seconds / 86_400) d \(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(rest)"
    }
}

/// A swarm for programs: what `--json` prints at its end.
struct SwarmAnswer: Encodable {
    let seeds: Int
    let firstSeed: UInt64
    let stationDays: Int
    let passages: Int
    let crashes: Int
    let faults: Int
    let violations: Int
    let digest: String
    /// Counts by kind and name.
    let table: [String: [String: Int]]
    /// Rows that were reached too seldom.
    let tooFew: [String]

    init(_ result: SwarmResult, _ settings: SwarmSettings) {
        (seeds, firstSeed, stationDays) = (result.seeds, settings.first, result.stationDays)
        (passages, crashes, faults) = (result.passages, result.crashes, result.faults)
        violations = result.violations
        digest = result.digest.hex
        table = Dictionary(
            uniqueKeysWithValues: SwarmTable.rows.map { row in
                let counts = row.names.map { ($0, result.table[row.kind, $0]) }
                return (row.kind.rawValue, Dictionary(uniqueKeysWithValues: counts))
            })
        tooFew = result.tooFew
    }

    /// One object on one line.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
