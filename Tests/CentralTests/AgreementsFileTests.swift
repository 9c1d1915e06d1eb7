import Lane
import Station
import Testing

@testable import Central

@Suite struct `An agreements file` {
    private func parse(_ text: String) throws -> [AgreementsFile.Entry] {
        try AgreementsFile(parsing: Array(text.utf8)).entries
    }

    private func faults(_ text: String) -> [String] {
        do throws(AgreementsFile.Faults) {
            _ = try AgreementsFile(parsing: Array(text.utf8))
            return []
        } catch {
            return error.faults.map(\.description)
        }
    }

    @Test func `may be empty, which means nobody`() throws {
        #expect(try parse("").isEmpty)
        #expect(try parse("\n  \t\r\n# nobody\n").isEmpty)
    }

    @Test func `gives number, standing, dates and line`() throws {
        let entries = try parse(
            """
            # number status
            12 3456789 0 approved            # a comment
            1234567890123456 prepaid-low from 2026-01-01 until 2027-01-01
            pan: 4539 1488 0343 6467 blocked until 2026-06-30T12:15Z
            """)
        #expect(entries.map(\.line) == [2, 3, 4])
        #expect(entries.map(\.standing) == [.approved, .prepaidLow, .blocked])
        #expect(try entries[0].number == TagNumber(printed: "1234567890"))
        #expect(try entries[1].number == TagNumber(printed: "1234567890123456"))
        #expect(try entries[2].number == TagNumber(pan: "4539148803436467"))
        #expect(entries[0].from == nil && entries[0].until == nil)
        #expect(entries[1].from == UTC(milliseconds: 1_767_225_600_000))
        #expect(entries[1].until == UTC(milliseconds: 1_798_761_600_000))
        #expect(entries[2].until == UTC(milliseconds: 1_782_821_700_000))
    }

    @Test func `accepts spaces anywhere in the number, tabs, a byte order mark and Windows line ends`() throws {
        let entries = try parse("\u{FEFF}1 2 3 4 5 6 7 8 9 0\tapproved\r\n pan:45391488034364 67FFF\tdenied\r\n")
        #expect(try entries.map(\.number) == [TagNumber(printed: "1234567890"), TagNumber(pan: "4539148803436467")])
    }

    @Test(arguments: Standing.allCases) func `knows each status word`(standing: Standing) throws {
        #expect(try parse("1234567890 \(standing.rawValue)").map(\.standing) == [standing])
    }

    @Test func `publishes an exempt agreement as approved`() {
        #expect(Standing.exempt.status == .approved)
        #expect(
            Standing.allCases.map(\.status)
                == [.approved, .approved, .noticePrepaidLow, .noticeOverdue, .blocked, nil])
    }

    @Test(arguments: [
        ("approved", "1:1: expected a number before the status word: 10 or 16 digits, or pan: and its digits"),
        ("pan: approved", "1:1: expected a number before the status word: 10 or 16 digits, or pan: and its digits"),
        ("12345-7890 approved", "1:6: expected digits and spaces only in the number; quotes are not needed"),
        ("\"12 3456789 0\" approved", "1:1: expected digits and spaces only in the number; quotes are not needed"),
        ("1234567890approved", "1:11: expected digits and spaces only in the number; quotes are not needed"),
        ("123456789 approved", "1:1: expected 10 or 16 digits, found 9"),
        ("  12345678901 approved", "1:3: expected 10 or 16 digits, found 11"),
        ("pan:12345678901234567890 approved", "1:1: expected 1 to 19 digits after pan:, found 20"),
        (
            "pan:4539148803436466 approved",
            "1:1: expected a PAN whose last digit is its Luhn check digit; one digit is wrong or two are swapped"
        ),
        ("plate:1234567890 approved", "1:1: expected pan: or a number without a prefix"),
        (
            "1234567890",
            "1:11: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"
        ),
        (
            "1234567890  # approved",
            "1:11: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"
        ),
        (
            "1234567890 aproved",
            "1:12: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"
                + "; did you mean \"approved\"?"
        ),
        (
            "1234567890 Blocked",
            "1:12: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"
                + "; did you mean \"blocked\"?"
        ),
        (
            "1234567890 perhaps",
            "1:12: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"
        ),
        (
            "1234567890 approved untill 2027-01-01",
            "1:21: expected from, until or the end of the line; did you mean \"until\"?"
        ),
        ("1234567890 approved 2027-01-01", "1:21: expected from, until or the end of the line"),
        ("1234567890 approved from 2026-01-01 from 2026-01-01", "1:37: expected from once"),
        ("1234567890 approved until 2026-01-01 until 2026-01-01", "1:38: expected until once"),
        ("1234567890 approved from", "1:25: expected a date after from, as 2026-01-31 or 2026-01-31T12:15Z"),
        (
            "1234567890 approved until 31.1.2026",
            "1:27: expected a date after until, as 2026-01-31 or 2026-01-31T12:15Z"
        ),
        (
            "1234567890 approved from 2026-01-01T12:15",
            "1:26: expected a date after from, as 2026-01-31 or 2026-01-31T12:15Z"
        ),
        ("1234567890 approved from 2026-02-29", "1:26: expected a day of the calendar from 2000 to 2099"),
        ("1234567890 approved from 1999-12-31", "1:26: expected a day of the calendar from 2000 to 2099"),
        ("1234567890 approved from 2026-01-01T24:00Z", "1:26: expected a day of the calendar from 2000 to 2099"),
        ("1234567890 approved from 2026-01-01T12:10Z", "1:26: expected a quarter of an hour: minutes 00, 15, 30 or 45"),
        ("1234567890 approved from 2026-01-02 until 2026-01-02", "1:37: expected until to be later than from"),
        ("1234567890 approved until 2026-01-02 from 2026-01-03", "1:38: expected until to be later than from"),
        (
            "1234567890 denied until 2027-01-01",
            "1:19: expected the end of the line: a denial holds until its line is removed"
        ),
        (
            "1234567890 approved\n# æøå\n12 34567890 denied",
            "3:1: expected each number once; this one stands on line 1 already"
        ),
        ("1234567890 å", "1:12: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"),
    ]) func `says what was expected and where`(text: String, fault: String) {
        #expect(faults(text) == [fault])
    }

    @Test func `counts columns in characters and refuses what is no UTF-8`() {
        #expect(faults("ååå 1234567890 approved").first?.hasPrefix("1:1: expected a number") == true)
        let bytes = Array("1234567890 approved # ååå".utf8) + [0xFF] + Array("\n".utf8)
        #expect(throws: AgreementsFile.Faults.self) { try AgreementsFile(parsing: bytes) }
        do throws(AgreementsFile.Faults) {
            _ = try AgreementsFile(parsing: bytes)
        } catch {
            #expect(error.faults == [AgreementsFault(position: TextPosition(line: 1, column: 26), expected: .utf8)])
            #expect(error.faults[0].description == "1:26: expected UTF-8 text; save the file in that encoding")
        }
    }

    @Test func `refuses a line, a file and a count beyond its limits`() {
        let long = "1234567890 approved #" + String(repeating: "x", count: AgreementsFile.longestLine)
        #expect(faults(long) == ["1:513: expected at most 512 bytes in a line"])
        let start = TextPosition(line: 1, column: 1)
        let huge = [UInt8](repeating: 0x0A, count: AgreementsFile.mostBytes + 1)
        #expect(throws: AgreementsFile.Faults(faults: [.init(position: start, expected: .smallerFile)], leftOut: 0)) {
            try AgreementsFile(parsing: huge)
        }
        #expect(
            AgreementsFault(position: start, expected: .smallerFile).description == "1:1: expected at most 64 MB")
        #expect(
            AgreementsFault(position: start, expected: .fewerAgreements).description
                == "1:1: expected at most 8000000 agreements")
    }

    @Test func `reports all its faults, twenty of them in words`() throws {
        let text = (1...25).map { "\($0) approved" }.joined(separator: "\n")
        do throws(AgreementsFile.Faults) {
            _ = try AgreementsFile(parsing: Array(text.utf8))
            Issue.record("accepted")
        } catch {
            #expect(error.faults.map(\.position.line) == Array(1...20))
            #expect(error.leftOut == 5)
        }
    }

    @Test func `never repeats a number in a fault`() {
        for text in [
            "9876543210x approved", "987654321 approved", "9876543210 9876543210", "9876543210 approved 987654",
        ] {
            #expect(!faults(text).isEmpty)
            #expect(faults(text).allSatisfy { !$0.contains("98765") })
        }
    }

    @Test func `survives every truncation and every flipped bit`() {
        let whole = Array("12 3456789 0 approved from 2026-01-31T12:15Z until 2027-01-01 # å\npan:18 denied\n".utf8)
        for end in whole.indices { _ = try? AgreementsFile(parsing: Array(whole[..<end])) }
        for index in whole.indices {
            for bit in 0..<8 {
                var flipped = whole
                flipped[index] ^= 1 << bit
                _ = try? AgreementsFile(parsing: flipped)
            }
        }
    }
}
