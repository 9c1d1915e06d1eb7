import Exchange
import Lane

/// The central server's rules for records and photos: deduplicate, continue the chain, refuse gaps, answer what is
/// durable.
///
/// It has no timers and keeps no clock; callers wait for their `.answer`. It decides on names, digests and heads, the
/// store carries out. One commit is under way at a time and takes all that waits, so that many stations share one sync
/// of the disk.
package struct Reception {
    /// As many records as a commit writes within a fraction of a second.
    package static let mostRecords = 5_000
    /// The records of a batch that repeats what is here, and the one before it.
    package static let mostRecalled = mostRecords + 1
    /// 5 000 records of 0.8 KB, or 1 200 of 4.2 KB, with their digests.
    package static let mostBatchBytes = 5 << 20
    /// A large photo; a snapshot of 1280 × 720 has 0.1 MB.
    package static let mostPhotoBytes = 4 << 20
    /// Batches that wait, as many that are being written, and as many photos: beyond these, callers come again later.
    package static let mostWaiting = 16
    /// 344 stations (tolling facts §7), each with a few journals; a hostile one must not fill the memory.
    package static let mostJournals = 10_000
    /// From so many waiting batches on, stations are asked to go slowly.
    package static let busyFrom = 8
    /// A tenth of a full batch each second: what a station makes is a few records a second.
    package static let slowly = BatchAnswer.Pace(records: 100, pauseMilliseconds: 1_000)

    struct Batch: Hashable {
        let request: RequestID
        let journal: JournalName
        let lines: [RecordLine]
        /// What the store has told of the records that this batch repeats.
        var known: Known?
    }

    struct Photo: Hashable {
        let name: PhotoName
        let digest: Digest
    }

    private struct Commit {
        let number: CommitNumber
        let positions: [JournalName: JournalPosition]
        let answers: [(request: RequestID, answer: Answer)]
    }

    /// Durable positions only.
    package private(set) var positions: [JournalName: JournalPosition]
    private var waiting: [Batch] = []
    private var recalling: [RequestID: Batch] = [:]
    var photos: [RequestID: Photo] = [:]
    private var underWay: Commit?
    private var commits: UInt64 = 0

    /// - Parameter positions: what the store holds.
    package init(positions: [JournalName: JournalPosition]) { self.positions = positions }

    package mutating func handle(_ event: Event) -> [Action] {
        switch event {
        case .positionAsked(let request, let journal):
            return [.answer(request, .position(positions[journal] ?? .start))]
        case .batch(let request, let journal, let lines):
            return admit(Batch(request: request, journal: journal, lines: lines))
        case .recalled(let request, let from, let records):
            guard var batch = recalling.removeValue(forKey: request) else { return [] }
            batch.known = Known(from: from, records)
            waiting.append(batch)
            return startCommit()
        case .committed(let number):
            guard let done = underWay, done.number == number else { return [] }
            underWay = nil
            positions.merge(done.positions) { _, new in new }
            return done.answers.map { .answer($0.request, $0.answer) } + startCommit()
        case .commitFailed(let number):
            guard let lost = underWay, lost.number == number else { return [] }
            underWay = nil
            return lost.answers.map { .answer($0.request, .later(.notStored)) } + startCommit()
        case .failed(let request):
            guard recalling.removeValue(forKey: request) != nil || photos.removeValue(forKey: request) != nil else {
                return []
            }
            return [.answer(request, .later(.notStored))]
        case .photo(let request, let name, let digest):
            return admit(Photo(name: name, digest: digest), for: request)
        case .photoFound(let request, let finding):
            return judge(finding, for: request)
        case .photoKept(let request):
            return photos.removeValue(forKey: request) == nil ? [] : [.answer(request, .photoKept)]
        }
    }

    private mutating func admit(_ batch: Batch) -> [Action] {
        guard waiting.count + recalling.count < Self.mostWaiting else {
            return [.answer(batch.request, .later(.tooManyBatches))]
        }
        guard positions[batch.journal] != nil || positions.count < Self.mostJournals else {
            return [.answer(batch.request, .later(.tooManyJournals))]
        }
        waiting.append(batch)
        return startCommit()
    }

    /// Judges all that waits, one after the other, and commits what it brings.
    private mutating func startCommit() -> [Action] {
        guard underWay == nil, !waiting.isEmpty else { return [] }
        let pace = waiting.count >= Self.busyFrom ? Self.slowly : nil
        var ahead: [JournalName: JournalPosition] = [:]
        var portions: [Portion] = []
        var answers: [(request: RequestID, answer: Answer)] = []
        var recalls: [Action] = []
        for batch in waiting {
            let position = ahead[batch.journal] ?? positions[batch.journal] ?? .start
            switch batch.judged(at: position, pace: pace) {
            case .unknown(let range):
                recalling[batch.request] = batch
                recalls.append(.recall(batch.request, batch.journal, range))
            case .known(let portion, let answer):
                answers.append((batch.request, answer))
                guard let portion else { continue }
                ahead[batch.journal] = portion.position
                portions.append(portion)
            }
        }
        waiting = []
        guard !portions.isEmpty else { return recalls + answers.map { .answer($0.request, $0.answer) } }
        commits += 1
        let number = CommitNumber(commits)
        underWay = Commit(number: number, positions: ahead, answers: answers)
        // The commit first: a recall in the same breath may ask for what it writes.
        return [.commit(number, portions)] + recalls
    }
}
