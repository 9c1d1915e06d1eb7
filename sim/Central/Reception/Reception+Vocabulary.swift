import Exchange
import Lane

extension Reception {
    /// What the reception hears, from stations and from its store.
    package enum Event: Hashable, Sendable {
        case positionAsked(RequestID, JournalName)
        /// A station delivers records of one journal, in sequence.
        case batch(RequestID, JournalName, [RecordLine])
        /// What the store holds from a sequence on, in answer to `.recall`: the first may be a gap that began before the range.
        case recalled(RequestID, from: Sequence, [KnownRecord])
        /// A station delivers a photo whose bytes have this digest.
        case photo(RequestID, PhotoName, Digest)
        /// What the store knows of it, in answer to `.findPhoto`.
        case photoFound(RequestID, PhotoFinding)
        /// The photo is durable, in answer to `.keepPhoto`.
        case photoKept(RequestID)
        /// The commit has returned: what was in it is durable.
        case committed(CommitNumber)
        /// The commit failed as a whole: nothing of it is there.
        case commitFailed(CommitNumber)
        /// The store could not carry out what it was asked for this caller.
        case failed(RequestID)
    }

    /// What the reception wants done.
    package enum Action: Hashable, Sendable {
        case answer(RequestID, Answer)
        /// Read back what is stored in this range.
        case recall(RequestID, JournalName, ClosedRange<Sequence>)
        /// Write all this in one transaction. One commit at a time is under way.
        case commit(CommitNumber, [Portion])
        case findPhoto(RequestID, PhotoName)
        /// Write the photo's file durably, then its row.
        case keepPhoto(RequestID, PhotoName, Digest)
    }

    /// What a caller is told.
    package enum Answer: Hashable, Sendable {
        case position(JournalPosition)
        /// The batch is durable up to this position.
        case taken(JournalPosition, rejected: [Rejection], pace: BatchAnswer.Pace?)
        /// Not taken from `expected` on; what came before it is durable.
        case refused(Refused, expected: Sequence)
        /// The same request may succeed later; nothing is wrong with it.
        case later(Later)
        case photoKept
        /// The photo's record is not here yet.
        case photoNotYet
        case photoRefused(PhotoRefused)
    }

    /// Why a batch was not taken to its end.
    package enum Refused: Hashable, Sendable {
        /// A sequence is missing.
        case gap
        /// A record does not continue the chain, or its name is taken by other bytes.
        case chain
    }

    /// Why a request is to come again.
    package enum Later: CaseIterable, Hashable, Sendable {
        case tooManyBatches
        case tooManyPhotos
        case tooManyJournals
        /// The same photo is being stored for another caller.
        case photoUnderWay
        /// The disk did not take it.
        case notStored
    }

    /// Why a photo is taken neither now nor later.
    package enum PhotoRefused: CaseIterable, Hashable, Sendable {
        /// Another photo is stored under this name.
        case otherDigest
        /// The record is not a passage.
        case notAPassage
        /// The passage's record names no photo of this camera with this digest.
        case notInRecord
    }

    /// A record whose chain is whole and whose content cannot be taken: kept as it came, and the sequence goes on.
    package struct Rejection: Hashable, Sendable {
        /// What is wrong with the content.
        package enum Reason: String, CaseIterable, Hashable, Sendable {
            /// It does not begin as a record does.
            case head
            /// A format of a later time.
            case version
            /// It names another station than the one that delivers it.
            case station
            /// It names another journal than the one that it is in.
            case journal
        }

        package let sequence: Sequence
        package let reason: Reason
    }

    /// A record as the store holds it, for comparing.
    package struct KnownRecord: Hashable, Sendable {
        package let digest: Digest
        package let rejected: Rejection.Reason?
        /// The records in whose place it stands.
        package let lost: LostRecords?

        package init(digest: Digest, rejected: Rejection.Reason?, lost: LostRecords? = nil) {
            self.digest = digest
            self.rejected = rejected
            self.lost = lost
        }
    }

    /// A record to be stored, as it was received.
    package struct ReceivedRecord: Hashable, Sendable {
        package let sequence: Sequence
        /// The word of its type; empty when its head could not be read.
        package let type: String
        package let line: RecordLine
        package let rejected: Rejection.Reason?

        package init(sequence: Sequence, type: String, line: RecordLine, rejected: Rejection.Reason?) {
            self.sequence = sequence
            self.type = type
            self.line = line
            self.rejected = rejected
        }

        /// The records in whose place it stands.
        package var lost: LostRecords? { type == LostRecords.type ? LostRecords(body: line.body) : nil }

        /// Where the journal stands behind it.
        package var position: JournalPosition {
            let lost = lost
            return JournalPosition(contiguous: lost?.last ?? sequence, digest: lost?.digest ?? line.digest)
        }
    }

    /// What one commit writes into one journal.
    package struct Portion: Hashable, Sendable {
        package let journal: JournalName
        package let records: [ReceivedRecord]
        /// Where the journal stands when the records are in.
        package let position: JournalPosition
    }

    /// What the store knows of a photo.
    package struct PhotoFinding: Hashable, Sendable {
        /// The digest of the photo that is stored under the name.
        package let kept: Digest?
        /// What the record says; nil when it is no passage.
        package let record: PhotoRecord?

        package init(kept: Digest?, record: PhotoRecord?) {
            self.kept = kept
            self.record = record
        }
    }

    /// What a passage's record says of one camera's photos.
    package struct PhotoRecord: Hashable, Sendable {
        package let digests: [Digest]
        /// It was sealed before all of them had come: a late one is taken, though the record does not vouch for it.
        package let isUnsettled: Bool

        package init(digests: [Digest], isUnsettled: Bool = false) {
            self.digests = digests
            self.isUnsettled = isUnsettled
        }
    }

    /// Counts the commits of a run.
    package struct CommitNumber: Hashable, Sendable {
        package let number: UInt64
        package init(_ number: UInt64) { self.number = number }
    }
}
