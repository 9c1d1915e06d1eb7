import Lane

/// Whether what was measured over a long time is flat: from when retention is full, no larger in the second half than in the first.
struct SoakVerdict {
    /// Chance may make the second half so much larger: traffic is drawn, and faults fall where they fall.
    static let mostPercent = 20
    /// And what is counted in ones by so many.
    static let mostMore = 16
    /// Deletion comes by the hour, and waits for the central server and a good clock: faults keep either away for days.
    static let deletedWithinDays = 6

    /// What was measured, the most of each half.
    struct Row {
        let what: String
        let first: Int
        let second: Int

        var isFlat: Bool { second <= first + max(mostMore, first * mostPercent / 100) }
    }

    private(set) var rows: [Row] = []
    /// The oldest record that was ever found.
    private(set) var oldest = Interval.zero
    /// What is not as it should be, in words.
    private(set) var troubles: [String] = []

    /// - Parameter retention: in days.
    init(_ samples: [SoakSample], days: Int, retention: Int) {
        let full = retention + Self.deletedWithinDays
        let middle = full + (days - full) / 2
        let halves = [samples.filter { (full..<middle).contains($0.day) }, samples.filter { $0.day >= middle }]
        for half in halves where half.isEmpty { troubles.append("the station was never at rest in one of the halves") }
        for what in Set(samples.flatMap(\.sizes.keys)).sorted() {
            let most = halves.map { $0.compactMap { $0.sizes[what] }.max() ?? 0 }
            let row = Row(what: what, first: most[0], second: most[1])
            rows.append(row)
            if !row.isFlat { troubles.append("\(what): \(row.first) in the first half, \(row.second) in the second") }
        }
        oldest = samples.compactMap(\.oldest).max() ?? .zero
        if oldest > .days(Int64(full)) {
            troubles.append("a record was \(oldest.words) old, retention is \(retention) days")
        }
    }
}
