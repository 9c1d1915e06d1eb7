import Exchange
import Lane

/// A small list that the tests of this folder share.
enum ListSamples {
    static let quarter: Int64 = 900_000
    /// 2026-01-31T12:00:00Z
    static let noon: Int64 = 1_769_860_800_000
    static let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"

    static let header = AgreementListHeader(
        name: "norway", version: ListVersion(epoch: 1, version: 7), issuedAt: UTC(milliseconds: noon),
        activeFrom: UTC(milliseconds: noon + 1), staleAfter: .days(3))

    /// Approved with dates, overdue, denied.
    static let rows: [(TagNumber, AgreementListEntry)] = [
        (Samples.printed, .denial),
        (number(0), .agreement(Agreement(.noticeOverdue))),
        (
            Samples.pan,
            .agreement(
                Agreement(
                    .approved, validFrom: UTC(milliseconds: noon), validUntil: UTC(milliseconds: noon + quarter)))
        ),
    ]

    /// A number of the printed system, ten digits.
    static func number(_ value: Int) -> TagNumber {
        let digits = String(value)
        return Samples.number(.printed, String(repeating: "0", count: 10 - digits.count) + digits)
    }

    static func built(
        _ rows: [(TagNumber, AgreementListEntry)] = rows, _ header: AgreementListHeader = header, by key: SigningKey
    ) throws -> AgreementListBuilder.Built {
        var builder = AgreementListBuilder()
        for (tag, entry) in rows { try builder.add(tag, entry) }
        return try builder.build(header, signedBy: key)
    }
}

/// A small generator of its own (SplitMix64), so that a run is repeated by its seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
