import Exchange
import Lane
import Sync

/// Journals that were set aside: what could be read of them goes to the central server beside what is new.
extension StationMachine {
    mutating func salvage(_ event: SalvageDelivery.Event, _ turn: inout StationTurn) {
        for action in salvage.handle(event, at: turn.now) {
            switch action {
            case .disk(let job): turn.actions.append(.salvage(job))
            case .central(let journal, let question): turn.actions.append(.salvaged(journal, question))
            case .photo(let journal, let last): turn.actions.append(.salvagedPhoto(journal, after: last))
            case .photoRefused(let name, let reason): tellRefused(name, reason, &turn)
            case .salvaged(let journal):
                take(journal.lost, inAll: journal.lostRecords, &turn)
                tell("journal.salvaged", journal, "are being delivered", &turn)
            case .lost(let lost): take(lost, inAll: lost.reduce(0) { $0 + $1.count }, &turn)
            case .delivered(let journal): tell("journal.salvageDelivered", journal, "are at the central server", &turn)
            case .givenUp(let journal, let reason):
                tell("journal.salvageRefused", journal, "are not delivered: \(reason)", &turn)
            case .failed(let reason): log(.error, "journal.salvageFailed", ["reason": reason], &turn)
            case .condition(let condition): take(condition, of: "salvaged records", &turn)
            case .photoCondition(let condition): take(condition, of: "salvaged photos", &turn)
            case .wake(let moment): wake(.own(.salvage), at: moment)
            }
        }
    }

    private mutating func tell(
        _ event: String, _ journal: SalvagedJournal, _ fate: String, _ turn: inout StationTurn
    ) {
        let lost = journal.lostRecords
        log(
            .warning, event,
            [
                "journal": journal.journal.hex, "file": journal.file, "records": "\(journal.records)",
                "lost": "\(lost)",
            ], &turn)
        let reason = "\(journal.records) records of \(journal.file) were salvaged, \(lost) are lost; they \(fate)"
        alarm(.journalSetAside, on: journal.journal.hex, true, because: reason, &turn)
    }
}
