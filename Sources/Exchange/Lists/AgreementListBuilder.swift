import Lane

/// Builds a signed list from entries in any order.
package struct AgreementListBuilder {
    /// Two entries for one tag: which was kept and which left out, counted from 0 in the order of adding.
    package struct Duplicate: Hashable, Sendable {
        package let kept: Int
        package let leftOut: Int
    }

    /// The file, and what its maker should know.
    package struct Built: Sendable {
        package let header: AgreementListHeader
        /// The whole file.
        package let bytes: [UInt8]
        /// In the order of the keys, then of adding.
        package let duplicates: [Duplicate]
    }

    /// Why a list cannot be built.
    package enum Problem: Error, Hashable, Sendable {
        /// More entries were added than `AgreementList.mostEntries`, duplicates counted in.
        case tooMany
        /// The header's name is not one (`RecordContext.isName`).
        case name
        /// `staleAfter` is not between one millisecond and ten years.
        case staleAfter
    }

    private struct Row {
        let key: UInt64
        let entry: AgreementListEntry
        let place: Int
    }

    private var rows: [Row] = []

    package init() {}

    /// Adds an entry. Of two for one tag the more cautious is kept: a denial, then the graver status, then the shorter validity.
    package mutating func add(_ tag: TagNumber, _ entry: AgreementListEntry) throws(Problem) {
        guard rows.count < AgreementList.mostEntries else { throw .tooMany }
        rows.append(Row(key: tag.key, entry: entry, place: rows.count))
    }

    /// The file of everything added, signed.
    package func build(_ header: AgreementListHeader, signedBy key: SigningKey) throws(Problem) -> Built {
        guard RecordContext.isName(header.name) else { throw .name }
        guard (1...AgreementListHeader.longestStaleAfter.milliseconds).contains(header.staleAfter.milliseconds) else {
            throw .staleAfter
        }
        var header = header
        header.staleAfter = .milliseconds(header.staleAfter.milliseconds)
        var content: [UInt8] = []
        content.reserveCapacity(rows.count * AgreementListHeader.entryBytes)
        let (kept, duplicates) = sorted()
        header.denials = 0
        for row in kept {
            content.append(littleEndian: row.key)
            content.append(littleEndian: row.entry.word)
            if row.entry == .denial { header.denials += 1 }
        }
        header.approvals = kept.count - header.denials
        header.digest = Digest(of: content)
        header.key = key.publicKey.id
        let signed = header.signed
        return Built(
            header: header, bytes: signed + key.signature(over: signed) + content, duplicates: duplicates)
    }

    private func sorted() -> (kept: [Row], duplicates: [Duplicate]) {
        var kept: [Row] = []
        var duplicates: [Duplicate] = []
        for row in rows.sorted(by: { ($0.key, $0.place) < ($1.key, $1.place) }) {
            guard let last = kept.last, last.key == row.key else {
                kept.append(row)
                continue
            }
            let rowIsKept = row.entry.isGraver(than: last.entry)
            if rowIsKept { kept[kept.count - 1] = row }
            duplicates.append(
                Duplicate(kept: rowIsKept ? row.place : last.place, leftOut: rowIsKept ? last.place : row.place))
        }
        return (kept, duplicates)
    }
}
