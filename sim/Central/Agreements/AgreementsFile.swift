import Exchange
import Lane
import Station

/// The agreements that an operator keeps as a text file, one a line:
///
///     # number              status       [from DATE]       [until DATE]            [class CLASS]
///     12 3456789 0          approved                                               class heavy
///     1234567890123456      prepaid-low  from 2026-01-01   until 2027-01-01
///     pan:4539148803436467  blocked      until 2026-06-30T12:15Z
///
/// Everything before the status word is the number, so spaces in it need no quotes: 10 or 16 printed digits, or a PAN
/// after `pan:`. A date is a day or a quarter of an hour in UTC; the agreement holds from the first until just before the
/// second, so that `until 2027-01-01` is the end of 2026. The class is the vehicle's, `light` or `heavy`. A denial has none of these. `#` begins a comment. The text is UTF-8.
///
/// A file of changes has the same lines, and such as say `removed` instead of a status. It is read piece by piece, whatever
/// its size.
package enum AgreementsFile {
    /// What one line says, and which it is.
    package struct Entry: Hashable, Sendable {
        package let number: TagNumber
        /// Nil: the number is to be removed, in a file of changes.
        package let standing: Standing?
        package let from: UTC?
        package let until: UTC?
        /// What the agreement says of the vehicle.
        package let vehicle: AgreementListEntry.VehicleClass
        package let line: Int
    }

    /// Everything that is wrong with a file, in its order; nothing of the file is used.
    package struct Faults: Error, Hashable, Sendable {
        package let faults: [AgreementsFault]
        /// Faults beyond `mostFaults`, counted only.
        package let leftOut: Int
    }

    /// A line has a number, a word, two dates and a class; what is longer is no such line.
    package static let longestLine = 512
    /// More faults than these have one cause, and nobody reads them.
    package static let mostFaults = 20
    /// The word of a line that removes a number, in a file of changes.
    package static let removal = "removed"

    static let statusWords = KnownWords(Standing.allCases.map(\.rawValue))
    static let changeWords = KnownWords(statusWords.words + [removal])
    static let termWords = KnownWords(["from", "until", "class"])
    static let classes: [(word: String, value: AgreementListEntry.VehicleClass)] = [
        ("light", .light), ("heavy", .heavy),
    ]
    static let classWords = KnownWords(classes.map(\.word))
}

extension AgreementsFile.Entry {
    /// As a station's list has it; nil: it is not there any more.
    var listEntry: AgreementListEntry? {
        guard let standing else { return nil }
        guard let status = standing.status else { return .denial }
        return .agreement(Agreement(status, validFrom: from, validUntil: until), vehicle)
    }
}
