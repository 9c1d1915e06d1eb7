import Exchange
import Lane
import Peripherals
import Station
import Storage
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

    /// The first record that the journal still has.
    var firstRecord: Sequence? {
        do throws(JournalFailure) {
            return try JournalReader(folder: folder.state).records(from: Sequence(1), most: 1).first?.sequence
        } catch {
            return nil
        }
    }

    /// Records that were there before and are not there any more.
    mutating func witnessDeletion(from before: Sequence?) {
        guard let before, let journal else { return }
        let first = firstRecord ?? history.next
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

    /// Looks at what has a limit.
    mutating func survey() {
        if machine != nil { tell(.asked(0, .status)) }
        do {
            observation.witness.see(.photoFiles, try disk?.photosLeft() ?? 0)
            let log = try size(ofFile: "\(folder.state)/\(Journal.name)-wal") ?? 0
            observation.witness.see(.journalLogBytes, log)
        } catch {
            observation.troubles.append("what is on the disk cannot be counted: \(error)")
        }
        if !isOver { add(.survey, at: clock.now + Self.surveyEvery, .timer, forStation: false) }
    }
}
