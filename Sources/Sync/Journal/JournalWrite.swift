import Exchange
import Lane

/// One thing to be written. All writes of a commit are in one transaction, in this order; each may be written twice.
package enum JournalWrite: Hashable, Sendable {
    /// A read with its reader's position.
    case read(ReadRow)
    /// How far a reader was in the journal before this one.
    case position(ReaderPosition, of: String, ReadID)
    /// A record that may change, or waits for its predecessors: the copy that a crash leaves.
    case keep(RecordWrite)
    /// The record's bytes for ever, chained to its predecessor.
    case seal(RecordWrite)
    /// Photos that came after their passage was sealed.
    case photos(Sequence, LaneNumber, [PhotoResult])
    /// Central has every record up to here; a lower number than before when it went back. No UTC: the clock is not good.
    case acknowledged(upTo: Sequence, rejected: [BatchAnswer.Rejection], at: UTC?)
    /// Central has this photo.
    case photoSent(PhotoName)
    /// Central will never take this photo: set aside.
    case photoRefused(PhotoName, reason: String)
    /// What cannot be delivered from this record on is lost: a gap record stands in its place. It continues that digest.
    case lose(from: Sequence, after: Digest, Stamp)
    /// Delete records that central had acknowledged before this time, the oldest first, at the most so many.
    case expire(acknowledgedBefore: UTC, most: Int)
}

extension JournalWrite {
    /// The number of a read that comes with its reader's position.
    var rowOfRead: ReadID? { if case .read(let row) = self { row.id } else { nil } }

    /// The highest number of a read in a record.
    var lastReadOfRecord: ReadID? {
        switch self {
        case .keep(let record), .seal(let record): record.draft.lastRead
        case .read, .position, .photos, .acknowledged, .photoSent, .photoRefused, .lose, .expire: nil
        }
    }
}

extension RecordDraft {
    /// The highest number of a read in it.
    fileprivate var lastRead: ReadID? {
        switch self {
        case .passage(let passage, _): passage.reads.map(\.first.id).max()
        case .strayRead(let stray): stray.read.first.id
        case .replayedRead(let read): read.id
        case .event, .gap, .lost: nil
        }
    }
}

/// A record to be written, with the reads that are in it from now on and no longer stand alone.
package struct RecordWrite: Hashable, Sendable {
    package let sequence: Sequence
    package let draft: RecordDraft
    package let stamp: Stamp
    /// Nothing in it will change.
    package let isComplete: Bool
    package let reads: [ReadID]
    /// The reader's position, for a read that has no row of its own.
    package let position: ReaderPosition?

    package init(
        sequence: Sequence, draft: RecordDraft, stamp: Stamp, isComplete: Bool, reads: [ReadID] = [],
        position: ReaderPosition? = nil
    ) {
        self.sequence = sequence
        self.draft = draft
        self.stamp = stamp
        self.isComplete = isComplete
        self.reads = reads
        self.position = position
    }
}

/// What a commit that returned says beside that.
package struct CommitResult: Hashable, Sendable {
    /// Pages in the write-ahead log that a checkpoint has not copied yet.
    package var logPages: Int
    /// How many records `expire` deleted.
    package var deleted: Int
    /// What was declared lost.
    package var lost: [LostRecords]

    package init(logPages: Int = 0, deleted: Int = 0, lost: [LostRecords] = []) {
        self.logPages = logPages
        self.deleted = deleted
        self.lost = lost
    }
}

/// Why the journal could not be opened or written: one line, with the remedy.
package struct JournalFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    /// The file's bytes are damaged: trying again will not help, setting it aside will.
    package let isDamage: Bool
    /// A sync failed: the file is not to be synced by the same connection any more.
    package let isFromSync: Bool
    /// The disk has no room.
    package let isFull: Bool
    /// The record that is damaged, where it is one alone.
    package let record: Sequence?

    package init(
        _ reason: String, isDamage: Bool = false, isFromSync: Bool = false, isFull: Bool = false,
        record: Sequence? = nil
    ) {
        self.reason = reason
        self.isDamage = isDamage
        self.isFromSync = isFromSync
        self.isFull = isFull
        self.record = record
    }

    package var description: String { reason }
}
