import Exchange
import Lane

/// The agreements of the fleet's world, and the numbers of its tags: all of them follow from a place on the list.
struct FleetTags: Sendable {
    /// How many tags there are agreements for, `fewest` or more.
    let count: UInt64

    /// One for each issuer.
    static let fewest = 12

    /// A dozen issuers share them, so that keys cluster as they do in life.
    private static let issuers: UInt64 = 12
    /// The first of an issuer's numbers, and how many it has.
    private static let firstNumber: UInt64 = 1_000_000_000
    private static let numbersOfIssuer: UInt64 = 100_000_000
    /// Numbers between two tags of an issuer that are given out; the next number after a tag's own is nobody's.
    private static let step: UInt64 = 17

    /// The tag at a place of the list.
    func listed(_ place: UInt64) -> TagNumber { number(place, offset: 0) }

    /// A tag that is on no list, next to one that is.
    func unlisted(_ place: UInt64) -> TagNumber { number(place, offset: 1) }

    /// One place of the list, from 64 random bits.
    func place(_ bits: UInt64) -> UInt64 { bits.multipliedFullWidth(by: count).high }

    /// What the list says of the tag at a place: most are approved. Assumption: 5 % low, 3 % overdue, 1 % blocked, 0.5 % no longer
    /// and 0.3 % not yet valid, 0.2 % denied.
    func entry(_ place: UInt64) -> AgreementListEntry {
        switch ((place &* 0x9E37_79B9_7F4A_7C15) >> 32) % 1_000 {
        case 0..<900: .agreement(Agreement(.approved))
        case 900..<950: .agreement(Agreement(.noticePrepaidLow))
        case 950..<980: .agreement(Agreement(.noticeOverdue))
        case 980..<990: .agreement(Agreement(.blocked))
        case 990..<995: .agreement(Agreement(.approved, validUntil: FleetYear.start))
        case 995..<998: .agreement(Agreement(.approved, validFrom: FleetYear.start.plus(days: 4_000)))
        default: .denial
        }
    }

    /// The signed list of all of them.
    func list() throws -> AgreementList {
        var builder = AgreementListBuilder()
        for place in 0..<count { try builder.add(listed(place), entry(place)) }
        // Nothing of the key reaches a record.
        let key = SigningKey.generate()
        let header = AgreementListHeader(
            name: FleetYear.listName, version: ListVersion(epoch: 1, version: 1), issuedAt: FleetYear.start,
            staleAfter: .days(3_650))
        return try AgreementList(bytes: builder.build(header, signedBy: key).bytes, trusting: [key.publicKey])
    }

    private func number(_ place: UInt64, offset: UInt64) -> TagNumber {
        let (ofIssuer, issuer) = place.quotientAndRemainder(dividingBy: Self.issuers)
        let value = Self.firstNumber + issuer * Self.numbersOfIssuer + ofIssuer * Self.step + offset
        guard let tag = TagNumber(.printed, value: value, digits: 10) else {
            preconditionFailure("the number has ten digits")
        }
        return tag
    }
}
