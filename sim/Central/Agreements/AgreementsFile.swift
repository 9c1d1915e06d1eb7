import Exchange
import Lane
import Station

/// The agreements that an operator keeps as a text file, one a line:
///
///     # number              status       [from DATE]       [until DATE]
///     12 3456789 0          approved
///     1234567890123456      prepaid-low  from 2026-01-01   until 2027-01-01
///     pan:4539148803436467  blocked      until 2026-06-30T12:15Z
///
/// Everything before the status word is the number, so spaces in it need no quotes: 10 or 16 printed digits, or a PAN
/// after `pan:`. A date is a day or a quarter of an hour in UTC; the agreement holds from the first until just before the
/// second, so that `until 2027-01-01` is the end of 2026. A denial has no dates. `#` begins a comment. The text is UTF-8.
package struct AgreementsFile: Hashable, Sendable {
    /// One agreement, and the line that it stands on.
    package struct Entry: Hashable, Sendable {
        package let number: TagNumber
        package let standing: Standing
        package let from: UTC?
        package let until: UTC?
        package let line: Int
    }

    /// Everything that is wrong with a file, in its order; nothing of the file is used.
    package struct Faults: Error, Hashable, Sendable {
        package let faults: [AgreementsFault]
        /// Faults beyond `mostFaults`, counted only.
        package let leftOut: Int
    }

    /// What one list holds.
    package static let mostEntries = AgreementList.mostEntries
    /// A million lines of 64 bytes: what is larger is no agreements file.
    package static let mostBytes = 64 << 20
    /// A line has a number, a word and two dates; what is longer is no such line.
    package static let longestLine = 512
    /// More faults than these have one cause, and nobody reads them.
    package static let mostFaults = 20

    static let statusWords = KnownWords(Standing.allCases.map(\.rawValue))
    static let dateWords = KnownWords(["from", "until"])

    package let entries: [Entry]

    package init(parsing text: [UInt8]) throws(Faults) {
        var reader = AgreementsReader()
        reader.read(text)
        guard reader.faults.isEmpty else { throw Faults(faults: reader.faults, leftOut: reader.leftOut) }
        entries = reader.entries
    }
}
