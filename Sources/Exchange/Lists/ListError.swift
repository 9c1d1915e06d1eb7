import Lane

/// Why a list file is refused; one case for each cause.
package enum ListError: Error, Hashable, Sendable {
    /// The file cannot be opened, measured or mapped.
    case system(operation: String, path: String, cause: String)
    /// Shorter than its header says.
    case truncated(bytes: Int, expected: Int)
    case wrongMagic
    /// A format, layout or kind that this program does not know.
    case unknownFormat
    /// A whole list where a change or a part is expected, or another way round.
    case otherKind
    /// A member of the header has a value that is not allowed.
    case malformedHeader
    /// More entries than `AgreementList.mostEntries`.
    case tooMany(entries: UInt64)
    /// The counts in the header disagree with each other, with the file's size or with the entries.
    case count
    /// Signed with a key that is not trusted here.
    case unknownKey(KeyID)
    case wrongSignature
    case digestMismatch
    /// This entry is not in its place or its key not above the one before, counted from 0.
    case unsorted(entry: Int)
    /// This entry's key or word is none of this format, counted from 0.
    case malformedEntry(entry: Int)
    /// This row of the table of issuers is none, or not behind the one before, counted from 0.
    case malformedIssuer(issuer: Int)
}

extension ListError: CustomStringConvertible {
    /// Cause and remedy in one line; the caller adds operation and file where this has none.
    package var description: String {
        switch self {
        case .system(let operation, let path, let cause): "\(operation) \(path): \(cause)"
        case .truncated(let bytes, let expected): "list has \(bytes) bytes of \(expected); fetch it again"
        case .wrongMagic: "not an agreement list"
        case .unknownFormat: "list in a format that this version does not know; update the station"
        case .otherKind: "not this kind of list file: whole lists, changes and parts are told apart; name another file"
        case .malformedHeader: "list header is not as its format allows; build it again"
        case .tooMany(let entries): "list has \(entries) entries, more than \(AgreementList.mostEntries)"
        case .count: "list's counts disagree with its content; fetch it again"
        case .unknownKey(let key): "list is signed with key \(key), not trusted here; check the configured keys"
        case .wrongSignature: "list's signature is wrong; fetch it again, and ask who changed it"
        case .digestMismatch: "list's content is damaged; fetch it again"
        case .unsorted(let entry): "list is not in order at entry \(entry); build it again"
        case .malformedEntry(let entry): "list has a malformed entry, number \(entry); build it again"
        case .malformedIssuer(let issuer): "list has a malformed issuer, number \(issuer); build it again"
        }
    }
}
