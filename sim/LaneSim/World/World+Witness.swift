import Exchange
import Lane
import Peripherals
import Station
import Sync
import TagReader

/// What the world notes of a run, for whoever holds the invariants against it.
extension World {
    /// By then a damaged frame is counted: what comes after it, or a pause, has ended it.
    private static let countedWithin = Interval.minutes(1)

    /// A commit goes to the disk.
    mutating func witnessCommit(_ writes: [JournalWrite]) {
        // A full transaction leaves the rest to the next one.
        if writes.count < Ledger.mostRecords { observation.witness.beginCommit() }
    }

    /// The station is about to hear of a job.
    mutating func witness(_ event: Event, of job: Action) {
        switch (event, job) {
        case (.ledger(.opened(let state)), _):
            journal = state.journal
            observation.witness.opened.append(.init(at: clock.elapsed, journal: state.journal))
        case (.salvage(.salvaged(let old)), _):
            if salvaged.insert(old.file).inserted { collect(old) }
        case (.salvage(.working), .salvage(.deliver(let old))), (.salvage(.working), .salvage(.leave(let old))):
            salvaged.remove(old.file)
        case (.ledger(.committed), .ledger(.commit(_, let writes))):
            if let journal { observation.witness.returned(writes, in: journal, antennas) }
        default: break
        }
    }

    /// The machine has decided a passage.
    mutating func witness(_ notice: PassageNotice) {
        observation.witness.decided.append(.init(journal: journal, sequence: notice.sequence))
    }

    /// The station was killed before it could say that it has decided a passage.
    mutating func witnessCut(_ action: Action) {
        guard case .watch(let notice) = action, notice.moment == .decided else { return }
        witness(notice)
        observation.witness.end()
    }

    /// Reads the station's journal from outside: no fault meets it.
    mutating func read<Answer>(
        _ body: (borrowing JournalReader) throws(JournalFailure) -> Answer
    ) throws(JournalFailure) -> Answer {
        try storage.lookedAt { () throws(JournalFailure) in try network.read(body) }
    }

    /// Reads the records that have come since the last time.
    mutating func collectHistory() {
        do throws(JournalFailure) {
            try storage.lookedAt { () throws(JournalFailure) in
                try network.read { reader throws(JournalFailure) in try history.collect(from: reader) }
            }
            history.note(nil)
        } catch {
            history.note(error)
        }
    }

    /// Reads what was salvaged.
    private mutating func collect(_ old: SalvagedJournal) {
        do throws(JournalFailure) {
            try storage.lookedAt { () throws(JournalFailure) in
                try history.salvage(from: JournalReader(file: old.file, on: storage))
            }
        } catch {
            observation.troubles.append("what was salvaged cannot be read: \(error)")
        }
    }

    /// The first record that the journal still has.
    mutating func firstRecord() -> Sequence? {
        do throws(JournalFailure) {
            return try read { reader throws(JournalFailure) in
                try reader.records(from: Sequence(1), most: 1).first?.sequence
            }
        } catch {
            return nil
        }
    }

    /// Records that were there before and are not there any more.
    mutating func witnessDeletion(from before: Sequence?) {
        // Without power nothing can be looked at, and the commit may come to nothing.
        guard let before, let journal, storage.isOn else { return }
        let found = firstRecord()
        // What cannot be read need not be gone.
        guard found != nil || !history.mayBeUnreadable else { return }
        let first = found ?? history.next
        guard before < first else { return }
        observation.witness.deleted.append(
            .init(journal: journal, first: before, last: Sequence(first.number - 1), at: clock.elapsed))
    }

    /// What the station wrote comes to a reader; messages that it then lets go of were acknowledged.
    mutating func hand(_ bytes: [UInt8], to index: Int) {
        let before = readers[index].line.firmware
        happen(.bytes(bytes), to: index)
        let count = readers[index].line.firmware.counts.acknowledged - before.counts.acknowledged
        for message in before.memory.prefix(count) {
            let text = message.prefix { $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: "%") }
            observation.witness.acknowledged.append(
                .init(
                    reader: configuration.readers[index].settings.name, text: String(decoding: text, as: UTF8.self),
                    at: clock.elapsed))
        }
    }

    /// Damage on a line is counted by the station. An end mark that is damaged joins two frames, so that half of them is the least;
    /// a start mark that is damaged makes noise of its frame.
    mutating func witnessCounts(_ report: StatusReport) {
        for (index, line) in report.readers.enumerated() {
            let reader = readers[index]
            guard reader.countsAreWhole, let last = reader.lastDamaged, clock.now >= last + Self.countedWithin else {
                continue
            }
            let counted = Witness.Counted(
                put: reader.damagedFrames, damagedFrames: line.counters[ReaderCounter.damagedFrames.rawValue] ?? 0,
                noise: line.counters[ReaderCounter.noiseBytes.rawValue] ?? 0)
            observation.witness.damagedFrames[line.reader] = counted
            guard (counted.damagedFrames + counted.noise) * 2 + 1 < counted.put else { continue }
            observation.witness.uncounted.append(line.reader)
        }
    }
    /// Photos that lie on the disk.
    var photosLeft: Int { storage.names(in: "\(configuration.station.stateFolder)/photos").count }

    /// Looks at what has a limit.
    mutating func survey() {
        if machine != nil { tell(.asked(0, .status)) }
        settleLights()
        observation.witness.see(.photoFiles, photosLeft)
        let log = storage.size(of: "\(configuration.station.stateFolder)/\(Journal.name)-wal") ?? 0
        observation.witness.see(.journalLogBytes, log)
        if !isOver { add(.survey, at: clock.now + Self.surveyEvery, .timer, forStation: false) }
    }
}
