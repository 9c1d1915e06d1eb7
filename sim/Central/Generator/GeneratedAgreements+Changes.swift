import Exchange
import Lane

/// Changes of a generated list: a seed, a version and a list give always the same ones, and each of them changes something.
extension GeneratedAgreements {
    /// One thing that a change says.
    package struct Operation: Hashable, Sendable {
        /// Which agreement it is about.
        package let index: Int
        package let number: TagNumber
        /// What it says of it; nil: the number is removed.
        package let sample: Sample?
    }

    /// Another standing is tried this often; half of them differ from any that stands there.
    private static let mostTries: UInt64 = 64

    /// What the change to a version says, one operation after the other: seven of ten change an agreement of the list, two are new ones,
    /// one removes an agreement; what was removed before comes back. No two meet one number where the list has more agreements than the
    /// change has operations.
    ///
    /// - Parameters:
    ///   - entries: how many agreements the list had in the beginning.
    ///   - listed: what the version before says of an agreement; nil: nothing.
    package func operation(
        _ place: Int, of operations: Int, to version: UInt32, entries: Int,
        listed: (_ index: Int, _ number: TagNumber) -> AgreementListEntry?
    ) -> Operation {
        let chance = Self.mixed(seed, UInt64(version) << 32 | UInt64(place), 2)
        let isNew = [1, 2].contains(chance % 10)
        let index =
            isNew
            ? (entries + Int(version) * operations + place) % Self.mostIndex
            : known(place, version, of: max(entries, 1))
        let number = number(index)
        let entry = listed(index, number)
        if chance % 10 == 0, entry != nil { return Operation(index: index, number: number, sample: nil) }
        if isNew, self[index].listEntry != entry {
            return Operation(index: index, number: number, sample: self[index])
        }
        for attempt in 0..<Self.mostTries {
            let sample = sample(index, chance: Self.mixed(chance &+ attempt, UInt64(version), 3))
            if sample.listEntry != entry { return Operation(index: index, number: number, sample: sample) }
        }
        let standing: Standing = entry == .denial ? .approved : .denied
        let sample = Sample(number: number, standing: standing, from: nil, until: nil)
        return Operation(index: index, number: number, sample: sample)
    }

    /// Some agreement of the list, for each place of a change another one: steps that have no divisor in common with their number.
    private func known(_ place: Int, _ version: UInt32, of entries: Int) -> Int {
        let chance = Self.mixed(seed, UInt64(version), 6)
        var step = 1 + Int(chance % UInt64(entries))
        while !Self.shareNothing(step, entries) { step += 1 }
        return (Int(chance >> 32) % entries + place * step) % entries
    }

    private static func shareNothing(_ a: Int, _ b: Int) -> Bool {
        var (a, b) = (a, b)
        while b != 0 { (a, b) = (b, a % b) }
        return a == 1
    }
}
