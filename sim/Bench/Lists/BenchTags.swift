import Exchange
import Lane
import Peripherals

/// The agreements of the list benchmarks: each tag and its entry follow from a place, 0 and up.
struct BenchTags: Sendable {
    /// How many agreements there are.
    let count: Int

    /// A dozen issuers share them, so that keys cluster as they do in life.
    private static let issuers: UInt64 = 12
    /// The issuers' identifiers, the first six digits of a PAN of 19, follow each other.
    private static let firstIssuer: UInt64 = 957_801
    private static let numbersOfIssuer: UInt64 = 10_000_000_000_000
    /// The tags of an issuer lie so far apart; those between are nobody's.
    private static let step: UInt64 = 3
    /// Quarters of an hour over which the ends of validity are spread: about ten years.
    private static let quarters: UInt64 = 350_000
    private static let firstEnd: Int64 = 1_800_000_000_000
    private static let quarter: Int64 = 900_000

    /// The tag at a place of the list.
    func listed(_ place: Int) -> TagNumber { number(place, offset: 0) }

    /// A tag that is on no list, next to one that is.
    func unlisted(_ place: Int) -> TagNumber { number(place, offset: 1) }

    /// What the list says of the tag at a place. Each ends at its own time, so that an answer cannot be guessed.
    func entry(_ place: Int) -> AgreementListEntry {
        let chance = UInt64(place) &* 0x9E37_79B9_7F4A_7C15
        guard chance >> 54 != 0 else { return .denial }
        let end = UTC(milliseconds: Self.firstEnd + Int64((chance >> 24) % Self.quarters) * Self.quarter)
        return .agreement(Agreement(chance >> 59 == 1 ? .noticeOverdue : .approved, validUntil: end))
    }

    /// All places, each once, in an order that is no order of the keys.
    func scattered(_ turn: Int) -> Int { Int(UInt64(turn) &* Self.prime % UInt64(count)) }

    /// All tags with a word each, in ascending order of their keys: what other stores are filled with.
    var ascending: some Swift.Sequence<(key: UInt64, word: UInt64)> {
        (0..<Int(Self.issuers)).lazy.flatMap { issuer in
            stride(from: issuer, to: count, by: Int(Self.issuers)).lazy.map { place in
                (listed(place).key, word(place))
            }
        }
    }

    /// What other stores hold for a tag.
    func word(_ place: Int) -> UInt64 { UInt64(place) &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// Tags in random order; none twice, or seldom.
    func chosen(_ number: Int, seed: UInt64, listed isListed: Bool = true) -> [TagNumber] {
        var chance = SmallGenerator(seed: seed)
        return (0..<number).map { _ in
            let place = Int(chance.next().multipliedFullWidth(by: UInt64(count)).high)
            return isListed ? listed(place) : unlisted(place)
        }
    }

    /// Above every count and no multiple of one, so that no place comes twice.
    private static let prime: UInt64 = 2_654_435_761

    private func number(_ place: Int, offset: UInt64) -> TagNumber {
        let (ofIssuer, issuer) = UInt64(place).quotientAndRemainder(dividingBy: Self.issuers)
        let value = (Self.firstIssuer + issuer) * Self.numbersOfIssuer + ofIssuer * Self.step + offset
        guard let tag = TagNumber(.pan, value: value, digits: 19) else {
            preconditionFailure("the number has nineteen digits")
        }
        return tag
    }
}
