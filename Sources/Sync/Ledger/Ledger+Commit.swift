import Exchange
import Lane

/// What goes out: group commit, and what its return or failure means.
extension Ledger {
    /// The most notes that wait; acknowledgements are merged, so these are photos. Beyond it they are sent once more later.
    static var mostNotes: Int { 1_024 }

    /// Begins a commit of everything that waits, if anything does that should not wait longer.
    mutating func commitWhatWaits(_ now: Instant, _ actions: inout [LedgerAction]) {
        let notesAreDue = notesDue.map { $0 <= now } ?? false
        var writes = positionsAreDue ? positionWrites : []
        writes += readsWaiting.map { .read(numbering?.renumbered($0) ?? $0) }
        takeRecords(into: &writes)
        guard !writes.isEmpty || notesAreDue else {
            phase = .idle
            return
        }
        writes += notes
        lastCommit += 1
        let batch = Batch(
            number: lastCommit, reads: readsWaiting, notes: notes, hasPositions: positionsAreDue)
        readsWaiting = []
        notes = []
        notesDue = nil
        phase = .writing(batch)
        actions.append(.commit(lastCommit, writes))
    }

    /// What a new journal has to know of the readers, in the order of their names.
    private var positionWrites: [JournalWrite] {
        positions.sorted { $0.key < $1.key }.map { name, known in
            .position(known.position, of: name, numbering?.number(known.read) ?? known.read)
        }
    }

    /// Seals the records in front that are complete; writes a copy of the others that have changed.
    private mutating func takeRecords(into writes: inout [JournalWrite]) {
        var seals = true
        let most = writes.count + Self.mostRecords
        for index in entries.indices where writes.count < most {
            seals = seals && entries[index].stage == .complete
            guard seals || entries[index].isWaiting else { continue }
            guard let write = entries[index].take() else { continue }
            let numbered = numbering?.renumbered(write) ?? write
            entries[index].isSealing = seals
            writes.append(seals ? .seal(numbered) : .keep(numbered))
        }
    }

    mutating func committed(
        _ number: Int, _ result: CommitResult, _ now: Instant, _ actions: inout [LedgerAction]
    ) {
        guard case .writing(let batch) = phase, batch.number == number else { return }
        phase = .idle
        if batch.hasPositions { positionsAreDue = false }
        for row in batch.reads { positions[row.reader] = Position(position: row.position, read: row.id) }
        for row in batch.reads where readsTakenUp.remove(row.id) == nil { readsAlone.append(row) }
        var durable = batch.reads.map(\.id)
        for index in entries.indices where entries[index].isInFlight {
            guard let read = entries[index].landed() else { continue }
            positions[read.reader] = Position(position: read.position, read: read.id)
            durable.append(read.id)
        }
        let sealed = removeSealed()
        report(.writable, &actions)
        if !durable.isEmpty { actions.append(.durable(durable)) }
        if let sealed { actions.append(.sealed(upTo: sealed)) }
        let photos = batch.notes.compactMap { if case .photoSent(let name) = $0 { name } else { nil } }
        if !photos.isEmpty { actions.append(.deletePhotos(photos)) }
        if !result.lost.isEmpty { actions.append(.lost(result.lost)) }
        if result.deleted == Self.deletedAtOnce { expireAt = now + .seconds(1) }
        checkpoint(result.logPages, &actions)
    }

    /// The entries that are sealed now leave; the last of them.
    private mutating func removeSealed() -> Sequence? {
        let sealed = entries.prefix { $0.isSealing }
        for passage in sealed.compactMap(\.passage) { places[passage.id] = nil }
        let last = sealed.last?.sequence
        let count = sealed.count
        entriesGone += count
        entries.removeFirst(count)
        return last
    }

    /// A checkpoint keeps the disk busy, so it comes when nothing waits; when the log has grown too long, in any case.
    private mutating func checkpoint(_ pages: Int, _ actions: inout [LedgerAction]) {
        let isQuiet = readsWaiting.isEmpty && !entries.contains { $0.isWaiting }
        guard pages >= (isQuiet ? Self.checkpointPages : Self.mostLogPages) else { return }
        actions.append(.checkpoint)
    }

    /// Nothing of the commit counts as written; all of it waits again, with what has come since.
    mutating func failed(
        _ number: Int, _ failure: JournalFailure, _ now: Instant, _ actions: inout [LedgerAction]
    ) {
        guard case .writing(let batch) = phase, batch.number == number else { return }
        phase = .failed(until: now + Self.retryAfter)
        readsWaiting = batch.reads + readsWaiting
        notes = batch.notes + notes
        if !notes.isEmpty { notesDue = now + Self.retryAfter }
        for index in entries.indices where entries[index].isInFlight { entries[index].putBack() }
        // A damaged file stays damaged: it is set aside, and a new journal begun.
        wantsNewJournal = wantsNewJournal || failure.isDamage
        report(.notWritable(failure.reason), &actions)
    }

    // MARK: What need not be written at once

    mutating func note(_ write: JournalWrite, _ now: Instant, wait: Interval = noteWait) {
        guard notes.count < Self.mostNotes else { return }
        notes.append(write)
        notesDue = min(notesDue ?? now + wait, now + wait)
    }

    /// The uploader says so again and again, until the gap is there.
    mutating func lose(from first: Sequence, after previous: Digest, _ now: Instant) {
        guard let lastStamp else { return }
        let write = JournalWrite.lose(from: first, after: previous, lastStamp)
        guard !notes.contains(write) else { return }
        note(write, now, wait: .zero)
    }

    /// An acknowledgement takes the place of the one before it, unless that one rejects something.
    mutating func note(_ upTo: Sequence, _ rejected: [BatchAnswer.Rejection], _ now: Instant) {
        var rejected = rejected
        if case .acknowledged(_, let before, _) = notes.last {
            notes.removeLast()
            rejected = before + rejected
        }
        let utc = utc(now)
        note(.acknowledged(upTo: upTo, rejected: rejected, at: utc), now)
        if expireAt == nil { expireAt = now + .minutes(1) }
    }

    /// Deletes what is past its retention, a bounded number at a time. Without a good clock nothing is.
    mutating func expire(_ now: Instant) {
        guard let due = expireAt, due <= now, isUsable else { return }
        expireAt = now + .hours(1)
        guard let utc = utc(now) else { return }
        let before = UTC(milliseconds: utc.milliseconds - settings.retention.milliseconds)
        note(.expire(acknowledgedBefore: before, most: Self.deletedAtOnce), now)
    }

    private func utc(_ now: Instant) -> UTC? {
        guard let lastStamp, lastStamp.clock == .good else { return nil }
        return lastStamp.utc(at: now)
    }
}
