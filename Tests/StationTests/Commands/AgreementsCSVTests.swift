import Exchange
import Lane
import Testing

@testable import Station

@Suite struct `A table of agreements` {
    /// What a text says, the same wherever it is cut into pieces.
    private func read(
        _ text: String, _ rules: AgreementsCSV.Rules = .init()
    ) throws -> (rows: [AgreementsCSV.Row], faults: [String]) {
        var found: [(rows: [AgreementsCSV.Row], faults: [String])] = []
        for size in [1, 7, 1 << 20] {
            var reader = AgreementsCSVReader(rules)
            var rows: [AgreementsCSV.Row] = []
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                try reader.take(Array(rest.prefix(size))) { rows.append($0) }
                rest = rest.dropFirst(size)
            }
            try reader.finish { rows.append($0) }
            found.append((rows, reader.faults.map(\.description)))
        }
        #expect(found.allSatisfy { $0.rows == found[0].rows && $0.faults == found[0].faults })
        return found[0]
    }

    private func number(_ text: String) throws -> TagNumber { try #require(TagNumber(recordText: text)) }

    @Test func `has its columns in any order, and what a column leaves out is the usual`() throws {
        let (rows, faults) = try read(
            """
            status;number;system;until;from;class;denial
            blocked; "12 3456789 0" ;;2027-01-01;2026-01-31T12:15Z;heavy;
            ;18;pan;;;;no

            ;KING 1302;ata;;;;yes\r
            """)
        #expect(faults == [])
        let agreement = Agreement(
            .blocked, validFrom: UTC(text: "2026-01-31T12:15:00.000Z"),
            validUntil: UTC(text: "2027-01-01T00:00:00.000Z"))
        #expect(
            rows == [
                .init(tag: try number("printed:1234567890"), entry: .agreement(agreement, .heavy), line: 2),
                .init(tag: try number("pan:18"), entry: .agreement(Agreement(.approved)), line: 3),
                .init(tag: try number("ata:KING 1302"), entry: .denial, line: 5),
            ])
    }

    private static let head = "system,number,status,from,until,class,denial\n"
    private static let statuses = "approved, prepaid-low, overdue, blocked"

    /// Each a line behind the first one, and what is said of it.
    @Test(arguments: [
        ("pam,18,,,,,", "2:1: expected a system: pan, printed, agency, ata; did you mean \"pan\"?"),
        ("pan,,,,,,", "2:5: expected a number"),
        ("pan,1x,,,,,", "2:6: expected digits and spaces only"),
        ("printed,123456789,,,,,", "2:9: expected 10 or 16 digits, found 9"),
        ("pan,12345678901234567890,,,,,", "2:5: expected 1 to 19 digits, found 20"),
        ("agency,1234567890123456789,,,,,", "2:8: expected 1 to 18 digits, found 19"),
        ("ata,KING-1,,,,,", "2:5: expected an ATA text of 1 to 10 capitals, digits and inner spaces"),
        (
            "pan,17,,,,,",
            "2:5: expected a number whose last digit is its Luhn check digit; one digit is wrong or two are swapped"
        ),
        ("pan,18,aproved,,,,", "2:8: expected a status: \(statuses); did you mean \"approved\"?"),
        ("pan,18,,2026-02-30,,,", "2:9: expected a time in UTC, as 2026-01-31 or 2026-01-31T12:15Z"),
        ("pan,18,,2026-01-31T12:15,,,", "2:9: expected a time in UTC, as 2026-01-31 or 2026-01-31T12:15Z"),
        ("pan,18,,2026-01-31T12:10Z,,,", "2:9: expected a quarter of an hour: minutes 00, 15, 30 or 45"),
        ("pan,18,,2026-01-31,2026-01-31,,", "2:20: expected until to be later than from"),
        ("pan,18,,,,hevy,", "2:11: expected a class: light, heavy; did you mean \"heavy\"?"),
        ("pan,18,,,,,maybe", "2:12: expected a denial: yes, no"),
        ("pan,18,blocked,,,,yes", "2:8: expected no status: a denial holds until it is left out"),
        ("pan,18,,,2027-01-01,,yes", "2:10: expected no until: a denial holds until it is left out"),
        ("pan,18", "2:1: expected 7 values as the first line has columns, found 2"),
        ("pan,\(String(repeating: "1", count: 600))", "2:513: expected at most 512 bytes in a line"),
    ])
    func `says where something is wrong, and does not repeat the number`(_ line: String, _ fault: String) throws {
        let (rows, faults) = try read(Self.head + line + "\npan,18,,,,,\n")
        #expect(faults == [fault])
        #expect(rows.count == 1, "the line behind it is read")
    }

    @Test(arguments: [
        ("", "1:1: expected a first line with the columns' names"),
        ("pan,18\n", "1:1: expected the name of a column: system, number, status, from, until, class, denial"),
        (
            "numbr,status\n",
            "1:1: expected the name of a column: system, number, status, from, until, class, denial; did you mean \"number\"?"
        ),
        ("system,status\n", "1:1: expected a column with the name number"),
        ("number,number\n", "1:8: expected each column once"),
    ])
    func `without a first line that names its columns is not read`(_ text: String, _ fault: String) throws {
        let (rows, faults) = try read(text.isEmpty ? "" : text + "pan,18\n")
        #expect(faults == [fault] && rows == [])
    }

    @Test func `is held to the issuers for which the list speaks, and to the check digits that are demanded`() throws {
        var rules = AgreementsCSV.Rules()
        rules.issuers = try ListOptions.issuers("printed:12, pan:", "--issuers")
        rules.luhn = try ListOptions.issuers("printed:123", "--luhn")
        let (rows, faults) = try read("number\n1234567897\n1234567890\n1300000000\n1200000000\n", rules)
        #expect(rows.map(\.line) == [2, 5])
        #expect(
            faults == [
                "3:1: expected a number whose last digit is its Luhn check digit; one digit is wrong or two are swapped",
                "4:1: expected a number of the issuers that --issuers names",
            ])
    }

    @Test func `shows twenty faults, and counts the others`() throws {
        var reader = AgreementsCSVReader(.init())
        try reader.take(Array(("number\n" + String(repeating: "1\n", count: 25)).utf8)) { _ in }
        #expect(reader.faults.count == 20 && reader.leftOut == 5)
    }
}
