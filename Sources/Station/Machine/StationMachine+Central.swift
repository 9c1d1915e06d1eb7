import Exchange
import Lane
import Sync

/// The central server: records and photos on their way to it.
extension StationMachine {
    mutating func upload(_ event: Uploader.Event, _ turn: inout StationTurn) {
        guard configuration.central != nil else { return }
        switch event {
        case .answer(.position), .answer(.batch), .answer(.refused): desk.lastAnswer = turn.now
        case .answer(.later), .answer(.unreadable), .answer(.damaged), .start, .sealed, .wake: break
        }
        for action in uploader.handle(event, at: turn.now) {
            switch action {
            case .askPosition, .send: turn.actions.append(.uploader(action))
            case .acknowledged(let upTo, let rejected):
                desk.acknowledged = upTo
                reject(rejected, &turn)
                ledger(.acknowledged(upTo: upTo, rejected: rejected), &turn)
                photoUpload(.acknowledged(upTo: upTo), &turn)
            case .lose(let first, let previous): ledger(.lose(from: first, after: previous), &turn)
            case .beginNewJournal(let reason):
                desk.newJournalBecause = reason
                ledger(.beginNewJournal, &turn)
            case .condition(let condition): take(condition, of: "records", &turn)
            case .wake(let moment): wake(.own(.uploader), at: moment)
            }
        }
    }

    mutating func photoUpload(_ event: PhotoUploader.Event, _ turn: inout StationTurn) {
        guard configuration.central != nil else { return }
        for action in photoUploader.handle(event, at: turn.now) {
            switch action {
            case .send(let last, let upTo):
                if let journal = desk.journal { turn.actions.append(.sendPhoto(journal, after: last, upTo: upTo)) }
            case .sent(let name): ledger(.photoSent(name), &turn)
            case .refused(let name, let reason):
                tellRefused(name, reason, &turn)
                ledger(.photoRefused(name, reason: reason), &turn)
            case .condition(let condition): take(condition, of: "photos", &turn)
            case .wake(let moment): wake(.own(.photoUploader), at: moment)
            }
        }
    }

    mutating func tellRefused(_ name: PhotoName, _ reason: String, _ turn: inout StationTurn) {
        log(
            .warning, "photo.refused", ["sequence": "\(name.sequence.number)", "reason": reason.withoutNumbers], &turn)
    }

    private mutating func reject(_ rejected: [BatchAnswer.Rejection], _ turn: inout StationTurn) {
        guard !rejected.isEmpty else { return }
        desk.rejected += rejected.count
        for rejection in rejected {
            log(
                .warning, "record.rejected",
                ["sequence": "\(rejection.sequence.number)", "reason": rejection.reason.withoutNumbers], &turn)
        }
        alarm(.recordsRejected, on: "", true, because: "\(desk.rejected) since the start", &turn)
    }

    /// Records and photos go to one server, each with alarms of its own: an answer ends the first, only delivery the others.
    mutating func take(_ condition: DeliveryCondition, of what: String, _ turn: inout StationTurn) {
        switch condition {
        case .delivering:
            for ended in [Alarm.centralUnreachable, .centralRefuses, .journalDamaged] {
                alarm(ended, on: what, false, &turn)
            }
        case .unreachable(let reason):
            alarm(.centralUnreachable, on: what, true, because: reason.withoutNumbers, &turn)
        case .refused(let reason):
            alarm(.centralUnreachable, on: what, false, &turn)
            alarm(.centralRefuses, on: what, true, because: reason.withoutNumbers, &turn)
        case .cannotRead(let reason):
            alarm(.centralUnreachable, on: what, false, &turn)
            // Our own words: the record's number is to be read.
            alarm(.journalDamaged, on: what, true, because: reason, &turn)
        }
    }
}
