import Exchange
import Lane
import Station
import Testing

@testable import Central

@Suite struct `An agreements file` {
    private func parse(_ text: String) throws -> [AgreementsFile.Entry] { try AgreementsFile.entries(text) }

    /// What is wrong in a text, wherever it is cut into pieces.
    private func faults(_ text: String, _ rules: AgreementsRules = AgreementsRules()) -> [String] {
        faults(Array(text.utf8), rules)
    }

    private func faults(_ bytes: [UInt8], _ rules: AgreementsRules = AgreementsRules()) -> [String] {
        let found = Set([1, 3, 7, 1 << 20].map { faults(bytes, rules, pieces: $0) })
        #expect(found.count == 1, "one text, one answer")
        return found.first ?? []
    }

    private func faults(_ bytes: [UInt8], _ rules: AgreementsRules, pieces: Int) -> [String] {
        var reader = AgreementsReader(rules)
        do {
            for start in stride(from: 0, to: bytes.count, by: pieces) {
                try reader.take(Array(bytes[start..<min(start + pieces, bytes.count)])) { _ in }
            }
            try reader.finish { _ in }
            return []
        } catch let error as AgreementsFile.Faults {
            return error.faults.map(\.description) + (error.leftOut > 0 ? ["and \(error.leftOut) more"] : [])
        } catch {
            return ["\(error)"]
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
            "1:21: expected from, until, class or the end of the line; did you mean \"until\"?"
        ),
        ("1234567890 approved 2027-01-01", "1:21: expected from, until, class or the end of the line"),
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
            "1234567890 denied class light",
            "1:19: expected the end of the line: a denial holds until its line is removed"
        ),
        ("1234567890 approved class", "1:26: expected a class: light, heavy"),
        ("1234567890 approved class havy", "1:27: expected a class: light, heavy; did you mean \"heavy\"?"),
        ("1234567890 approved class light class heavy", "1:33: expected class once"),
        ("1234567890 å", "1:12: expected a status: approved, exempt, prepaid-low, overdue, blocked, denied"),
    ]) func `says what was expected and where`(text: String, fault: String) {
        #expect(faults(text) == [fault])
    }

    @Test func `counts columns in characters and refuses what is no UTF-8`() {
        #expect(faults("ååå 1234567890 approved").first?.hasPrefix("1:1: expected a number") == true)
        let bytes = Array("1234567890 approved # ååå".utf8) + [0xFF] + Array("\n".utf8)
        #expect(faults(bytes) == ["1:26: expected UTF-8 text; save the file in that encoding"])
    }

    @Test func `refuses a line beyond its limit, also one that never ends`() {
        let long = "1234567890 approved #" + String(repeating: "x", count: AgreementsFile.longestLine)
        #expect(faults(long) == ["1:513: expected at most 512 bytes in a line"])
        #expect(faults("\u{FEFF}" + long) == ["1:513: expected at most 512 bytes in a line"])
        #expect(faults(String(long.prefix(512))).isEmpty)
        #expect(faults(long + long + "\n1234567890 aproved").map { $0.prefix(6) } == ["1:513:", "2:12: "])
    }

    @Test func `reports all its faults, twenty of them in words`() throws {
        let text = (1...25).map { "\($0) approved" }.joined(separator: "\n")
        let found = faults(text)
        #expect(found.count == 21 && found[20] == "and 5 more")
        #expect(found.prefix(20).map { $0.prefix { $0 != ":" } } == (1...20).map { "\($0)" })
    }

    @Test func `says the class of a vehicle, before, between or behind the dates`() throws {
        let entries = try parse(
            """
            1234567890 approved class heavy
            1234567891 blocked from 2026-01-01 class light until 2027-01-01
            1234567892 approved
            """)
        #expect(entries.map(\.vehicle) == [.heavy, .light, .notSaid])
        #expect(entries[0].listEntry == .agreement(Agreement(.approved), .heavy))
        #expect(entries[1].from != nil && entries[1].until != nil)
    }

    @Test func `of changes has lines that remove`() throws {
        var rules = AgreementsRules()
        rules.mayRemove = true
        let entries = try AgreementsFile.entries("1234567890 removed\n1234567891 denied # too", rules)
        #expect(entries.map(\.standing) == [nil, .denied])
        #expect(entries.map(\.listEntry) == [nil, .denial])
        let words = "approved, exempt, prepaid-low, overdue, blocked, denied"
        #expect(
            faults("1234567890 removed until 2027-01-01", rules) == [
                "1:20: expected the end of the line: what is removed has no dates and no class"
            ])
        #expect(
            faults("1234567890 remove", rules) == [
                "1:12: expected a status: \(words), removed; did you mean \"removed\"?"
            ])
        #expect(faults("1234567890 removed") == ["1:12: expected a status: \(words)"])
    }

    @Test func `is held against the issuers that are named, and their check digits`() throws {
        let pan = try #require(IssuerPrefix(text: "pan:4539"))
        let printed = try #require(IssuerPrefix(text: "printed:12"))
        let text = "pan:4539148803436467 approved\n1234567890 approved\n3234567890 approved"
        #expect(faults(text).isEmpty)
        #expect(
            faults(text, AgreementsRules(issuers: [pan, printed])) == [
                "3:1: expected a number of the issuers for which the list speaks; name others with --issuers"
            ])
        let luhn = faults(text + "\n1234567897 approved", AgreementsRules(luhn: [printed]))
        #expect(luhn.count == 1 && luhn[0].hasPrefix("2:1: expected a number whose last digit is its Luhn check digit"))
    }

    @Test func `takes off the list what should never have been there`() throws {
        let issuers = [try #require(IssuerPrefix(text: "printed:12"))]
        var rules = AgreementsRules(issuers: issuers, luhn: issuers)
        rules.mayRemove = true
        #expect(faults("1234567890 removed\n3234567890 removed", rules).isEmpty)
        #expect(faults("1234567890 blocked\n3234567890 blocked", rules).map { $0.prefix(4) } == ["1:1:", "2:1:"])
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
        for end in whole.indices { _ = faults(Array(whole[..<end])) }
        for index in whole.indices {
            for bit in 0..<8 {
                var flipped = whole
                flipped[index] ^= 1 << bit
                _ = faults(flipped)
            }
        }
    }
}
