import Exchange
import Lane

/// How reads are numbered that came while no journal was open: nobody knew then which numbers it had used.
///
/// They are 1, 2, 3, … in this run, and go on from the journal's next number where they are written. The lanes keep the numbers that
/// they were given.
struct ReadNumbering: Hashable, Sendable {
    /// Numbers below were given before the first journal was open.
    let end: UInt64
    let shift: UInt64

    /// The number of a read in the journal.
    func number(_ id: ReadID) -> ReadID { id.number < end ? ReadID(id.number + shift) : id }

    /// Mostly false: the journal is open before the first read comes, and nothing is copied.
    private var changesAny: Bool { end > 1 && shift > 0 }

    func renumbered(_ row: ReadRow) -> ReadRow {
        guard changesAny else { return row }
        return ReadRow(
            id: number(row.id), reader: row.reader, position: row.position, antenna: row.antenna,
            content: row.content, at: row.at, utc: row.utc)
    }

    func renumbered(_ write: RecordWrite) -> RecordWrite {
        guard changesAny else { return write }
        return RecordWrite(
            sequence: write.sequence, draft: renumbered(write.draft), stamp: write.stamp,
            isComplete: write.isComplete, reads: write.reads.map(number), position: write.position)
    }

    private func renumbered(_ draft: RecordDraft) -> RecordDraft {
        switch draft {
        case .passage(var passage, let photos):
            passage.reads = passage.reads.map(renumbered)
            return .passage(passage, photos: photos)
        case .strayRead(let stray): return .strayRead(StrayRead(lane: stray.lane, read: renumbered(stray.read)))
        case .replayedRead(let read):
            return .replayedRead(
                ReplayedRead(
                    id: number(read.id), reader: read.reader, antenna: read.antenna, content: read.content,
                    moment: read.moment, reason: read.reason))
        case .event, .gap, .lost: return draft
        }
    }

    private func renumbered(_ read: Passage.Read) -> Passage.Read {
        let first = read.first
        var new = Passage.Read(
            TagRead(id: number(first.id), at: first.at, antenna: first.antenna, content: first.content),
            decidedElsewhere: read.decidedElsewhere)
        new.repeats = read.repeats
        new.last = read.last
        return new
    }
}
