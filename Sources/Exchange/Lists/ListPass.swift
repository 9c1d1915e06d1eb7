import Lane

/// One pass over the rows of a list in the making: partition by partition, sorted, duplicates put aside, written.
struct ListPass {
    /// How many entries the file is laid out for.
    let entries: Int
    let phase: BuildProgress.Phase
    private(set) var kept = 0
    var duplicates = AgreementListWriter.Duplicates()

    init(entries: Int, phase: BuildProgress.Phase) {
        self.entries = entries
        self.phase = phase
    }

    /// Writes the file; false when there are fewer entries than it was laid out for: then they are counted, and nothing is written.
    mutating func run(
        over rows: borrowing ListPartitions, into path: String, _ header: inout AgreementListHeader, _ issuers: [UInt8],
        signedBy key: SigningKey, _ progress: (BuildProgress) -> Void
    ) throws -> Bool {
        guard let slots = try filled(SlotStream(ListOutput(replacing: path), entries: entries), from: rows, progress)
        else { return false }
        header.denials = slots.denials
        header.approvals = slots.entries - slots.denials
        var output = try slots.filled()
        try output.append(issuers)
        header.digest = try output.finish()
        header.contentBytes = output.count
        let signed = header.signed
        progress(BuildProgress(phase: .syncing, done: entries, total: entries))
        try output.commit(header: signed + key.signature(over: signed))
        return true
    }

    /// All entries in their places; nil when one of them was there twice.
    private mutating func filled(
        _ begun: consuming SlotStream, from rows: borrowing ListPartitions, _ progress: (BuildProgress) -> Void
    ) throws -> SlotStream? {
        var slots: SlotStream? = consume begun
        var sorted: [ListRow] = []
        var done = 0
        for partition in 0..<ListPartitions.count {
            try rows.copyRows(of: partition, to: &sorted)
            sorted.sortByKey(bits: 64 - ListPartitions.bits)
            done += sorted.count
            if setDuplicatesAside(in: &sorted), phase == .writing { slots = nil }
            try slots?.append(sorted)
            progress(BuildProgress(phase: phase, done: done, total: max(entries, done)))
        }
        return slots
    }

    /// Leaves one row for each tag; false when there was no more than one.
    private mutating func setDuplicatesAside(in rows: inout [ListRow]) -> Bool {
        let count = rows.count
        rows.setDuplicatesAside { note($0, $1) }
        kept += rows.count
        return rows.count < count
    }

    private mutating func note(_ kept: ListRow, _ leftOut: ListRow) {
        duplicates.count += 1
        guard duplicates.first.count < AgreementListWriter.Duplicates.mostPairs else { return }
        duplicates.first.append(
            .init(kept: Int(truncatingIfNeeded: kept.line), leftOut: Int(truncatingIfNeeded: leftOut.line)))
    }
}

extension SlotStream {
    fileprivate mutating func append(_ rows: [ListRow]) throws(ListError) {
        for row in rows { try append(row.mixed, row.word) }
    }
}
