import Exchange
import Lane

/// What comes in: reads, records, passages and their photos.
extension Ledger {
    /// A read that is not journalled here is not acknowledged either: its reader keeps it and sends it again.
    mutating func add(_ row: ReadRow) {
        guard readsWaiting.count + readsAlone.count < Self.mostReads else { return }
        readsWaiting.append(row)
    }

    mutating func add(
        _ read: ReplayedRead, _ position: ReaderPosition, _ stamp: Stamp
    ) {
        guard hasRoom else { return }
        append(.replayedRead(read), stamp, .complete)
        entries[entries.count - 1].position = position
    }

    /// A record beyond the bound is let go: a stray read's own row stays, and becomes a record later.
    mutating func add(_ draft: RecordDraft, _ stamp: Stamp) {
        lastStamp = stamp
        guard entries.count < settings.mostWaiting + Self.reserve else { return }
        append(draft, stamp, .complete)
        if case .strayRead(let stray) = draft { entries[entries.count - 1].reads = takeUp([stray.read]) }
    }

    mutating func add(_ passage: Passage, _ stamp: Stamp, _ actions: inout [LedgerAction]) {
        lastStamp = stamp
        guard hasRoom else {
            count(passage)
            actions.append(.notKept(passage.id))
            return
        }
        places[passage.id] = entriesGone + entries.count
        append(.passage(passage, photos: []), stamp, .open)
        entries[entries.count - 1].reads = takeUp(of: passage)
        if let sequence = entries[entries.count - 1].sequence { actions.append(.sequence(passage.id, sequence)) }
    }

    private mutating func append(
        _ draft: RecordDraft, _ stamp: Stamp, _ stage: LedgerEntry.Stage
    ) {
        lastStamp = stamp
        var entry = LedgerEntry(draft: draft, stamp: stamp, stage: stage)
        if hasJournal {
            entry.sequence = nextSequence
            nextSequence = nextSequence.next
        }
        entries.append(entry)
    }

    /// Whether records get their sequence at once: not before a journal is open.
    private var hasJournal: Bool {
        switch phase {
        case .idle, .writing, .failed: true
        case .notStarted, .opening, .closed: false
        }
    }

    mutating func update(_ passage: Passage, _ stamp: Stamp) {
        lastStamp = stamp
        guard let index = index(of: passage.id) else { return }
        entries[index].update(passage, stamp)
        entries[index].reads += takeUp(of: passage)
    }

    mutating func close(_ passage: Passage, photosAwaited: Int, _ stamp: Stamp, _ now: Instant) {
        update(passage, stamp)
        guard let index = index(of: passage.id) else { return }
        entries[index].stage = photosAwaited > 0 ? .awaitingPhotos(since: now) : .complete
    }

    mutating func settle(_ results: [PhotoResult], of passage: PassageID, _ stamp: Stamp, _ now: Instant) {
        lastStamp = stamp
        if let early = sealedEarly.firstIndex(where: { $0.passage == passage }) {
            let place = sealedEarly.remove(at: early)
            return note(.photos(place.sequence, place.lane, results), now)
        }
        guard let index = index(of: passage) else { return }
        entries[index].update(results, stamp)
        if entries[index].awaitsPhotosSince != nil { entries[index].stage = .complete }
    }

    /// Where the passage is, while it can still change.
    private func index(of passage: PassageID) -> Int? {
        guard let place = places[passage] else { return nil }
        let index = place - entriesGone
        return entries.indices.contains(index) && entries[index].stage != .complete ? index : nil
    }

    /// Seals what has held back the others for `sealAfter`.
    mutating func completeWhatIsLate(_ now: Instant) {
        for index in entries.indices {
            guard let since = entries[index].awaitsPhotosSince, since + settings.sealAfter <= now,
                let passage = entries[index].passage
            else { continue }
            entries[index].completeEarly()
            guard let sequence = entries[index].sequence else { continue }
            if sealedEarly.count == Self.mostSealedEarly { sealedEarly.removeFirst() }
            sealedEarly.append(SealedEarly(passage: passage.id, lane: passage.lane, sequence: sequence))
        }
    }

    // MARK: Reads that records have taken up

    /// The journalled reads that this passage's record accounts for: by number, as repeats of one of its reads, or among
    /// those that it only counts.
    private mutating func takeUp(of passage: Passage) -> [ReadID] {
        var ids = takeUp(passage.reads)
        guard passage.readsLeftOut > 0, let first = passage.reads.first?.first.at else { return ids }
        let antennas = Set(passage.reads.map(\.first.antenna))
        let last = passage.end ?? passage.reads.map(\.last).max() ?? first
        ids += removeReads { row in
            guard let antenna = row.antenna else { return false }
            return antennas.contains(antenna) && first <= row.at && row.at <= last
        }
        return ids
    }

    private mutating func takeUp(_ reads: [Passage.Read]) -> [ReadID] {
        guard !reads.isEmpty else { return [] }
        let lanes = settings.laneOfAntenna
        return removeReads { row in
            reads.contains { read in
                read.first.id == row.id
                    || read.first.at <= row.at && row.at <= read.last && Self.isRepeat(row, of: read.first, lanes)
            }
        }
    }

    /// Whether the lane counts it as a repeat: the same tag, heard by any antenna of that lane.
    private static func isRepeat(
        _ row: ReadRow, of read: TagRead, _ lanes: [AntennaNumber: LaneNumber]
    ) -> Bool {
        switch row.content {
        case .tag(let tag):
            tag == read.tag && row.antenna.map { $0 == read.antenna || lanes[$0] == lanes[read.antenna] } ?? true
        case .malformed, .unreadable: read.tag == nil && row.antenna == read.antenna
        }
    }

    /// Takes reads out of those that stand alone. One whose commit has not returned is marked: its row is written, then deleted.
    private mutating func removeReads(where isMeant: (ReadRow) -> Bool) -> [ReadID] {
        var ids: [ReadID] = []
        readsAlone.removeAll { row in
            guard isMeant(row) else { return false }
            ids.append(row.id)
            return true
        }
        for row in readsInFlight + readsWaiting where isMeant(row) && readsTakenUp.insert(row.id).inserted {
            ids.append(row.id)
        }
        return ids
    }

    private var readsInFlight: [ReadRow] {
        if case .writing(let batch) = phase { batch.reads } else { [] }
    }

    /// Gives each read that no lane can still hold, and that is in no record, a record of its own.
    mutating func recordReadsAlone(_ now: Instant) {
        while let row = readsAlone.first, row.at + Self.readsSettle <= now, hasRoom {
            readsAlone.removeFirst()
            let read = ReplayedRead(
                id: row.id, reader: row.reader, antenna: row.antenna, content: row.content, moment: .at(row.at),
                reason: .withoutRecord)
            let stamp = lastStamp ?? Stamp(at: row.at, utc: row.utc, clock: .unknown)
            append(.replayedRead(read), stamp, .complete)
            entries[entries.count - 1].reads = [row.id]
        }
    }

    var hasRoom: Bool { entries.count < settings.mostWaiting }

    // MARK: Vehicles that there is no room for

    private mutating func count(_ passage: Passage) {
        if let index = gaps.firstIndex(where: { $0.lane == passage.lane }) {
            gaps[index].to = passage.start
            gaps[index].count += 1
        } else {
            gaps.append(LaneGap(lane: passage.lane, from: passage.start, to: passage.start, count: 1))
            gaps.sort { $0.lane < $1.lane }
        }
    }

    /// Declares what could not be kept, before any record that comes after it.
    mutating func recordGaps() {
        guard isUsable, !gaps.isEmpty, hasRoom, let lastStamp else { return }
        for gap in gaps {
            let record = Gap(lane: gap.lane, from: gap.from, to: gap.to, count: gap.count)
            append(.gap(record), lastStamp, .complete)
        }
        gaps = []
    }
}
