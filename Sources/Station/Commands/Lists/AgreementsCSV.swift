import Exchange
import Lane

/// Agreements as a table in text, one a line, as spreadsheets and databases export them:
///
///     system,number,status,from,until,class,denial
///     printed,12 3456789 0,approved,,,light,
///     pan,4539148803436467,prepaid-low,2026-01-01,2027-01-01,,
///     printed,1234567890123456,,,,,yes
///
/// The first line names the columns, in any order; only `number` has to be there. Where it has semicolons, all lines have
/// them. Quotes around a value are taken off. Times are UTC, a day or a quarter of an hour; the agreement holds from the first until just
/// before the second. No more of the file than a line is kept.
package enum AgreementsCSV {
    /// What a column holds.
    package enum Column: String, CaseIterable, Hashable {
        case system, number, status, from, until, `class`, denial
    }

    /// What one line says.
    package struct Row: Hashable {
        package let tag: TagNumber
        package let entry: AgreementListEntry
        package let line: Int
    }

    /// What a file is held against beyond its form.
    package struct Rules: Hashable {
        /// The issuers for which the list speaks; none: for everybody.
        var issuers: [IssuerPrefix] = []
        /// Issuers whose numbers end with a Luhn check digit. All PANs do.
        var luhn: [IssuerPrefix] = []

        package init(issuers: [IssuerPrefix] = [], luhn: [IssuerPrefix] = []) {
            self.issuers = issuers
            self.luhn = luhn
        }
    }

    /// One thing that is wrong, and where. It never repeats a number.
    package struct Fault: Error, Hashable, CustomStringConvertible {
        let line: Int
        /// In characters, from 1.
        let column: Int
        let sentence: String
        package var description: String { "\(line):\(column): \(sentence)" }
    }

    package static let statuses: [(word: String, value: Agreement.Status)] = [
        ("approved", .approved), ("prepaid-low", .noticePrepaidLow), ("overdue", .noticeOverdue), ("blocked", .blocked),
    ]
    static let classes: [(word: String, value: AgreementListEntry.VehicleClass)] = [
        ("light", .light), ("heavy", .heavy),
    ]
    static let systems = TagNumber.System.allCases.map(IssuerPrefix.word(of:))

    /// A line has seven short values; what is longer is no such line.
    static let longestLine = 512
    /// More faults than these have one cause, and nobody reads them.
    package static let mostFaults = 20

    /// What help says of the columns.
    static let help = """
        number   digits and spaces, as printed on the tag, or of a PAN; the only column that has to be there
        system   \(systems.joined(separator: ", ")); printed where it is left out
        status   \(statuses.map(\.word).joined(separator: ", ")); approved where it is left out
        from     a day or a quarter of an hour in UTC, 2026-01-31 or 2026-01-31T12:15Z; from then on it holds
        until    the same; until just before then it holds
        class    \(classes.map(\.word).joined(separator: ", ")); of the vehicle
        denial   yes: the tag is denied, whatever else stands anywhere; such a line has no status, dates or class
        """
}
