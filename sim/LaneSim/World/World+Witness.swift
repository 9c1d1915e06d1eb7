import Exchange
import Lane
import Peripherals
import Station
import Sync

/// What the world notes of a run, for whoever holds the invariants against it.
extension World {
    /// A commit goes to the disk.
    mutating func witnessCommit(_ writes: [JournalWrite]) {
        // A full transaction leaves the rest to the next one.
        if writes.count < Ledger.mostRecords { observation.witness.beginCommit() }
    }

    /// The station is about to hear of a job.
    mutating func witness(_ event: Event, of job: Action) {
        switch (event, job) {
        case (.ledger(.opened(let state)), _): journal = state.journal
        case (.ledger(.committed), .ledger(.commit(_, let writes))):
            if let journal { observation.witness.returned(writes, in: journal, antennas) }
        default: break
        }
    }

    /// The machine has decided a passage.
    mutating func witness(_ notice: PassageNotice) {
        observation.witness.decided.append(.init(journal: journal, sequence: notice.sequence))
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
        guard let before, let journal else { return }
        let first = firstRecord() ?? history.next
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

    /// Photos that lie on the disk.
    var photosLeft: Int { storage.names(in: "\(configuration.station.stateFolder)/photos").count }

    /// Looks at what has a limit.
    mutating func survey() {
        if machine != nil { tell(.asked(0, .status)) }
        observation.witness.see(.photoFiles, photosLeft)
        let log = storage.size(of: "\(configuration.station.stateFolder)/\(Journal.name)-wal") ?? 0
        observation.witness.see(.journalLogBytes, log)
        if !isOver { add(.survey, at: clock.now + Self.surveyEvery, .timer, forStation: false) }
    }
}
