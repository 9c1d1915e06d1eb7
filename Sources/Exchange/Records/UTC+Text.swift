import Lane

extension UTC {
    /// ISO 8601 with milliseconds, always 24 characters: `2026-01-31T12:00:00.123Z`. Years 0000 to 9999; beyond them it stops at the end.
    package var text: String {
        let moment = CivilMoment(self)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        func put(_ value: Int64, _ count: Int, then separator: Unicode.Scalar) {
            var divisor: Int64 = [0, 1, 10, 100, 1_000][count]
            while divisor > 0 {
                text.append(0x30 + UInt8(value / divisor % 10))
                divisor /= 10
            }
            text.append(UInt8(ascii: separator))
        }
        put(moment.year, 4, then: "-")
        put(moment.month, 2, then: "-")
        put(moment.day, 2, then: "T")
        put(moment.hour, 2, then: ":")
        put(moment.minute, 2, then: ":")
        put(moment.second, 2, then: ".")
        put(moment.millisecond, 3, then: "Z")
        return String(decoding: text, as: UTF8.self)
    }

    /// The moment that such a text stands for; nil when it is none.
    package init?(text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == 24 else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            bytes[range].allSatisfy { (0x30...0x39).contains($0) }
                ? bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) } : nil
        }
        guard let year = number(0..<4), let month = number(5..<7), let dayOfMonth = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
            let rest = number(20..<23), (1...12).contains(month), (1...31).contains(dayOfMonth)
        else { return nil }
        let days = Self.days(fromCivil: year, month, dayOfMonth)
        self.init(milliseconds: days * Self.day + ((hour * 60 + minute) * 60 + second) * 1_000 + rest)
        guard self.text.utf8.elementsEqual(bytes) else { return nil }
    }

    private static let day = CivilMoment.day

    private static func days(fromCivil year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.floored(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

/// A moment as a calendar and a clock show it, in UTC; years 0000 to 9999, beyond them it stops at the end.
struct CivilMoment {
    let year: Int64
    let month: Int64
    let day: Int64
    let hour: Int64
    let minute: Int64
    let second: Int64
    let millisecond: Int64

    init(_ utc: UTC) {
        let clamped = min(max(utc.milliseconds, Self.first), Self.last)
        let days = clamped.floored(by: Self.day)
        let ofDay = clamped - days * Self.day
        (year, month, day) = Self.civil(fromDays: days)
        hour = ofDay / 3_600_000
        minute = ofDay / 60_000 % 60
        second = ofDay / 1_000 % 60
        millisecond = ofDay % 1_000
    }

    /// A day in milliseconds.
    static let day: Int64 = 86_400_000
    /// 0000-01-01T00:00:00.000Z
    private static let first: Int64 = -62_167_219_200_000
    /// 9999-12-31T23:59:59.999Z
    private static let last: Int64 = 253_402_300_799_999

    /// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Years are counted from March, so that the leap day is a year's last; an era is 400 years or 146 097 days.
    private static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let fromMarch0000 = days + 719_468
        let era = fromMarch0000.floored(by: 146_097)
        let dayOfEra = fromMarch0000 - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

extension Int64 {
    /// The quotient rounded down.
    fileprivate func floored(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }
}
