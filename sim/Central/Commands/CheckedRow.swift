import Exchange
import FoundationEssentials

/// A list that was only checked, as `--json` shows it.
struct CheckedRow: Encodable, Hashable {
    let agreements: Int
    let denials: Int
    /// Lines that name a number that another line names too.
    let duplicates: Int

    init(_ written: AgreementListWriter.Written) {
        agreements = written.header.approvals
        denials = written.header.denials
        duplicates = written.duplicates.count
    }
}

extension Encodable {
    /// A row's line of JSON.
    var rowJSON: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        } catch {
            preconditionFailure("numbers and a name can always be written: \(error)")
        }
    }
}
