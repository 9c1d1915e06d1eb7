import Lane

/// Dates of the agreements file, always UTC: `2026-01-31`, or to the quarter of an hour `2026-01-31T12:15Z`.
enum CivilDate {
    /// Why a word is no date.
    enum Fault: Error, Hashable {
        case shape
        /// No such day or hour, or a year outside 2000 to 2099.
        case day
        case quarter
    }

    static func parse(_ word: ArraySlice<UInt8>) throws(Fault) -> UTC {
        guard hasShape(word) else { throw .shape }
        let number = { (place: Int, digits: Int) in
            word[(word.startIndex + place)...].prefix(digits).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
        let (hour, minute) = word.count == 10 ? (0, 0) : (number(11, 2), number(14, 2))
        guard (2_000...2_099).contains(year), (1...12).contains(month), (1...days(of: month, in: year)).contains(day),
            hour < 24, minute < 60
        else { throw .day }
        guard minute % 15 == 0 else { throw .quarter }
        let minutes = (days(before: year, month, day) * 24 + hour) * 60 + minute
        return UTC(milliseconds: year2000 + Int64(minutes) * 60_000)
    }

    /// From 2000-01-01 on; every fourth year of this century is a leap year.
    private static func days(before year: Int, _ month: Int, _ day: Int) -> Int {
        let years = year - 2_000
        let months = (1..<month).reduce(0) { $0 + days(of: $1, in: year) }
        return years * 365 + (years + 3) / 4 + months + day - 1
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// 2000-01-01T00:00:00Z
    private static let year2000: Int64 = 946_684_800_000

    private static func hasShape(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count == 10 || word.count == shape.count else { return false }
        return zip(word, shape).allSatisfy { byte, expected in
            expected == 0x30 ? (0x30...0x39).contains(byte) : byte == expected
        }
    }

    private static let shape = Array("0000-00-00T00:00Z".utf8)
}
