import Peripherals

/// What a power cut leaves of what was not synced: by its seed all, nothing, a beginning, or any mixture.
package struct PowerCut {
    /// How much of it stays.
    package enum Style: CaseIterable, Hashable, Sendable {
        case losesAll
        case keepsAll
        /// Up to some change, as a disk does that writes in order; that one is torn.
        case keepsBeginning
        /// Each sector and each name by itself.
        case mixes
    }

    let style: Style
    private var chance: SmallGenerator
    private let keptOf100: UInt64

    package init(seed: UInt64, _ style: Style? = nil) {
        chance = SmallGenerator(seed: seed)
        let word = chance.next()
        self.style = style ?? Style.allCases[Int(word % UInt64(Style.allCases.count))]
        keptOf100 = [10, 50, 90][Int(chance.next() % 3)]
    }

    /// Up to which of so many changes all happened that has an order: names of files in a journalling file system, and sizes.
    mutating func beginning(of count: Int) -> Int {
        switch style {
        case .losesAll: 0
        case .keepsAll: count
        case .keepsBeginning, .mixes: Int(chance.next() % UInt64(count + 1))
        }
    }

    /// How many of these bytes of one sector, written by the change at that place, are on the medium.
    mutating func kept(of count: Int, place: Int, beginning: Int) -> Int {
        switch style {
        case .losesAll: 0
        case .keepsAll: count
        case .keepsBeginning: place < beginning ? count : place == beginning ? torn(count) : 0
        case .mixes: chance.next() % 8 == 0 ? torn(count) : keeps() ? count : 0
        }
    }

    /// Whether one change of names happened.
    mutating func keepsName(place: Int, beginning: Int) -> Bool {
        style == .mixes ? keeps() : place < beginning
    }

    /// Whether what is in memory alone is forgotten at once.
    mutating func evicts() -> Bool { chance.next() % 2 == 0 }

    private mutating func keeps() -> Bool { chance.next() % 100 < keptOf100 }

    private mutating func torn(_ count: Int) -> Int { Int(chance.next() % UInt64(count + 1)) }
}
