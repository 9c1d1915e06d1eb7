import Lane

/// What a change does to one tag.
package enum AgreementListOperation: Hashable, Sendable {
    /// The tag is on the list with this entry, whatever it had before.
    case set(AgreementListEntry)
    /// The tag is on the list no more.
    case remove

    /// The word as it stands in the file: an entry's, which is never 0, or 0 for a removal.
    var word: UInt64 {
        switch self {
        case .set(let entry): entry.word
        case .remove: 0
        }
    }
}

/// Operations for the next version of a list, in any order. Of several for one tag the last that was added stands.
package struct AgreementListOperations: Sendable {
    /// The most operations: with less than 192 MB of memory. Whoever has more builds a whole list.
    package static let most = 8_000_000

    /// An operation as the file has it, and where its maker has it from.
    struct Row: Sendable {
        let mixed: UInt64
        let word: UInt64
        /// In the order of adding.
        let place: UInt32
        let line: UInt32
    }

    private var rows: [Row] = []

    package init() {}

    package var count: Int { rows.count }

    /// Adds an operation; `line` tells its maker which one it was, when it is reported.
    package mutating func add(_ tag: TagNumber, _ operation: AgreementListOperation, line: Int = 0) throws(ListError) {
        guard rows.count < Self.most else { throw .tooManyOperations }
        rows.append(
            Row(
                mixed: KeyMix.mixed(tag.key), word: operation.word, place: UInt32(rows.count),
                line: UInt32(clamping: line)))
    }

    /// The operations in the order of a file, one for each tag.
    consuming func inOrder(superseded: inout LineReport) -> [Row] {
        rows.sort { $0.mixed != $1.mixed ? $0.mixed < $1.mixed : $0.place < $1.place }
        var kept = 0
        for index in rows.indices {
            let row = rows[index]
            if kept > 0, rows[kept - 1].mixed == row.mixed {
                superseded.add(line: Int(rows[kept - 1].line))
                kept -= 1
            }
            rows[kept] = row
            kept += 1
        }
        rows.removeSubrange(kept...)
        return rows
    }
}

/// How many, and the lines of the first hundred: what a maker of lists is told of his mistakes.
package struct LineReport: Hashable, Sendable {
    /// No more lines than these are kept.
    package static let mostLines = 100

    package private(set) var count = 0
    package private(set) var lines: [Int] = []

    mutating func add(line: Int) {
        count += 1
        if lines.count < Self.mostLines { lines.append(line) }
    }
}
