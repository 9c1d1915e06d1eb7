import Lane

/// What is counted of a station's year; the year of the fleet is their sum.
struct FleetTotals: Hashable, Sendable {
    /// Vehicles that drove through.
    var vehicles = 0
    /// Leading and trailing edges.
    var edges = 0
    /// Reads that came to the station.
    var reads = 0
    /// Timers that went off.
    var wakes = 0
    /// Passages that were closed.
    var passages = 0
    /// Of them with a tag that was read.
    var tagged = 0
    /// Decisions that a late read revised.
    var late = 0
    /// Reads without a vehicle.
    var strays = 0
    /// Tags that were looked up.
    var lookups = 0
    /// Records, and the bytes of their bodies.
    var records = 0
    var bytes = 0
    /// Passages with each flag, in the order of `Passage.Flags.words`.
    var flags = Array(repeating: 0, count: Passage.Flags.words.count)
    /// Passages by outcome, by its raw value.
    var outcomes = Array(repeating: 0, count: Outcome.allCases.count)

    /// What the station hears of, its own timers included.
    var events: Int { edges + reads + wakes }

    /// Passages with a flag.
    func count(_ flag: Passage.Flags) -> Int {
        zip(Passage.Flags.words, flags).first { $0.0.0 == flag }?.1 ?? 0
    }

    /// Passages with any flag, each flag by itself.
    var flagged: Int { flags.reduce(0, +) }

    /// Counts a closed passage.
    mutating func add(_ passage: Passage) {
        passages += 1
        if passage.decision.tag != nil { tagged += 1 }
        outcomes[Int(passage.decision.outcome.rawValue)] += 1
        guard !passage.flags.isEmpty else { return }
        var rest = passage.flags.rawValue
        while rest != 0 {
            flags[rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
    }

    static func + (a: FleetTotals, b: FleetTotals) -> FleetTotals {
        var sum = a
        for number in [
            \FleetTotals.vehicles, \.edges, \.reads, \.wakes, \.passages, \.tagged, \.late, \.strays, \.lookups,
            \.records, \.bytes,
        ] {
            sum[keyPath: number] += b[keyPath: number]
        }
        for place in sum.flags.indices { sum.flags[place] += b.flags[place] }
        for place in sum.outcomes.indices { sum.outcomes[place] += b.outcomes[place] }
        return sum
    }

    /// What a year that is worth its name has; the names of those that are zero.
    var missing: [String] {
        [
            ("edges", edges), ("reads", reads), ("wakes", wakes), ("passages", passages), ("flags", flagged),
            ("late reads", late), ("stray reads", strays), ("second tags", count(.secondTag)),
        ].filter { $0.1 == 0 }.map(\.0)
    }
}
