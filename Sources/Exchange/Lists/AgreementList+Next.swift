import Lane

extension AgreementList {
    /// What the maker of the next version is told.
    package struct Next: Hashable, Sendable {
        /// The successor's.
        package let header: AgreementListHeader
        /// How many operations the change has: those that change something.
        package let operations: Int
        /// Operations that a later one for the same tag put aside.
        package let superseded: LineReport
        /// Operations left out because they change nothing: the removal of what is not there, an entry that is there already.
        package let idle: LineReport
    }

    /// Writes the next version of this list to `path`, and the change that leads to it to `changePath`; each durably, the list first.
    ///
    /// `header` says which version, when it was issued and from when it holds; the version has to be the next of the same epoch.
    /// `issuers`: for whom it speaks, which a change may change too; none: for everybody. Beside what is mapped it takes the memory of
    /// the operations.
    package func next(
        applying operations: consuming AgreementListOperations, _ header: AgreementListHeader, issuers: [IssuerPrefix],
        signedBy key: SigningKey, into path: String, change changePath: String
    ) throws(ListError) -> Next {
        guard header.name == name else { throw .otherList(header.name) }
        guard header.version.follows(version) else { throw .notNext(header.version) }
        let stale = header.staleAfter.milliseconds
        let table = IssuerPrefix.table(of: issuers)
        guard (1...AgreementListHeader.longestStaleAfter.milliseconds).contains(stale),
            table.count <= IssuerPrefix.mostOfList * IssuerPrefix.tableRowBytes
        else { throw .malformedHeader }
        var next = AgreementListHeader(
            name: name, version: header.version, issuedAt: header.issuedAt, activeFrom: header.activeFrom,
            staleAfter: .milliseconds(stale))
        next.issuerCount = table.count / IssuerPrefix.tableRowBytes
        next.key = key.publicKey.id
        var (superseded, idle) = (LineReport(), LineReport())
        let ordered = operations.inOrder(superseded: &superseded)
        let (rows, entries) = effective(ordered, idle: &idle)
        let signed = try write(rows, entries: entries, &next, table, signedBy: key, into: path)
        var change = try ChangeStream(
            replacing: changePath, from: self.header, to: next, listHeader: signed, issuers: table)
        for place in 0..<rows.count { try change.append(rows.key(at: place), rows.word(at: place)) }
        try change.commit(signedBy: key)
        return Next(header: next, operations: rows.count, superseded: superseded, idle: idle)
    }

    /// The rows that change something, and how many entries the list has behind them.
    private func effective(
        _ rows: consuming [AgreementListOperations.Row], idle: inout LineReport
    ) -> (rows: OrderedRows, entries: Int) {
        var (entries, kept) = (count, 0)
        for index in rows.indices {
            let row = rows[index]
            let old = word(of: row.mixed)
            guard row.word != old else {
                idle.add(line: Int(row.line))
                continue
            }
            entries += (row.word == 0 ? 0 : 1) - (old == 0 ? 0 : 1)
            rows[kept] = row
            kept += 1
        }
        rows.removeSubrange(kept...)
        return (OrderedRows(rows: rows), entries)
    }

    /// The header of the list that was written, with its signature.
    private func write(
        _ rows: OrderedRows, entries: Int, _ header: inout AgreementListHeader, _ issuers: [UInt8],
        signedBy key: SigningKey, into path: String
    ) throws(ListError) -> [UInt8] {
        guard entries <= Self.mostEntries else { throw .tooMany(entries: UInt64(entries)) }
        var slots = SlotStream(try ListOutput(replacing: path), entries: entries)
        try merge(rows, into: &slots)
        header.denials = slots.denials
        header.approvals = slots.entries - slots.denials
        var output = try slots.filled()
        try output.append(issuers)
        header.digest = try output.finish()
        header.contentBytes = output.count
        let signed = header.signed
        let whole = signed + key.signature(over: signed)
        try output.commit(header: whole)
        return whole
    }
}

/// Operations of a change in the making, in order.
private struct OrderedRows: OrderedOperations {
    let rows: [AgreementListOperations.Row]
    var count: Int { rows.count }
    func key(at place: Int) -> UInt64 { rows[place].mixed }
    func word(at place: Int) -> UInt64 { rows[place].word }
}
