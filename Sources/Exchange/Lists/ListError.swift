import Lane

/// Why a list file is refused; one case for each cause.
package enum ListError: Error, Hashable, Sendable {
    /// The file cannot be opened, measured or mapped.
    case system(operation: String, path: String, cause: String)
    /// The disk does not give all of it, or it was cut while it was in use.
    case unreadable
    /// Shorter than its header says.
    case truncated(bytes: Int, expected: Int)
    case wrongMagic
    /// A gzip file, as central sends lists; nobody has unpacked it.
    case packed
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
    /// A list of another name than is asked for.
    case otherList(String)
    /// A change for another list than the one it is applied to: it needs this one, and no other.
    case otherPredecessor(ListVersion)
    /// The version does not follow on the predecessor's: an epoch begins with a whole list, and no version is left out.
    case notNext(ListVersion)
    /// A change removes what is not there, or sets what is there already; counted from 0.
    case idleOperation(operation: Int)
    /// More operations than `AgreementListOperations.most`.
    case tooManyOperations
    /// More numbers belong to one part of the list than chance would bring together: somebody chose them.
    case crowded
    /// Parts of different lists, or of different divisions of one.
    case mixedParts
    /// A list cannot be had without this part, counted from 1.
    case missingPart(number: Int, of: Int)
    /// This part was given twice, counted from 1.
    case partTwice(number: Int)
    /// A list cannot be divided in so many.
    case partCount(Int)
}

extension ListError: CustomStringConvertible {
    /// Cause and remedy in one line; the caller adds operation and file where this has none.
    package var description: String {
        switch self {
        case .system(let operation, let path, let cause): "\(operation) \(path): \(cause)"
        case .unreadable: "not all of the list can be read from the disk; fetch it again, and look after the disk"
        case .truncated(let bytes, let expected): "list has \(bytes) bytes of \(expected); fetch it again"
        case .wrongMagic: "not an agreement list"
        case .packed: "a packed file, not an agreement list; unpack it with gunzip"
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
        case .otherList(let name): "list is \(name), another than asked for; check the name"
        case .otherPredecessor(let version):
            "change is for list version \(version.epoch).\(version.version) and no other; fetch the whole list"
        case .notNext(let version):
            "list version \(version.epoch).\(version.version) does not follow on its predecessor's; build a whole list"
        case .idleOperation(let operation): "change does nothing by operation \(operation); fetch the whole list"
        case .tooManyOperations: "more than \(AgreementListOperations.most) operations; build a whole list"
        case .crowded: "more numbers lie close together than chance would bring; ask where they come from"
        case .mixedParts: "parts belong to different lists; name those of one"
        case .missingPart(let number, let count): "part \(number) of \(count) is missing; fetch it"
        case .partTwice(let number): "part \(number) is there twice; name each part once"
        case .partCount(let count): "\(count) parts; a list has 1 to \(AgreementListHeader.Part.most)"
        }
    }
}
