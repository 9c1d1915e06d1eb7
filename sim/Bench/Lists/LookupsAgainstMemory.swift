import Devices
import Exchange
import Lane

/// `lookup-vs-memory` and `lookup-chain-vs-memory`: lookups, and loads from as much memory.
struct LookupsAgainstMemory: ~Copyable {
    private enum Single: CaseIterable {
        case hit
        case miss
        case load
    }

    private enum Chain: CaseIterable {
        case lookups
        case loads
    }

    private let settings: BenchSettings
    private let list: AgreementList
    private let tags: BenchTags
    private let pages: String
    private var walk: MemoryWalk
    private var cache: CacheSweep
    /// What was read, so that no reading is left out.
    private var rest = 0

    init(_ settings: BenchSettings, _ file: ListFile, _ list: AgreementList, in folder: String) throws {
        (self.settings, self.list, tags) = (settings, list, file.tags)
        cache = CacheSweep(isQuick: settings.isQuick)
        let walk = try MemoryWalk(bytes: try file.bytes, in: folder)
        rest = walk.warm()
        pages = "\(try PageKind.note(of: file.path)) and \(try PageKind.note(of: walk.path))"
        self.walk = walk
    }

    mutating func singles(_ count: Int) -> [BenchResult] {
        var hit = Comparison(
            "lookup-vs-memory", unit: "ns", goal: .atMost(isLarge ? 1.4 : 1.15),
            note: """
                one lookup, timed alone; other: a load, its place told by the load before; pages of list and memory: \(pages)
                """)
        var alone = Comparison(
            "lookup-vs-memory alone", unit: "ns", goal: nil,
            note: "one lookup, timed alone; other: one load, timed alone")
        var miss = Comparison(
            "lookup-vs-memory misses", unit: "ns", goal: .atMost(1.05),
            note: "one lookup of a tag that is on no list; other: of one that is on it")
        for round in 0..<settings.rounds {
            var times: [Single: Double] = [:]
            for side in Turns.order(Single.self, round) {
                let chosen = side == .load ? [] : tags.chosen(count, seed: UInt64(round), listed: side == .hit)
                cache.sweep()
                times[side] = nanoseconds(side, count, chosen)
            }
            cache.sweep()
            let dependent = chainOfLoads(count)
            guard let one = times[.hit], let none = times[.miss], let load = times[.load] else { continue }
            hit.rounds.append(.init(ours: one, other: dependent))
            alone.rounds.append(.init(ours: one, other: load))
            miss.rounds.append(.init(ours: none, other: one))
        }
        return [hit, alone, miss].map { settings.result($0, agreements: tags.count) }
    }

    mutating func chains(_ count: Int) -> [BenchResult] {
        var chain = Comparison(
            "lookup-chain-vs-memory", unit: "ns", goal: .atMost(isLarge ? 1.4 : 1.35),
            note: """
                lookups, the tag of each told by the answer before; other: loads, the place of each told by the load before; \
                pages of list and memory: \(pages)
                """)
        for round in 0..<settings.rounds {
            var times: [Chain: Double] = [:]
            for side in Turns.order(Chain.self, round) {
                let chosen = side == .lookups ? tags.chosen(2 * count, seed: ~UInt64(round)) : []
                cache.sweep()
                times[side] = side == .lookups ? chainOfLookups(count, chosen) : chainOfLoads(count)
            }
            guard let lookups = times[.lookups], let loads = times[.loads] else { continue }
            chain.rounds.append(.init(ours: lookups, other: loads))
        }
        return [settings.result(chain, agreements: tags.count)]
    }

    private var isLarge: Bool { tags.count > BenchSettings.agreementsByDefault }

    /// The middle of so many.
    private mutating func nanoseconds(_ side: Single, _ count: Int, _ tags: [TagNumber]) -> Double {
        let list = list
        var sum = 0
        let middle =
            switch side {
            case .hit, .miss: Timed.each(of: count) { sum &+= list.answer(for: tags[$0]).weight }.middle
            case .load: Timed.each(of: count) { _ in sum &+= walk.step() }.middle
            }
        rest &+= sum
        return max(1, middle)
    }

    /// Which tag is next, the one behind or the one behind that, depends on the answer.
    private mutating func chainOfLookups(_ count: Int, _ tags: [TagNumber]) -> Double {
        let list = list
        var place = 0
        let start = MonotonicClock.now()
        for _ in 0..<count { place += list.answer(for: tags[place]).weight & 1 + 1 }
        let took = MonotonicClock.now() - start
        rest &+= place
        return Double(took.nanoseconds) / Double(count)
    }

    private mutating func chainOfLoads(_ count: Int) -> Double {
        var sum = 0
        let start = MonotonicClock.now()
        for _ in 0..<count { sum = walk.step() }
        let took = MonotonicClock.now() - start
        rest &+= sum
        return Double(took.nanoseconds) / Double(count)
    }

    deinit { precondition(rest != 0, "what was read adds up to something") }
}

extension ListAnswer {
    /// A number that nobody knows before the answer has come.
    @inline(__always)
    var weight: Int {
        guard case .entry(let agreement, _) = self else { return 1 }
        return Int((agreement.validUntil?.milliseconds ?? 0) / 900_000)
    }
}
