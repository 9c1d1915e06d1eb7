import Lane

/// A change: a signed file that makes of one version of a list the next, byte for byte as the central server built it.
///
///       0  320  header, kind 2: name, version and times of the successor; version and digest of the predecessor
///     320  320  the successor's own header, kind 1, with its own signature
///     640   16  for each issuer of the successor: its table of issuers, as it stands behind its buckets
///       …   16  for each operation, ascending by mixed key: 8 mixed key, 8 the entry's word; 0 removes the tag
///
/// It fits one list alone: the predecessor by name, version and digest. No operation is without effect. There may be none: the successor
/// is the same list, issued again.
package struct AgreementListChange: Sendable {
    /// The change's own header; verified.
    package let header: AgreementListHeader
    /// The header of the list that results; verified.
    package let successor: AgreementListHeader
    /// The one list that it can be applied to.
    package let predecessor: AgreementListHeader.Predecessor
    /// The issuers for which the list that results speaks; none: for everybody.
    package let issuers: [IssuerPrefix]
    /// How many operations it has.
    package var count: Int { operations.count }
    private let mapping: Mapping
    private let operations: MappedOperations

    /// The largest change, in bytes.
    package static let mostBytes =
        2 * AgreementListHeader.bytes + IssuerPrefix.mostOfList * IssuerPrefix.tableRowBytes
        + AgreementList.mostEntries * AgreementListLayout.slotBytes

    package var name: String { successor.name }
    /// The version of the list that results.
    package var version: ListVersion { successor.version }
    /// The whole file, in bytes.
    package var bytes: Int { mapping.count }
    /// The bytes of the list file that results.
    package var listBytes: Int { successor.fileBytes }

    /// Maps and verifies a change: both headers and signatures, digest, versions, every operation.
    package static func open(path: String, trusting keys: [PublicKey]) throws(ListError) -> AgreementListChange {
        let mapping = try Mapping(file: path, atMost: mostBytes)
        return try mapping.reading { () throws(ListError) in try AgreementListChange(mapping, trusting: keys) }
    }

    /// Verifies a change that is in memory, in the same way.
    package init(bytes: [UInt8], trusting keys: [PublicKey]) throws(ListError) {
        guard !bytes.isEmpty else { throw .truncated(bytes: 0, expected: AgreementListHeader.bytes) }
        try self.init(Mapping(copying: bytes), trusting: keys)
    }

    private init(_ mapping: Mapping, trusting keys: [PublicKey]) throws(ListError) {
        let envelope = try ListEnvelope(mapping, kind: .change, trusting: keys)
        guard let predecessor = envelope.header.predecessor else { throw .malformedHeader }
        (header, successor) = (envelope.header, envelope.list)
        self.predecessor = predecessor
        self.mapping = mapping
        let start = ListEnvelope.bytes + successor.issuerBytes
        guard start + header.count * AgreementListLayout.slotBytes == mapping.count else { throw .count }
        operations = MappedOperations(mapping: mapping, start: start, count: header.count)
        guard successor.version.follows(predecessor.version) else { throw .notNext(successor.version) }
        try AgreementList.verifyDigest(of: mapping, header)
        issuers = try mapping.issuers(successor.issuerCount, at: ListEnvelope.bytes)
        try verifyOperations()
    }

    private func verifyOperations() throws(ListError) {
        var (removals, denials) = (0, 0)
        var last: UInt64?
        for place in 0..<count {
            let (key, word) = (operations.key(at: place), operations.word(at: place))
            if let last, last >= key { throw .unsorted(entry: place) }
            last = key
            guard word == 0 || AgreementListEntry(word: word) != nil, TagNumber(key: KeyMix.unmixed(key)) != nil else {
                throw .malformedEntry(entry: place)
            }
            if word == 0 { removals += 1 }
            if word == AgreementListEntry.denial.word { denials += 1 }
        }
        guard removals == header.removals, denials == header.denials else { throw .count }
    }

    /// Writes the successor to `path`, durably: the file appears there whole or not at all, and is byte for byte what the central server
    /// signed. Base and operations are read once, side by side; beside what is mapped it takes less than a megabyte.
    ///
    /// Refuses every base but the predecessor, and what does not come to the successor's digest: a damaged base among them.
    package func apply(to base: AgreementList, into path: String) throws(ListError) {
        try merged(with: base) { () throws(ListError) in try ListOutput(replacing: path) }.commit(header: listHeader)
    }

    /// The successor, in a file of this folder that has no name and is gone when nobody holds the list any more, or when the program
    /// ends. Refuses as `apply` does.
    package func applied(
        to base: AgreementList, in folder: String, trusting keys: [PublicKey]
    ) throws(ListError) -> AgreementList {
        let output = try merged(with: base) { () throws(ListError) in try ListOutput(withoutNameIn: folder) }
        let mapping = try output.mapped(header: listHeader)
        return try mapping.reading { () throws(ListError) in
            try AgreementList(mapping, trusting: keys, checking: .header)
        }
    }

    private var listHeader: [UInt8] { mapping.bytes(ListEnvelope.listHeader) }

    /// The successor without its header, which is written when the content is known to be as it was signed.
    private func merged(
        with base: AgreementList, into output: () throws(ListError) -> ListOutput
    ) throws(ListError) -> ListOutput {
        guard base.name == name, base.version == predecessor.version, base.digest == predecessor.digest else {
            throw .otherPredecessor(predecessor.version)
        }
        var slots = SlotStream(try output(), entries: successor.count)
        try base.merge(operations, into: &slots)
        guard slots.entries == successor.count, slots.denials == successor.denials else { throw .count }
        var list = try slots.filled()
        try list.append(mapping.bytes(ListEnvelope.bytes..<ListEnvelope.bytes + successor.issuerBytes))
        guard try list.finish() == successor.digest else { throw .digestMismatch }
        return list
    }
}

/// The operations of a change where they are mapped.
private struct MappedOperations: OrderedOperations, Sendable {
    let mapping: Mapping
    let start: Int
    let count: Int

    func key(at place: Int) -> UInt64 { mapping.number(at: start + place * AgreementListLayout.slotBytes) }
    func word(at place: Int) -> UInt64 { mapping.number(at: start + place * AgreementListLayout.slotBytes + 8) }
}
