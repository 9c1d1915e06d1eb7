import Exchange
import Lane

/// Agreements that nobody has, as many as are wanted: a seed and an index give always the same one. They stand for a country and its
/// neighbours: a few issuers with numbers close together, nearly all approved, one in a hundred denied.
package struct GeneratedAgreements: Hashable, Sendable {
    /// One of them.
    package struct Sample: Hashable, Sendable {
        package let number: TagNumber
        package let standing: Standing
        package let from: UTC?
        package let until: UTC?
    }

    /// Who issues some of the numbers.
    private struct Issuer {
        let system: TagNumber.System
        /// The first digits: 9 and the country for a PAN (ISO/IEC 7812-1, national use).
        let prefix: UInt64
        /// Of the whole number, its check digit included.
        let digits: Int
        /// Of a hundred numbers.
        let share: UInt64
    }

    /// Norway's neighbours have the smaller shares; the last two are numbers as they are printed on tags.
    private static let table = [
        Issuer(system: .pan, prefix: 9_578, digits: 19, share: 55),
        Issuer(system: .pan, prefix: 9_752, digits: 19, share: 12),
        Issuer(system: .pan, prefix: 9_208, digits: 19, share: 8),
        Issuer(system: .pan, prefix: 9_246, digits: 19, share: 4),
        Issuer(system: .pan, prefix: 9_276, digits: 19, share: 3),
        Issuer(system: .printed, prefix: 10, digits: 10, share: 12),
        Issuer(system: .printed, prefix: 20, digits: 16, share: 6),
    ]

    /// The most: beyond it the numbers of an issuer would run out.
    package static let most = AgreementList.mostEntries

    package let seed: UInt64

    package init(seed: UInt64) { self.seed = seed }

    /// The issuers of all numbers.
    package static let issuers = table.compactMap {
        IssuerPrefix(text: "\($0.system == .pan ? "pan" : "printed"):\($0.prefix)")
    }

    /// The agreement with that index: from 0, no number twice.
    package subscript(index: Int) -> Sample {
        sample(index, chance: Self.mixed(seed, UInt64(index), 1))
    }

    /// The agreement with that index, its standing and its dates by chance.
    func sample(_ index: Int, chance: UInt64) -> Sample {
        let (standing, from, until) = Self.terms(chance)
        return Sample(number: number(index), standing: standing, from: from, until: until)
    }

    /// Of one issuer the numbers follow each other, with gaps where those of the others are.
    func number(_ index: Int) -> TagNumber {
        precondition((0..<Self.mostIndex).contains(index), "an index is below \(Self.mostIndex)")
        var share = Self.mixed(seed, UInt64(index), 4) % 100
        var issuer = Self.table[0]
        for candidate in Self.table {
            issuer = candidate
            if share < candidate.share { break }
            share -= candidate.share
        }
        let first = Self.mixed(seed, issuer.prefix, 5) % UInt64(Self.room - Self.mostIndex)
        let account = first + UInt64(index)
        let isPAN = issuer.system == .pan
        let places = issuer.digits - (isPAN ? 5 : 2)
        var value = (0..<places).reduce(issuer.prefix) { value, _ in value * 10 } + account
        if isPAN { value = Self.withCheckDigit(value) }
        guard let number = TagNumber(issuer.system, value: value, digits: issuer.digits) else {
            preconditionFailure("every issuer of the table has room for \(Self.room) numbers")
        }
        return number
    }

    /// The shortest numbers have eight digits behind their prefix.
    private static let room = 100_000_000
    /// Behind the last index.
    static let mostIndex = 80_000_000

    private static func withCheckDigit(_ value: UInt64) -> UInt64 {
        let digit = (0...9).first { AgreementsDigits.passesLuhn(value * 10 + $0) }
        return value * 10 + (digit ?? 0)
    }

    /// Of a thousand: 10 denied, 15 blocked, 20 overdue, 30 prepaid low, 80 exempt. Three of ten have dates, a few of them have ended.
    private static func terms(_ chance: UInt64) -> (Standing, UTC?, UTC?) {
        let standing: Standing =
            switch chance % 1_000 {
            case 0..<10: .denied
            case 10..<25: .blocked
            case 25..<45: .overdue
            case 45..<75: .prepaidLow
            case 75..<155: .exempt
            default: .approved
            }
        guard standing != .denied else { return (.denied, nil, nil) }
        // Days from 2015 to 2025, and from 2026 to 2035.
        let from = day(5_479 + Int64(chance >> 20 % 4_018))
        let until = day(9_497 + Int64(chance >> 34 % 3_652))
        switch chance >> 10 & 0x3F {
        case 0..<12: return (standing, from, nil)
        case 12..<17: return (standing, nil, until)
        case 17..<19: return (standing, from, until)
        case 19: return (standing, nil, from)
        default: return (standing, nil, nil)
        }
    }

    /// A day, counted from 2000-01-01.
    private static func day(_ number: Int64) -> UTC { UTC(milliseconds: 946_684_800_000 + number * 86_400_000) }

    /// SplitMix64 (Steele, Lea and Flood 2014) over two numbers and what the result is for.
    static func mixed(_ a: UInt64, _ b: UInt64, _ use: UInt64) -> UInt64 {
        finished(finished(a &+ use &* increment) ^ (b &+ increment))
    }

    private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func finished(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension GeneratedAgreements.Sample {
    /// As a station's list has it.
    package var listEntry: AgreementListEntry {
        guard let status = standing.status else { return .denial }
        return .agreement(Agreement(status, validFrom: from, validUntil: until))
    }

    /// As a line of an agreements file, with the number in clear or only what kind of number it is.
    func line(clear: Bool) -> String {
        let prefix = number.system == .pan ? "pan:" : ""
        let words = [(" from ", from), (" until ", until)].map { word, date in
            date.map { "\(word)\($0.text.prefix { $0 != "T" })" } ?? ""
        }
        return "\(clear ? prefix + number.clear : "\(number)") \(standing.rawValue)\(words.joined())"
    }
}
