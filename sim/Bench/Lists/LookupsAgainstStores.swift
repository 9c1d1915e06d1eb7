import Devices
import Exchange
import Lane

/// `lookup-vs-lmdb`, `lookup-vs-sqlite` and `lookup-vs-dictionary`: the same tags, asked of other stores.
struct LookupsAgainstStores {
    private enum Side: CaseIterable {
        case list
        case store
    }

    /// How many tags are asked for at once where throughput counts.
    private static let batch = 64

    private let settings: BenchSettings
    private let list: AgreementList
    private let tags: BenchTags
    private let folder: String
    private var cache: CacheSweep

    init(_ settings: BenchSettings, _ file: ListFile, _ list: AgreementList, in folder: String) {
        (self.settings, self.list, tags, self.folder) = (settings, list, file.tags, folder)
        cache = CacheSweep(isQuick: settings.isQuick)
    }

    mutating func lmdb(_ count: Int) throws -> [BenchResult] {
        var store = try LMDBSide(folder: folder, room: LMDBSide.room(for: tags.count), tags.ascending)
        try store.beginReading()
        guard store.word(of: tags.listed(0).key) == tags.word(0) else { throw BenchError("lmdb forgets a key") }
        return try singles(
            "lookup-vs-lmdb", atLeast: 5, count,
            "LMDB, integer keys filled in order, one read-only transaction, no read-ahead"
        ) { store.word(of: $0.key) }
    }

    mutating func sqlite(_ count: Int) throws -> [BenchResult] {
        let store = try SQLiteSide(folder: folder, tags.ascending)
        try store.beginReading()
        guard try store.word(of: tags.listed(0).key) == tags.word(0) else { throw BenchError("SQLite forgets a key") }
        let results = try singles(
            "lookup-vs-sqlite", atLeast: 7, count,
            "SQLite, key as row number, file mapped, prepared, inside a transaction"
        ) { try store.word(of: $0.key) }
        try store.endReading()
        return results
    }

    mutating func dictionary(_ count: Int) -> [BenchResult] {
        var comparison = Comparison(
            "lookup-vs-dictionary", unit: "lookups/s", goal: .atLeast(3),
            note: """
                tags asked for \(Self.batch) at a time; other: Dictionary<UInt64, UInt64>, one after the other in a loop
                """)
        let dictionary = Dictionary(uniqueKeysWithValues: tags.ascending.lazy.map { ($0.key, $0.word) })
        var sum: UInt64 = 0
        for round in 0..<settings.rounds {
            let chosen = tags.chosen(count, seed: UInt64(round))
            let batches = stride(from: 0, to: count, by: Self.batch).map {
                Array(chosen[$0..<min($0 + Self.batch, count)])
            }
            var took: [Side: Interval] = [:]
            for side in Turns.order(Side.self, round) {
                cache.sweep()
                let start = MonotonicClock.now()
                switch side {
                case .list: sum &+= sumOfAnswers(batches)
                case .store: for tag in chosen { sum &+= dictionary[tag.key] ?? 0 }
                }
                took[side] = MonotonicClock.now() - start
            }
            guard let ours = took[.list], let other = took[.store] else { continue }
            comparison.rounds.append(.init(ours: Timed.rate(count, ours), other: Timed.rate(count, other)))
        }
        precondition(sum != 0, "what was found adds up to something")
        return [settings.result(comparison, agreements: tags.count)]
    }

    /// Lookups of listed tags, one at a time, by the middle of them.
    @inline(__always)
    private mutating func singles(
        _ name: String, atLeast goal: Double, _ count: Int, _ note: String, _ find: (TagNumber) throws -> UInt64?
    ) throws -> [BenchResult] {
        var comparison = Comparison(
            name, unit: "lookups/s", goal: .atLeast(goal), note: "one lookup, timed alone; other: \(note)")
        let list = list
        var sum: UInt64 = 0
        for round in 0..<settings.rounds {
            let chosen = tags.chosen(count, seed: UInt64(round))
            var rates: [Side: Double] = [:]
            for side in Turns.order(Side.self, round) {
                cache.sweep()
                let middle =
                    switch side {
                    case .list: Timed.each(of: count) { sum &+= UInt64(list.answer(for: chosen[$0]).weight) }.middle
                    case .store: try Timed.each(of: count) { sum &+= try find(chosen[$0]) ?? 0 }.middle
                    }
                rates[side] = 1_000_000_000 / max(1, middle)
            }
            guard let ours = rates[.list], let other = rates[.store] else { continue }
            comparison.rounds.append(.init(ours: ours, other: other))
        }
        precondition(sum != 0, "what was found adds up to something")
        return [settings.result(comparison, agreements: tags.count)]
    }

    private func sumOfAnswers(_ batches: [[TagNumber]]) -> UInt64 {
        var sum: UInt64 = 0
        var answers: [ListAnswer] = []
        for batch in batches {
            list.answers(for: batch, into: &answers)
            for answer in answers { sum &+= UInt64(answer.weight) }
        }
        return sum
    }
}
