import Lane

/// Writes a signed list file from a stream of entries in any order, in bounded memory, and durably: the file appears in its place whole
/// or not at all. It is the same file, byte for byte, as `AgreementListBuilder` makes of the same entries.
///
/// Of two entries for one tag the more cautious stands, as with the builder, and they are reported with their lines.
package struct AgreementListWriter: ~Copyable {
    /// Two entries for one tag, by the lines that their maker gave them. An error where the maker wants none.
    package struct Duplicates: Error, Hashable, Sendable {
        package struct Pair: Hashable, Sendable {
            package let kept: Int
            package let leftOut: Int
        }

        /// All of them.
        package internal(set) var count = 0
        /// The first hundred that were found, in the order of the lines left out.
        package internal(set) var first: [Pair] = []

        static let mostPairs = 100

        package init() {}
    }

    /// What its maker should know of the file.
    package struct Written: Sendable {
        package let header: AgreementListHeader
        package let duplicates: Duplicates
    }

    /// The memory that it takes unless told otherwise, in bytes: 192 MiB, all that 50 million entries need.
    package static let memoryByDefault = 192 << 20

    private var rows: ListPartitions
    private var count = 0

    /// - Parameters:
    ///   - temporaryFolder: where entries wait that do not fit in memory; made when it is needed. No file of it stays.
    ///   - memory: how many bytes of it are taken at most, one MiB or more.
    package init(temporaryFolder: String, memory: Int = memoryByDefault) {
        rows = ListPartitions(folder: temporaryFolder, memory: memory)
    }

    /// Adds an entry; `line` tells its maker which one it was, when it is reported.
    package mutating func add(_ tag: TagNumber, _ entry: AgreementListEntry, line: Int) throws(ListError) {
        guard count < AgreementList.mostEntries else { throw .tooMany(entries: UInt64(count) + 1) }
        count += 1
        try rows.append(
            ListRow(mixed: KeyMix.mixed(tag.key), word: entry.word, line: UInt64(UInt(bitPattern: line))))
    }

    /// Writes the list of everything added to `path`; when this returns, it is there after a power cut.
    ///
    /// - Parameters:
    ///   - issuers: for whom it speaks; none: for everybody.
    ///   - isStrict: a list with duplicates is not written; what has its name stays.
    ///   - progress: takes how far it is, some hundred times.
    /// - Throws: `AgreementListBuilder.Problem`, `ListError`; `Duplicates` where it is strict.
    package consuming func write(
        to path: String, _ header: AgreementListHeader, issuers: [IssuerPrefix] = [], signedBy key: SigningKey,
        isStrict: Bool = false, progress: (BuildProgress) -> Void = { _ in }
    ) throws -> Written {
        let table = try AgreementListBuilder.table(of: issuers, checking: header)
        var header = header
        header.staleAfter = .milliseconds(header.staleAfter.milliseconds)
        header.issuerCount = table.count / IssuerPrefix.tableRowBytes
        header.key = key.publicKey.id
        for partition in 0..<ListPartitions.count
        where rows.rows(of: partition) > rows.mostRowsOfPartition {
            throw ListError.crowded
        }
        var pass = ListPass(entries: count, phase: .writing)
        // Where entries stand depends on their number. There are as many as were added, unless one was added twice: then they are counted
        // to the end, and written again.
        if try !pass.run(over: rows, into: path, &header, table, signedBy: key, progress) {
            pass.duplicates.first.sort { $0.leftOut < $1.leftOut }
            if isStrict { throw pass.duplicates }
            var again = ListPass(entries: pass.kept, phase: .writingAgain)
            guard try again.run(over: rows, into: path, &header, table, signedBy: key, progress) else {
                throw ListError.count
            }
        }
        return Written(header: header, duplicates: pass.duplicates)
    }
}

/// How far the writing of a list is.
package struct BuildProgress: Hashable, Sendable {
    package enum Phase: Sendable {
        /// Sorting and writing.
        case writing
        /// The same once more: there were duplicates.
        case writingAgain
        /// The disk is asked whether it has everything.
        case syncing
    }

    package let phase: Phase
    /// Entries of this phase that are done, and all of them.
    package let done: Int
    package let total: Int

    /// From 0 to 1.
    package var share: Double { total == 0 ? 1 : Double(done) / Double(total) }
}
