import Lane

/// What one entry of a list file holds beside its key: the second of its two 64-bit words.
///
///     bit  63          40 39          16 15   12 11    8 7        0
///         ┌──────────────┬──────────────┬───────┬───────┬──────────┐
///         │ until        │ from         │ class │ flags │ status   │
///         └──────────────┴──────────────┴───────┴───────┴──────────┘
///     status   1 approved, 2 prepaid low, 3 overdue, 4 blocked; 0 in a denial
///     flags    bit 8: denial; all others are zero
///     class    of the vehicle: 0 not said, 1 light, 2 heavy; 0 in a denial
///     from     quarters of an hour since 2000-01-01T00:00Z; 0: always has been valid
///     until    the same, the first quarter in which it no longer holds; 0xFFFFFF: no end (the count ends in the year 2478)
///
/// `from` is rounded down and `until` up to a quarter, in the customer's favour.
package enum AgreementListEntry: Hashable, Sendable {
    /// A denial: it beats every approval, and has no dates.
    case denial
    case agreement(Agreement, VehicleClass = .notSaid)

    /// The class of vehicle that an agreement is for. A station passes it on and decides nothing by it.
    package enum VehicleClass: UInt8, CaseIterable, Sendable {
        case notSaid = 0
        /// Up to 3 500 kg.
        case light = 1
        /// Above 3 500 kg.
        case heavy = 2
    }

    /// The word as it stands in the file.
    var word: UInt64 {
        switch self {
        case .denial: Self.denialFlag
        case .agreement(let agreement, let vehicle):
            UInt64(agreement.status.rawValue) | UInt64(vehicle.rawValue) << 12
                | Self.quarter(from: agreement.validFrom) << 16 | Self.quarter(until: agreement.validUntil) << 40
        }
    }

    /// An entry from its word; nil for one that no list of this format holds.
    init?(word: UInt64) {
        if word == Self.denialFlag {
            self = .denial
            return
        }
        let from = word >> 16 & Self.noEnd
        let until = word >> 40
        guard word >> 8 & 0xF == 0, let status = Agreement.Status(rawValue: UInt8(word & 0xFF)),
            let vehicle = VehicleClass(rawValue: UInt8(word >> 12 & 0xF))
        else { return nil }
        let validFrom = from == 0 ? nil : Self.utc(from)
        let validUntil = until == Self.noEnd ? nil : Self.utc(until)
        self = .agreement(Agreement(status, validFrom: validFrom, validUntil: validUntil), vehicle)
    }

    /// Of two entries for one tag the more cautious stands, whichever came first: a denial, then the graver status, then the
    /// later beginning, then the earlier end, then the heavier class.
    func isGraver(than other: AgreementListEntry) -> Bool { Self.isGraver(word, than: other.word) }

    /// The same of two words.
    static func isGraver(_ word: UInt64, than other: UInt64) -> Bool { gravity(of: word) > gravity(of: other) }

    private static func gravity(of word: UInt64) -> UInt64 {
        guard word != denialFlag else { return .max }
        let from = (word >> 16) & noEnd
        return (word & 0xFF) << 52 | from << 28 | (noEnd - (word >> 40)) << 4 | (word >> 12) & 0xF
    }

    private static let denialFlag: UInt64 = 1 << 8
    private static let noEnd: UInt64 = 0xFF_FFFF
    private static let quarterHour: Int64 = 900_000
    /// 2000-01-01T00:00:00Z
    private static let year2000: Int64 = 946_684_800_000

    private static func quarter(from utc: UTC?) -> UInt64 {
        guard let utc, utc.milliseconds > year2000 else { return 0 }
        return min(UInt64((utc.milliseconds - year2000) / quarterHour), noEnd)
    }

    private static func quarter(until utc: UTC?) -> UInt64 {
        guard let utc else { return noEnd }
        guard utc.milliseconds > year2000 else { return 0 }
        let past = UInt64(utc.milliseconds - year2000)
        return min(past / UInt64(quarterHour) + (past % UInt64(quarterHour) > 0 ? 1 : 0), noEnd)
    }

    private static func utc(_ quarter: UInt64) -> UTC {
        UTC(milliseconds: year2000 + Int64(quarter) * quarterHour)
    }
}
