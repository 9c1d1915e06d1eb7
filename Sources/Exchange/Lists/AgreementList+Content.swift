import Lane

extension AgreementList {
    /// The whole file, in bytes.
    package var bytes: Int { mapping.count }

    /// Verifies what opening with `Checking.header` left out, on any thread: the digest, and every entry.
    package func verify() throws(ListError) {
        try mapping.reading { () throws(ListError) in
            try Self.verifyDigest(of: mapping, header)
            try verifyEntries()
        }
    }

    /// Whether a lookup, or anything else, came to a part of the file that the disk does not give or that was cut off. From then on a tag
    /// that is not found is not judged by this list, and the list does not verify.
    package var isUnreadable: Bool { mapping.isUnreadable }

    /// Every entry in the order of the file, which is that of the mixed keys. Of a list that is not verified, those that are
    /// entries.
    package func entries<Problem: Error>(
        _ body: (TagNumber, AgreementListEntry) throws(Problem) -> Void
    ) throws(Problem) {
        mapping.willBeReadThrough()
        for slot in 0..<slots {
            let (key, word) = self[slot]
            guard word != 0, let tag = TagNumber(key: KeyMix.unmixed(key)), let entry = AgreementListEntry(word: word)
            else { continue }
            try body(tag, entry)
        }
    }

    /// Keeps the whole file in memory as long as the list is used; false when the system refuses.
    package func lock() -> Bool { mapping.lock() }

    /// Brings the whole file into memory, so that no lookup waits for the disk.
    package func warm() { mapping.warm() }

    static func verifyDigest(of mapping: Mapping, _ header: AgreementListHeader) throws(ListError) {
        guard try mapping.digest(from: AgreementListHeader.bytes) == header.digest else { throw .digestMismatch }
    }

    /// Each entry is one, in the one place where it may stand, and the counts are right.
    func verifyEntries() throws(ListError) {
        var (entries, denials, free) = (0, 0, 0)
        var last: UInt64?
        for slot in 0..<slots {
            let (key, word) = self[slot]
            guard word != 0 else {
                guard key == 0 else { throw .malformedEntry(entry: entries) }
                continue
            }
            if let last, last >= key { throw .unsorted(entry: entries) }
            let first = AgreementListLayout.firstSlot(of: key, buckets: buckets)
            guard slot == max(free, first), slot - first < AgreementListLayout.mostSlotsOfSearch else {
                throw .unsorted(entry: entries)
            }
            guard let entry = AgreementListEntry(word: word), TagNumber(key: KeyMix.unmixed(key)) != nil else {
                throw .malformedEntry(entry: entries)
            }
            (entries, free, last) = (entries + 1, slot + 1, key)
            if entry == .denial { denials += 1 }
        }
        let used = (free + AgreementListLayout.slotsOfBucket - 1) / AgreementListLayout.slotsOfBucket
        guard entries == count, denials == header.denials, header.buckets == max(used, buckets) else { throw .count }
    }
}
