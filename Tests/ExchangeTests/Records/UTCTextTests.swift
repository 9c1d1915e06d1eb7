import Exchange
import Lane
import Testing

struct UTCTextTests {
    @Test(arguments: [
        (Int64(0), "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
        (951_868_800_000, "2000-03-01T00:00:00.000Z"), (1_769_860_800_123, "2026-01-31T12:00:00.123Z"),
        (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
        (-2_208_988_801_000, "1899-12-31T23:59:59.000Z"), (-62_135_596_800_000, "0001-01-01T00:00:00.000Z"),
        (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a moment has its text, and the text its moment`(milliseconds: Int64, text: String) {
        #expect(UTC(milliseconds: milliseconds).text == text)
        #expect(UTC(text: text) == UTC(milliseconds: milliseconds))
    }

    @Test func `every day of eight hundred years follows the one before`() {
        let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var (year, month, day): (Int64, Int64, Int64) = (1600, 1, 1)
        for count in stride(from: Int64(-135_140), to: 157_054, by: 1) {
            let date = UTC(milliseconds: count * 86_400_000).text.prefix(10)
            guard date.split(separator: "-").compactMap({ Int64($0) }) == [year, month, day] else {
                Issue.record("day \(count) is \(date), not \(year)-\(month)-\(day)")
                return
            }
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day += 1
            if day > lengths[Int(month) - 1] + (month == 2 && isLeap ? 1 : 0) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect((year, month, day) == (2400, 1, 1))
    }

    @Test func `beyond the years of four digits the text stops at the end`() {
        #expect(UTC(milliseconds: .max).text == "9999-12-31T23:59:59.999Z")
        #expect(UTC(milliseconds: .min).text == "0000-01-01T00:00:00.000Z")
    }

    @Test(arguments: [
        "", "2026-01-31", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123", "2026-02-29T12:00:00.123Z",
        "2026-13-01T12:00:00.123Z", "2026-00-01T12:00:00.123Z", "2026-01-00T12:00:00.123Z", "2026-01-32T12:00:00.123Z",
        "2026-01-31T24:00:00.000Z", "2026-01-31T12:60:00.123Z", "2026-01-31T12:00:60.123Z", "2026-01-31 12:00:00.123Z",
        "+026-01-31T12:00:00.123Z", "2026-01-31T12:00:00,123Z", "2026-01-31T12:00:00.123z",
    ])
    func `any other text is no moment`(text: String) {
        #expect(UTC(text: text) == nil)
    }

    @Test func `other moments of a run follow from the stamp, rounded down`() {
        let stamp = Stamp(at: Instant(nanoseconds: 5_000_000_000), utc: UTC(milliseconds: 1_000), clock: .good)
        #expect(stamp.utc(at: Instant(nanoseconds: 5_000_000_000)) == UTC(milliseconds: 1_000))
        #expect(stamp.utc(at: Instant(nanoseconds: 5_001_999_999)) == UTC(milliseconds: 1_001))
        #expect(stamp.utc(at: Instant(nanoseconds: 4_999_999_999)) == UTC(milliseconds: 999))
        #expect(stamp.utc(at: Instant(nanoseconds: 4_999_000_000)) == UTC(milliseconds: 999))
    }

    @Test func `a stamp at the ends of time traps nothing`() {
        for end in [Int64.min, .max] {
            let stamp = Stamp(at: Instant(nanoseconds: end), utc: UTC(milliseconds: end), clock: .unknown)
            #expect(stamp.utc(at: Instant(nanoseconds: end)) == UTC(milliseconds: end))
            for other in [Int64.min, 0, .max] { _ = stamp.utc(at: Instant(nanoseconds: other)).text }
        }
    }
}
