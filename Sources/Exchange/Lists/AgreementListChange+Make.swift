import Lane

extension AgreementListChange {
    /// Writes the change that makes one list of the other, durably. The second has to be the next version of the first, signed with the
    /// same key. Both are read once, side by side.
    package static func make(
        from predecessor: AgreementList, to successor: AgreementList, signedBy key: SigningKey, into path: String
    ) throws(ListError) {
        guard successor.name == predecessor.name else { throw .otherList(successor.name) }
        guard successor.version.follows(predecessor.version) else { throw .notNext(successor.version) }
        guard successor.header.key == key.publicKey.id else { throw .unknownKey(successor.header.key) }
        predecessor.mapping.willBeReadThrough()
        successor.mapping.willBeReadThrough()
        var change = try ChangeStream(
            replacing: path, from: predecessor.header, to: successor.header,
            listHeader: successor.mapping.bytes(0..<AgreementListHeader.bytes),
            issuers: IssuerPrefix.table(of: successor.issuers))
        var slot = successor.entrySlot(from: 0)
        for old in 0..<predecessor.slots {
            let (key, word) = predecessor[old]
            guard word != 0 else { continue }
            var isKept = false
            while slot < successor.slots, successor[slot].key <= key {
                let (newKey, newWord) = successor[slot]
                isKept = newKey == key
                if !isKept || newWord != word { try change.append(newKey, newWord) }
                slot = successor.entrySlot(from: slot + 1)
            }
            if !isKept { try change.append(key, 0) }
        }
        while slot < successor.slots {
            try change.append(successor[slot].key, successor[slot].word)
            slot = successor.entrySlot(from: slot + 1)
        }
        try predecessor.mapping.requireReadable()
        try successor.mapping.requireReadable()
        try change.commit(signedBy: key)
    }
}

extension AgreementList {
    /// The first slot from this one on that holds an entry; one behind the last when there is none.
    fileprivate func entrySlot(from slot: Int) -> Int {
        var slot = slot
        while slot < slots, self[slot].word == 0 { slot += 1 }
        return slot
    }
}

/// A change in the making: what stands before its operations, and the operations in ascending order.
struct ChangeStream: ~Copyable {
    private var output: ListOutput
    private var header: AgreementListHeader

    /// Begins a change: with the successor's header as it is signed, and its table of issuers.
    init(
        replacing path: String, from predecessor: AgreementListHeader, to successor: AgreementListHeader,
        listHeader: [UInt8], issuers: [UInt8]
    ) throws(ListError) {
        var header = AgreementListHeader(
            name: successor.name, version: successor.version, issuedAt: successor.issuedAt,
            activeFrom: successor.activeFrom, staleAfter: successor.staleAfter)
        header.kind = .change
        header.predecessor = .init(version: predecessor.version, digest: predecessor.digest)
        header.key = successor.key
        var output = try ListOutput(replacing: path)
        try output.append(listHeader)
        try output.append(issuers)
        self.header = header
        self.output = output
    }

    /// Appends an operation, above those before it; word 0 removes.
    mutating func append(_ mixed: UInt64, _ word: UInt64) throws(ListError) {
        switch word {
        case 0: header.removals += 1
        case AgreementListEntry.denial.word: header.denials += 1
        default: header.approvals += 1
        }
        guard header.count <= AgreementList.mostEntries else { throw .tooMany(entries: UInt64(header.count)) }
        try output.append(mixed, word)
    }

    /// Signs the change and puts it in its place, durably.
    consuming func commit(signedBy key: SigningKey) throws(ListError) {
        header.digest = try output.finish()
        header.contentBytes = output.count
        let signed = header.signed
        try output.commit(header: signed + key.signature(over: signed))
    }
}
