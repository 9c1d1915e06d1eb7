import Glibc
import Lane

/// An agreement list: an immutable, signed file, looked up where it is mapped. Copies share the mapping.
package struct AgreementList: Sendable {
    /// What the header says; verified.
    package let header: AgreementListHeader
    private let mapping: Mapping
    /// Buckets without the spill, and slots with it.
    private let buckets: Int
    private let slots: Int

    /// The most entries: twice the agreements of Norway. Opening reads all of them, 180 MB in a few tenths of a second.
    package static let mostEntries = 8_000_000

    /// The list that a central server publishes, and a station asks for, when nobody names another.
    package static let defaultName = "agreements"

    /// The largest list file, in bytes.
    package static let mostBytes =
        AgreementListHeader.bytes + AgreementListLayout.bytes(for: mostEntries).upperBound

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

    /// What the list says of several tags, in their order: their cache lines are fetched side by side, which is much faster than one
    /// after the other.
    package func answers(for tags: [TagNumber], into answers: inout [ListAnswer]) {
        var touched: UInt64 = 0
        for tag in tags where slots > 0 {
            let slot = AgreementListLayout.firstSlot(of: KeyMix.mixed(tag.key), buckets: buckets)
            touched |= self[slot].word
        }
        answers.removeAll(keepingCapacity: true)
        // Nothing is decided by what was touched; it stands here so that it is not left out.
        answers.reserveCapacity(touched == 0 ? 0 : tags.count)
        for tag in tags { answers.append(answer(for: tag)) }
    }

    /// The tag's entry; nil when the list does not name it.
    package func entry(of tag: TagNumber) -> AgreementListEntry? {
        let mixed = KeyMix.mixed(tag.key)
        var slot = AgreementListLayout.firstSlot(of: mixed, buckets: buckets)
        while slot < slots {
            let (key, word) = self[slot]
            if key == mixed, word != 0 { return AgreementListEntry(word: word) }
            // An empty slot, or one that belongs to who comes behind it.
            if word == 0 || key > mixed { return nil }
            slot += 1
        }
        return nil
    }

    private init(_ mapping: Mapping, trusting keys: [PublicKey]) throws(ListError) {
        guard mapping.count >= AgreementListHeader.bytes else {
            throw .truncated(bytes: mapping.count, expected: AgreementListHeader.bytes)
        }
        let signed = mapping.bytes(0..<AgreementListHeader.signedBytes)
        let signature = mapping.bytes(AgreementListHeader.signedBytes..<AgreementListHeader.bytes)
        header = try AgreementListHeader(signed: signed, fileBytes: mapping.count)
        self.mapping = mapping
        buckets = AgreementListLayout.buckets(for: header.count)
        slots = header.buckets * AgreementListLayout.slotsOfBucket
        guard let key = keys.first(where: { [header] in $0.id == header.key }) else { throw .unknownKey(header.key) }
        guard key.verifies(signature, over: signed) else { throw .wrongSignature }
        try verifyContent()
    }

    private func verifyContent() throws(ListError) {
        guard mapping.digest(from: AgreementListHeader.bytes) == header.digest else { throw .digestMismatch }
        var (entries, denials, free) = (0, 0, 0)
        var last: UInt64?
        for slot in 0..<slots {
            let (key, word) = self[slot]
            guard word != 0 else {
                guard key == 0 else { throw .malformedEntry(entry: entries) }
                continue
            }
            if let last, last >= key { throw .unsorted(entry: entries) }
            guard slot == max(free, AgreementListLayout.firstSlot(of: key, buckets: buckets)) else {
                throw .unsorted(entry: entries)
            }
            guard let entry = AgreementListEntry(word: word) else { throw .malformedEntry(entry: entries) }
            (entries, free, last) = (entries + 1, slot + 1, key)
            if entry == .denial { denials += 1 }
        }
        let used = (free + AgreementListLayout.slotsOfBucket - 1) / AgreementListLayout.slotsOfBucket
        guard entries == count, denials == header.denials, header.buckets == max(used, buckets) else { throw .count }
    }

    /// A slot's mixed key and word.
    private subscript(slot: Int) -> (key: UInt64, word: UInt64) {
        let offset = AgreementListHeader.bytes + slot * AgreementListLayout.slotBytes
        return (mapping.number(at: offset), mapping.number(at: offset + 8))
    }
}

/// Two lists are one when everything that was signed is the same.
extension AgreementList: Hashable {
    package static func == (a: AgreementList, b: AgreementList) -> Bool { a.header == b.header }
    package func hash(into hasher: inout Hasher) { hasher.combine(header) }
}
