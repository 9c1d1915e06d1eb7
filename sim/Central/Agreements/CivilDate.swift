import Lane

/// Dates as the agreements file writes them, always UTC: `2026-01-31`, or to the quarter of an hour `2026-01-31T12:15Z`.
enum CivilDate {
    /// Why a word is no date.
    enum Fault: Error, Hashable {
        case shape
        /// No such day or hour, or a year outside 2000 to 2099.
        case day
        case quarter
    }

    static func parse(_ word: ArraySlice<UInt8>) -> Result<UTC, Fault> {
        guard let fields = fields(of: word) else { return .failure(.shape) }
        guard (2000...2099).contains(fields[0]), (1...12).contains(fields[1]),
            (1...daysIn(month: fields[1], of: fields[0])).contains(fields[2]), fields[3] < 24, fields[4] < 60
        else { return .failure(.day) }
        guard fields[4] % 15 == 0 else { return .failure(.quarter) }
        let days = daysSince1970(fields[0], fields[1], fields[2])
        return .success(UTC(milliseconds: Int64((days * 24 + fields[3]) * 60 + fields[4]) * 60_000))
    }

    /// Year, month, day, hour, minute; nil when the shape is another.
    private static func fields(of word: ArraySlice<UInt8>) -> [Int]? {
        let shape = Array("0000-00-00T00:00Z".utf8)
        guard word.count == 10 || word.count == shape.count else { return nil }
        var fields = [0, 0, 0, 0, 0]
        var field = 0
        for (byte, expected) in zip(word, shape) {
            if expected == 0x30 {
                guard (0x30...0x39).contains(byte) else { return nil }
                fields[field] = fields[field] * 10 + Int(byte - 0x30)
            } else {
                guard byte == expected else { return nil }
                field += 1
            }
        }
        return fields
    }

    private static func daysIn(month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        // Every fourth year in 2000 to 2099, the range that is accepted.
        case 2: year % 4 == 0 ? 29 : 28
        default: 31
        }
    }

    /// Days of the Gregorian calendar, with years that begin in March so that the leap day comes last.
    static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let y = month > 2 ? year : year - 1
        let m = (month + 9) % 12
        return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719_468
    }
}
