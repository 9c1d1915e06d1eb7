import Glibc
import Lane

/// An agreement list: an immutable, signed file, looked up where it is mapped. Copies share the mapping.
package struct AgreementList: Sendable {
    /// How much of a file is verified before it is used.
    package enum Checking: Sendable {
        /// Header, key, signature, digest, every entry: reads the whole file.
        case everything
        /// Header, key, signature, size and issuers: takes the same short time for every list. `verify` does the rest. Until then a lookup
        /// in a damaged file may miss an entry or find one that is not as it was signed; it ends soon and reads no other memory.
        case header
    }

    /// What the header says; verified.
    package let header: AgreementListHeader
    /// The issuers for which the list speaks; none: for everybody.
    package let issuers: [IssuerPrefix]
    /// The same, to be asked fast about a tag that the list does not name.
    private let speaksFor: AcceptedIssuers
    let mapping: Mapping
    /// Buckets without the spill, and slots with it.
    let buckets: Int
    let slots: Int

    /// The most entries: the countries around Norway fit too. Verifying all of them reads 1.5 GB.
    package static let mostEntries = 64_000_000

    /// The list that a central server publishes, and a station asks for, when nobody names another.
    package static let defaultName = "agreements"

    /// The largest list file, in bytes.
    package static let mostBytes =
        AgreementListHeader.bytes + AgreementListLayout.bytes(for: mostEntries).upperBound
        + IssuerPrefix.mostOfList * IssuerPrefix.tableRowBytes

    /// Maps a list file and verifies as much of it as asked for.
    package static func open(
        path: String, trusting keys: [PublicKey], checking: Checking = .everything
    ) throws(ListError) -> AgreementList {
        let mapping = try Mapping(file: path, atMost: mostBytes, checking == .everything ? .everythingAnew : .fewLines)
        return try mapping.reading { () throws(ListError) in
            try AgreementList(mapping, trusting: keys, checking: checking)
        }
    }

    /// Verifies a list that is in memory, in the same way.
    package init(bytes: [UInt8], trusting keys: [PublicKey], checking: Checking = .everything) throws(ListError) {
        guard !bytes.isEmpty else { throw .truncated(bytes: 0, expected: AgreementListHeader.bytes) }
        try self.init(Mapping(copying: bytes), trusting: keys, checking: checking)
    }

    init(_ mapping: Mapping, trusting keys: [PublicKey], checking: Checking) throws(ListError) {
        try AgreementListHeader.requireRoom(in: mapping)
        let signed = mapping.bytes(0..<AgreementListHeader.signedBytes)
        let signature = mapping.bytes(AgreementListHeader.signedBytes..<AgreementListHeader.bytes)
        header = try AgreementListHeader(signed: signed, fileBytes: mapping.count)
        guard header.kind == .whole else { throw .otherKind }
        guard let key = keys.first(where: { [header] in $0.id == header.key }) else { throw .unknownKey(header.key) }
        guard key.verifies(signature, over: signed) else { throw .wrongSignature }
        self.mapping = mapping
        buckets = AgreementListLayout.buckets(for: header.count)
        slots = header.buckets * AgreementListLayout.slotsOfBucket
        if checking == .everything { try Self.verifyDigest(of: mapping, header) }
        issuers = try mapping.issuers(header.issuerCount, at: mapping.count - header.issuerBytes)
        speaksFor = AcceptedIssuers(issuers.map { .init($0, name: "") })
        if checking == .everything { try verifyEntries() }
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
    package func isStale(at utc: UTC) -> Bool { header.isStale(at: utc) }

    /// What the list says of a tag: its own entry or none, never another tag's (I5). One that it does not name is absent only where the
    /// list speaks for its issuer, and where all that was read so far could be read.
    package func answer(for tag: TagNumber) -> ListAnswer {
        answer(for: tag, in: word(of: KeyMix.mixed(tag.key)))
    }

    /// What a tag's word says; 0: there is none.
    private func answer(for tag: TagNumber, in word: UInt64) -> ListAnswer {
        switch AgreementListEntry(word: word) {
        // It may have stood where nothing could be read: nobody knows.
        case nil: speaksFor.refusal(of: tag, by: version) ?? (isUnreadable ? .noList : .absent(version))
        case .denial: .denied(version)
        case .agreement(let agreement, _): .entry(agreement, version)
        }
    }

    /// What the list says of several tags, in their order: their cache lines are fetched side by side, which is much faster than one
    /// after the other.
    package func answers(for tags: [TagNumber], into answers: inout [ListAnswer]) {
        answers.removeAll(keepingCapacity: true)
        answers.reserveCapacity(tags.count)
        for tag in tags.prefix(Self.fetchedAhead) { fetch(tag) }
        for (place, tag) in tags.enumerated() {
            if place + Self.fetchedAhead < tags.count { fetch(tags[place + Self.fetchedAhead]) }
            answers.append(answer(for: tag))
        }
    }

    /// How many cache lines are asked for before the first of them is read: a processor has about so many under way.
    private static let fetchedAhead = 16

    /// Asks for the cache line in which a tag stands.
    private func fetch(_ tag: TagNumber) {
        mapping.fetch(offset(of: AgreementListLayout.firstSlot(of: KeyMix.mixed(tag.key), buckets: buckets)))
    }

    /// The tag's entry; nil when the list does not name it.
    package func entry(of tag: TagNumber) -> AgreementListEntry? {
        let word = word(of: KeyMix.mixed(tag.key))
        // A word that no list holds is damage, and damage approves nobody.
        return word == 0 ? nil : AgreementListEntry(word: word)
    }

    /// What stands with a mixed key; 0 when the list does not name it.
    func word(of mixed: UInt64) -> UInt64 {
        let first = AgreementListLayout.firstSlot(of: mixed, buckets: buckets)
        let end = min(first + AgreementListLayout.mostSlotsOfSearch, slots)
        for bucket in stride(from: first, to: end, by: AgreementListLayout.slotsOfBucket) {
            // All of a cache line is compared: a branch that nobody can foretell costs more than the rest of it.
            let last = self[bucket + 3]
            var word = last.key == mixed ? last.word : 0
            for slot in bucket..<bucket + 3 { word |= self[slot].key == mixed ? self[slot].word : 0 }
            // Behind an empty slot, or one with a greater key, the tag does not stand.
            if word != 0 || last.word == 0 || last.key > mixed { return word }
        }
        return 0
    }

    /// A slot's mixed key and word.
    subscript(slot: Int) -> (key: UInt64, word: UInt64) {
        let offset = offset(of: slot)
        return (mapping.number(at: offset), mapping.number(at: offset + 8))
    }

    private func offset(of slot: Int) -> Int { AgreementListHeader.bytes + slot * AgreementListLayout.slotBytes }
}

/// Two lists are one when everything that was signed is the same.
extension AgreementList: Hashable {
    package static func == (a: AgreementList, b: AgreementList) -> Bool { a.header == b.header }
    package func hash(into hasher: inout Hasher) { hasher.combine(header) }
}
