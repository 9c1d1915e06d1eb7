import Glibc
import Lane

/// An agreement list: an immutable, signed file, looked up where it is mapped. Copies share the mapping.
package struct AgreementList: Sendable {
    /// What the header says; verified.
    package let header: AgreementListHeader
    private let mapping: Mapping

    /// The most entries: opening reads all of them, and binary search over 16 MB is what this layout is good for. Lists of
    /// tens of millions get a layout of their own behind this interface.
    package static let mostEntries = 1_000_000

    /// The list that a central server publishes, and a station asks for, when nobody names another.
    package static let defaultName = "agreements"

    /// The largest list file, in bytes.
    package static let mostBytes = AgreementListHeader.bytes + mostEntries * AgreementListHeader.entryBytes

    /// Maps and verifies a list file: header, key, signature, digest, every entry.
    package static func open(path: String, trusting keys: [PublicKey]) throws(ListError) -> AgreementList {
        try AgreementList(Mapping(file: path, atMost: mostBytes), trusting: keys)
    }

    /// Verifies a list that is in memory, in the same way.
    package init(bytes: [UInt8], trusting keys: [PublicKey]) throws(ListError) {
        guard !bytes.isEmpty else { throw .truncated(bytes: 0, expected: AgreementListHeader.bytes) }
        try self.init(Mapping(copying: bytes), trusting: keys)
    }

    package var name: String { header.name }
    package var version: ListVersion { header.version }
    package var issuedAt: UTC { header.issuedAt }
    package var activeFrom: UTC { header.activeFrom }
    package var staleAfter: Interval { header.staleAfter }
    package var count: Int { header.count }
    /// The digest of the content, as `listInForce` records have it.
    package var digest: Digest { header.digest }

    /// Whether the list is older than its `staleAfter`.
    package func isStale(at utc: UTC) -> Bool {
        let (age, overflow) = utc.milliseconds.subtractingReportingOverflow(issuedAt.milliseconds)
        return overflow ? utc > issuedAt : age > staleAfter.milliseconds
    }

    /// What the list says of a tag: its own entry or none, never another tag's (I5).
    package func answer(for tag: TagNumber) -> ListAnswer {
        switch entry(of: tag) {
        case nil: .absent(version)
        case .denial: .denied(version)
        case .agreement(let agreement): .entry(agreement, version)
        }
    }

    /// The tag's entry; nil when the list does not name it.
    package func entry(of tag: TagNumber) -> AgreementListEntry? {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if key(at: middle) < tag.key { low = middle + 1 } else { high = middle }
        }
        guard low < count, key(at: low) == tag.key else { return nil }
        return AgreementListEntry(word: word(at: low))
    }

    private init(_ mapping: Mapping, trusting keys: [PublicKey]) throws(ListError) {
        guard mapping.count >= AgreementListHeader.bytes else {
            throw .truncated(bytes: mapping.count, expected: AgreementListHeader.bytes)
        }
        let signed = mapping.bytes(0..<AgreementListHeader.signedBytes)
        let signature = mapping.bytes(AgreementListHeader.signedBytes..<AgreementListHeader.bytes)
        header = try AgreementListHeader(signed: signed, fileBytes: mapping.count)
        self.mapping = mapping
        guard let key = keys.first(where: { [header] in $0.id == header.key }) else { throw .unknownKey(header.key) }
        guard key.verifies(signature, over: signed) else { throw .wrongSignature }
        try verifyContent()
    }

    private func verifyContent() throws(ListError) {
        guard mapping.digest(from: AgreementListHeader.bytes) == header.digest else { throw .digestMismatch }
        var denials = 0
        for index in 0..<count {
            guard index == 0 || key(at: index - 1) < key(at: index) else { throw .unsorted(entry: index) }
            guard let entry = AgreementListEntry(word: word(at: index)) else { throw .malformedEntry(entry: index) }
            if entry == .denial { denials += 1 }
        }
        guard denials == header.denials else { throw .count }
    }

    private func key(at index: Int) -> UInt64 { mapping.number(at: Self.offset(of: index)) }
    private func word(at index: Int) -> UInt64 { mapping.number(at: Self.offset(of: index) + 8) }

    private static func offset(of index: Int) -> Int {
        AgreementListHeader.bytes + index * AgreementListHeader.entryBytes
    }
}

/// Two lists are one when everything that was signed is the same.
extension AgreementList: Hashable {
    package static func == (a: AgreementList, b: AgreementList) -> Bool { a.header == b.header }
    package func hash(into hasher: inout Hasher) { hasher.combine(header) }
}
