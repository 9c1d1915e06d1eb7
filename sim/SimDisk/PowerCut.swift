import Peripherals

/// What a power cut leaves of what was not synced: by its seed all, nothing, a beginning, or any mixture; or one state after the
/// other until all were seen.
package struct PowerCut: Sendable {
    /// How much of it stays.
    package enum Style: CaseIterable, Hashable, Sendable {
        case losesAll
        case keepsAll
        /// Up to some change, as a disk does that writes in order; that one is torn.
        case keepsBeginning
        /// Each sector and each name by itself.
        case mixes
    }

    /// Who decides what is left open.
    private enum Chooser {
        case chance(SmallGenerator)
        /// The first decisions, each with how many ways there were; those after them go the first way.
        case list([Int], taken: [(choice: Int, ways: Int)])
    }

    private let style: Style
    private var chooser: Chooser
    private var keptOf100 = 50

    package init(seed: UInt64, _ style: Style? = nil) {
        var chance = SmallGenerator(seed: seed)
        let word = chance.next()
        self.style = style ?? Style.allCases[Int(word % UInt64(Style.allCases.count))]
        keptOf100 = [10, 50, 90][Int(chance.next() % 3)]
        chooser = .chance(chance)
    }

    private init(choices: [Int]) {
        style = .mixes
        chooser = .list(choices, taken: [])
    }

    /// One power cut for each state that it can leave: every sector kept, lost or torn in its middle, every size, every name. For
    /// few changes only: each sector triples them.
    package static func forEachState(_ body: (inout PowerCut) throws -> Void) rethrows {
        var choices: [Int]? = []
        while let tried = choices {
            var cut = PowerCut(choices: tried)
            try body(&cut)
            choices = cut.nextChoices
        }
    }

    /// The last decision that has another way goes that way; nil when all states were seen.
    private var nextChoices: [Int]? {
        guard case .list(_, let taken) = chooser, let last = taken.lastIndex(where: { $0.choice + 1 < $0.ways })
        else { return nil }
        return taken[..<last].map(\.choice) + [taken[last].choice + 1]
    }

    /// One of so many ways.
    private mutating func choose(_ ways: Int) -> Int {
        switch chooser {
        case .chance(var chance):
            let choice = Int(chance.next() % UInt64(ways))
            chooser = .chance(chance)
            return choice
        case .list(let choices, var taken):
            let choice = taken.count < choices.count ? choices[taken.count] : 0
            taken.append((choice, ways))
            chooser = .list(choices, taken: taken)
            return choice
        }
    }

    private var isByChance: Bool {
        if case .chance = chooser { true } else { false }
    }

    /// Up to which of so many changes all happened that has an order: names of files in a journalling file system, and sizes.
    mutating func beginning(of count: Int) -> Int {
        switch style {
        case .losesAll: 0
        case .keepsAll: count
        case .keepsBeginning, .mixes: choose(count + 1)
        }
    }

    /// The same of names; where each is kept by itself there is no such point.
    mutating func beginning(ofNames count: Int) -> Int { style == .mixes ? 0 : beginning(of: count) }

    /// How many of these bytes of one sector, written by the change at that place, are on the medium.
    mutating func kept(of count: Int, place: Int, beginning: Int) -> Int {
        switch style {
        case .losesAll: 0
        case .keepsAll: count
        case .keepsBeginning: place < beginning ? count : place == beginning ? choose(count + 1) : 0
        case .mixes:
            if isByChance {
                choose(8) == 0 ? choose(count + 1) : keeps() ? count : 0
            } else {
                [0, count, count / 2][choose(3)]
            }
        }
    }

    /// Whether one change of names happened.
    mutating func keepsName(place: Int, beginning: Int) -> Bool {
        style == .mixes ? keeps() : place < beginning
    }

    /// Whether what is in memory alone is forgotten at once.
    mutating func evicts() -> Bool { choose(2) == 0 }

    private mutating func keeps() -> Bool { isByChance ? choose(100) < keptOf100 : choose(2) == 1 }
}
