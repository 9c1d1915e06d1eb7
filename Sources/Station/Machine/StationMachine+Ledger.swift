import Exchange
import Lane
import Sync
import TagReader

/// The ledger: what was written, and what follows from it.
extension StationMachine {
    mutating func ledger(_ event: LedgerEvent, _ turn: inout StationTurn) {
        if case .opened(let state) = event { opened(state, &turn) }
        if event.isAnswer { desk.diskAsked = nil }
        if event.isForWantOfRoom { room(.full, &turn) }
        for action in ledger.handle(event, at: turn.now) {
            switch action {
            case .open, .commit:
                desk.diskAsked = turn.now
                turn.actions.append(.ledger(action))
            case .checkpoint, .deletePhotos: turn.actions.append(.ledger(action))
            case .durable(let reads): acknowledge(reads, &turn)
            case .sequence(let id, let sequence):
                // A journal that is begun anew names closed passages too: only their photos care.
                if desk.circumstances[id] != nil { desk.sequences[id] = sequence }
                if let journal = desk.journal { photos(.named(id, journal, sequence), &turn) }
            case .notKept(let id):
                desk.sequences[id] = nil
                desk.notKept.insert(id)
                photos(.passageNotKept(id), &turn)
            case .sealed(let upTo):
                desk.sealed = upTo
                upload(.sealed(upTo: upTo), &turn)
            case .lost(let lost): take(lost, inAll: lost.reduce(0) { $0 + $1.count }, &turn)
            case .condition(let condition): take(condition, &turn)
            case .wake(let moment): wake(.own(.ledger), at: moment)
            }
        }
        finishStop(&turn)
    }

    /// The journal is open: reads can be acknowledged, and the central server can be told.
    private mutating func opened(_ state: JournalState, _ turn: inout StationTurn) {
        sayWhatWasSetAside(state, &turn)
        desk.journal = state.journal
        desk.sealed = state.sealedUpTo
        desk.acknowledged = state.acknowledgedUpTo
        log(
            .info, "journal.open",
            [
                "journal": state.journal.hex, "sealed": "\(state.sealedUpTo.number)",
                "acknowledged": "\(state.acknowledgedUpTo.number)", "recovered": "\(state.recovered)",
                "readsRecovered": "\(state.readsRecovered)",
            ], &turn)
        upload(.start(state), &turn)
        // Photos that the run before did not send: their passages may all be acknowledged already.
        photoUpload(.start(upTo: state.acknowledgedUpTo), &turn)
        if state.hasSalvage { salvage(.start, &turn) }
        if phase == .running, !desk.hasReaders { startReaders(state, &turn) }
    }

    /// Where the journal before this one lies, and what of it the central server has not.
    private mutating func sayWhatWasSetAside(_ state: JournalState, _ turn: inout StationTurn) {
        let because = desk.newJournalBecause
        desk.newJournalBecause = nil
        if let aside = state.setAside { log(.warning, "journal.setAside", ["path": aside.path], &turn) }
        if let because, state.journal != desk.journal {
            let left = desk.sealed.number - min(desk.acknowledged.number, desk.sealed.number)
            let place = state.setAside?.path ?? "no file, it was gone"
            let whereabouts = "\(left) records that it has not acknowledged lie in \(place)"
            alarm(.journalReplaced, on: "", true, because: "\(because); \(whereabouts)", &turn)
        } else if let aside = state.setAside {
            alarm(.journalSetAside, on: "", true, because: "\(aside.reason); it is now \(aside.path)", &turn)
        }
    }

    /// - Parameter count: how many records are lost, in more ranges perhaps than are told one by one.
    mutating func take(_ lost: [LostRecords], inAll count: Int, _ turn: inout StationTurn) {
        desk.lost += count
        for records in lost {
            log(
                .warning, "records.lost",
                [
                    "from": "\(records.first.number)", "to": "\(records.last.number)",
                    "reason": records.reason.rawValue,
                ], &turn)
        }
        guard let last = lost.last else { return }
        alarm(.recordsLost, on: "", true, because: "\(desk.lost) since the start; \(last)", &turn)
    }

    private mutating func take(_ condition: LedgerCondition, _ turn: inout StationTurn) {
        switch condition {
        case .writable: alarm(.journalNotWritable, on: "", false, &turn)
        case .notWritable(let reason):
            alarm(.journalNotWritable, on: "", true, because: reason, &turn)
            // The road does not wait for the disk: without a journal the readers are heard all the same.
            if phase == .running, !desk.hasReaders { startReaders(nil, &turn) }
        }
        judgeWaitingReads(&turn)
    }

    /// Starts the sessions, each with the frame that the journal has last of its reader.
    mutating func startReaders(_ state: JournalState?, _ turn: inout StationTurn) {
        desk.hasReaders = true
        turn.actions.append(.tell(.ready))
        for index in readers.indices {
            let position = state?.readers[configuration.readers[index].settings.name]
            let last = position.map { AcceptedFrame(sequence: $0.digit, bytes: $0.frame) }
            reader(index, .start(lastAccepted: last), at: turn.now, &turn)
        }
    }
}
