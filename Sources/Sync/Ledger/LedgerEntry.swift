import Exchange
import Lane

/// A record on its way to being sealed.
struct LedgerEntry: Hashable, Sendable {
    enum Stage: Hashable, Sendable {
        /// The vehicle is there, or its late-read window is open.
        case open
        /// The vehicle has gone at that moment; photos of it have no result yet. `sealAfter` counts from here: until then the record
        /// says too little, and the lane sees to it that no passage stays open for long.
        case awaitingPhotos(since: Instant)
        /// Nothing will change: sealed as soon as its predecessors are.
        case complete
    }

    /// Nil until a journal is open.
    var sequence: Sequence?
    var draft: RecordDraft
    var stamp: Stamp
    var stage: Stage
    /// It differs from what the journal has or is being given.
    var isWaiting = true
    /// A commit with it is under way.
    var isInFlight = false
    /// That commit seals it.
    var isSealing = false
    /// Reads that are in this record now and still stand alone in the journal.
    var reads: [ReadID] = []
    /// How many of them the commit under way takes.
    var readsInFlight = 0
    /// The reader's position that has to be written with it, for a read that has no row of its own.
    var position: ReaderPosition?

    /// Since when it only waits for photos; nil: it does not.
    var awaitsPhotosSince: Instant? {
        if case .awaitingPhotos(let since) = stage { since } else { nil }
    }

    var passage: Passage? {
        if case .passage(let passage, _) = draft { passage } else { nil }
    }

    /// Puts a newer state of the passage in, keeping the photos that have a result.
    mutating func update(_ passage: Passage, _ stamp: Stamp) {
        guard case .passage(_, let photos) = draft else { return }
        draft = .passage(passage, photos: photos)
        self.stamp = stamp
        isWaiting = true
    }

    /// Puts results of photos in; a newer result of the same trigger replaces the one before.
    mutating func update(_ results: [PhotoResult], _ stamp: Stamp) {
        guard case .passage(let passage, var photos) = draft else { return }
        for result in results {
            if let place = photos.firstIndex(where: { $0.camera == result.camera && $0.trigger == result.trigger }) {
                photos[place] = result
            } else {
                photos.append(result)
            }
        }
        draft = .passage(passage, photos: photos)
        self.stamp = stamp
        isWaiting = true
    }

    /// The journal tells when the program was last alive: a start says how long it was not.
    mutating func know(_ last: JournalState.LastMoment?) {
        guard case .event(.start(downtime: nil, let version)) = draft else { return }
        draft = .event(.start(downtime: last?.downtime(before: stamp), version: version))
    }

    /// Takes the record as it stands, flagged: it has held back those after it for long enough.
    mutating func completeEarly() {
        if case .passage(var passage, let photos) = draft {
            passage.flags.insert(.sealedEarly)
            draft = .passage(passage, photos: photos)
        }
        stage = .complete
        isWaiting = true
    }

    /// The write of this entry for a commit.
    mutating func take() -> RecordWrite? {
        guard let sequence else { return nil }
        isWaiting = false
        isInFlight = true
        readsInFlight = reads.count
        return RecordWrite(
            sequence: sequence, draft: draft, stamp: stamp, isComplete: stage == .complete, reads: reads,
            position: position)
    }

    /// The commit has returned; the read that its reader can be told of, with the reader's name and position.
    mutating func landed() -> (reader: String, id: ReadID, position: ReaderPosition)? {
        defer { position = nil }
        reads.removeFirst(readsInFlight)
        readsInFlight = 0
        isInFlight = false
        guard case .replayedRead(let read) = draft, let position else { return nil }
        return (read.reader, read.id, position)
    }

    /// The commit has failed, or its journal was given up: everything has to be written again.
    mutating func putBack() {
        readsInFlight = 0
        isInFlight = false
        isSealing = false
        isWaiting = true
    }
}
