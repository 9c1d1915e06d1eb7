import Lane
import Station

/// How often each kind of fault, each degraded mode and each way of recovery was reached.
struct SwarmTable: Sendable {
    /// A row that was reached less often proves little.
    static let least = 100
    /// From so many station-days on each row has to reach `least`: 1 000 stations of 30 days.
    static let holdsFrom = 30_000

    /// What a row is about.
    enum Kind: String, CaseIterable, Hashable, Sendable {
        case fault = "faults"
        case mode = "degraded modes"
        case recovery = "ways of recovery"
    }

    /// The rows of each kind, in their order.
    static let rows: [(kind: Kind, names: [String])] = [
        (.fault, faults), (.mode, Alarm.allCases.map(\.rawValue)), (.recovery, Recovery.allCases.map(\.rawValue)),
    ]

    /// In the words of people, as the kinds of the swarm have them.
    private static let faults: [String] = {
        var chance = Chance(seed: 1, of: "table")
        let devices = SwarmFaults.Devices(readers: [""], detectors: [""], cameras: [""])
        // A kind may draw one of several deeds.
        return SwarmFaults.kinds.flatMap { kind in (0..<32).compactMap { _ in kind.deed(&chance, devices)?.words } }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }()

    private(set) var counts: [Kind: [String: Int]] = [:]

    init() {}

    /// What one run reached.
    init(_ scenario: Scenario, _ observation: Observation) {
        for fault in scenario.faults { add(.fault, fault.deed.words) }
        for line in observation.log where line.entry.event == "alarm.set" {
            if let alarm = line.entry["alarm"] { add(.mode, alarm) }
        }
        for (recovery, count) in Recovery.counts(of: observation) { add(.recovery, recovery.rawValue, count) }
    }

    subscript(kind: Kind, name: String) -> Int { counts[kind]?[name] ?? 0 }

    private mutating func add(_ kind: Kind, _ name: String, _ count: Int = 1) {
        counts[kind, default: [:]][name, default: 0] += count
    }

    mutating func add(_ other: SwarmTable) {
        for (kind, names) in other.counts {
            for (name, count) in names { add(kind, name, count) }
        }
    }

    /// Rows that were reached too seldom, in words.
    var tooFew: [String] {
        Self.rows.flatMap { row in
            row.names.filter { self[row.kind, $0] < Self.least }.map { "\($0) (\(self[row.kind, $0]))" }
        }
    }
}

extension LogEntry {
    /// A field's value; nil: it has none of this name.
    subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}
