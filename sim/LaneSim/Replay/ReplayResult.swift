import Lane

/// What came out of deriving a journal again; with `--json` its members are the object's.
struct ReplayResult: Encodable, Sendable {
    /// One journal, or the part of it that was exported.
    struct Journal: Encodable, Hashable, Sendable {
        let station: UInt32
        let journal: String
        let first: UInt64
        let last: UInt64
    }

    /// More differences than these are counted only: nobody reads them, and a wrong list makes one of every passage.
    static let mostDifferences = 10_000

    var records = 0
    var passages = 0
    /// Reads of passages and stray reads.
    var reads = 0
    var passagesEqual = 0
    var passagesDiffering = 0
    /// Passages and stray reads of which something could not be derived, and nothing differs.
    var passagesNotDerived = 0
    var readsNotDerived = 0
    /// Why, each with how often.
    var notDerived: [String: Int] = [:]
    var differenceCount = 0
    var differences: [ReplayDifference] = []
    /// Records of the other types, by type: they hold no decision.
    var others: [String: Int] = [:]
    var journals: [Journal] = []
    var chainBreaks: [String] = []
    var chainBreakCount = 0
    /// How long after its moment a camera fired, at the most, in nanoseconds.
    var triggersLateAtMost: Int64 = 0
    /// What a reader should know beside it: another configuration, a chain whose beginning is not here.
    var remarks: [String] = []
    /// Passages that a fresh lane makes of the journal's reads and edges; nil without `--lane`.
    var lanePassages: Int?

    /// Whether every decision was derived, every one is equal, and the chain is whole.
    var isAllEqual: Bool { differenceCount == 0 && notDerived.isEmpty && chainBreakCount == 0 }

    mutating func add(_ found: [ReplayDifference]) {
        differenceCount += found.count
        differences += found.prefix(max(0, Self.mostDifferences - differences.count))
    }

    mutating func add(missing: [String]) {
        for reason in missing { notDerived[reason, default: 0] += 1 }
    }
}
