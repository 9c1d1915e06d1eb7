import Lane

/// Builds a signed list in memory, from entries in any order: for simulations and tests, which have no disk for it. `AgreementListWriter`
/// writes the same file, of any size; the two share how rows are sorted, and place them each in its own way.
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
        /// In the order of the mixed keys, then of adding.
        package let duplicates: [Duplicate]
    }

    /// Why a list cannot be built.
    package enum Problem: Error, Hashable, Sendable {
        /// More entries were added than `mostEntries`, duplicates counted in.
        case tooMany
        /// The header's name is not one (`RecordContext.isName`).
        case name
        /// `staleAfter` is not between one millisecond and ten years.
        case staleAfter
        /// More issuers than `IssuerPrefix.mostOfList`.
        case tooManyIssuers
        /// More numbers belong to one part of the list than chance would bring together: somebody chose them.
        case crowded
    }

    /// The most entries that are built in memory, duplicates counted in: with half a gigabyte of it.
    package static let mostEntries = 8_000_000

    /// As lines they have their places in the order of adding.
    private var rows: [ListRow] = []

    package init() {}

    /// Adds an entry. Of two for one tag the more cautious is kept: a denial, then the graver status, then the shorter validity.
    package mutating func add(_ tag: TagNumber, _ entry: AgreementListEntry) throws(Problem) {
        guard rows.count < Self.mostEntries else { throw .tooMany }
        rows.append(ListRow(mixed: KeyMix.mixed(tag.key), word: entry.word, line: UInt64(rows.count)))
    }

    /// The file of everything added, signed; it speaks for these issuers, or for everybody when none is given.
    package func build(
        _ header: AgreementListHeader, issuers: [IssuerPrefix] = [], signedBy key: SigningKey
    ) throws(Problem) -> Built {
        let table = try Self.table(of: issuers, checking: header)
        var header = header
        header.staleAfter = .milliseconds(header.staleAfter.milliseconds)
        let (kept, duplicates) = sorted()
        let content = try Self.content(of: kept) + table
        header.denials = kept.count { $0.word == AgreementListEntry.denial.word }
        header.approvals = kept.count - header.denials
        header.issuerCount = table.count / IssuerPrefix.tableRowBytes
        header.contentBytes = content.count
        header.digest = Digest(of: content)
        header.key = key.publicKey.id
        let signed = header.signed
        return Built(
            header: header, bytes: signed + key.signature(over: signed) + content, duplicates: duplicates)
    }

    /// The bytes of the issuers, where header and issuers can be those of a list.
    static func table(of issuers: [IssuerPrefix], checking header: AgreementListHeader) throws(Problem) -> [UInt8] {
        guard RecordContext.isName(header.name) else { throw .name }
        guard (1...AgreementListHeader.longestStaleAfter.milliseconds).contains(header.staleAfter.milliseconds) else {
            throw .staleAfter
        }
        let table = IssuerPrefix.table(of: issuers)
        guard table.count <= IssuerPrefix.mostOfList * IssuerPrefix.tableRowBytes else { throw .tooManyIssuers }
        return table
    }

    /// Each entry in its place (`AgreementListLayout`).
    private static func content(of rows: [ListRow]) throws(Problem) -> [UInt8] {
        let buckets = AgreementListLayout.buckets(for: rows.count)
        let room = AgreementListLayout.bytes(for: rows.count)
        var content = [UInt8](repeating: 0, count: room.upperBound)
        var free = 0
        for row in rows {
            let first = AgreementListLayout.firstSlot(of: row.mixed, buckets: buckets)
            let slot = max(free, first)
            free = slot + 1
            guard slot - first < AgreementListLayout.mostSlotsOfSearch else { throw .crowded }
            content.put(littleEndian: row.mixed, at: slot * AgreementListLayout.slotBytes)
            content.put(littleEndian: row.word, at: slot * AgreementListLayout.slotBytes + 8)
        }
        let slots = AgreementListLayout.slotsOfBucket
        let used = (free + slots - 1) / slots * AgreementListLayout.bucketBytes
        content.removeLast(content.count - max(used, room.lowerBound))
        return content
    }

    private func sorted() -> (kept: [ListRow], duplicates: [Duplicate]) {
        var kept = rows
        kept.sortByKey(bits: 64)
        var duplicates: [Duplicate] = []
        kept.setDuplicatesAside { duplicates.append(Duplicate(kept: Int($0.line), leftOut: Int($1.line))) }
        return (kept, duplicates)
    }
}

extension [UInt8] {
    fileprivate mutating func put(littleEndian number: UInt64, at place: Int) {
        for byte in 0..<8 { self[place + byte] = UInt8(truncatingIfNeeded: number >> UInt64(8 * byte)) }
    }
}
