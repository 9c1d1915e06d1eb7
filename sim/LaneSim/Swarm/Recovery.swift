import Exchange
import Lane
import Station

/// A way in which a station gets over something, as a run shows that it was gone.
enum Recovery: String, CaseIterable, Hashable, Sendable {
    case recordsFoundOpen = "records found open at a start"
    case readsFoundAlone = "reads found in no record at a start"
    case startWithBacklog = "start with records that wait"
    case decidedAndLost = "decided and not committed before an end"
    case cutByStop = "passage cut by a stop"
    case recovered = "passage recovered"
    case replayedRead = "read replayed"
    case strayRead = "stray read"
    case lateRead = "decision revised by a late read"
    case gap = "gap declared"
    case sealedEarly = "sealed before its photos"
    case photoMissing = "photo missing"
    case photoDiscarded = "photo discarded"
    case clockStep = "clock step recorded"
    case listSwapped = "list swapped"
    case listAsChange = "list put in force one version after another"
    case deletedAfterRetention = "deletion after retention"
    case readerDownDecided = "vehicle decided readerDown"
    case readerReadAgain = "reader reads again"
    case certificateRenewed = "certificate renewed"
    case servedAgain = "record served again to a central server that lost it"

    /// How often each was gone in a run.
    static func counts(of observation: Observation) -> [Recovery: Int] {
        var counts: [Recovery: Int] = [:]
        for line in observation.log {
            for recovery in seen(in: line.entry) { counts[recovery, default: 0] += 1 }
        }
        var list: ListVersion?
        for record in observation.records.map(\.fields) {
            for recovery in seen(in: record) { counts[recovery, default: 0] += 1 }
            guard record.event == "listInForce", let version = record.list?.identity else { continue }
            if let list, list != version {
                counts[.listSwapped, default: 0] += 1
                if version.version == list.version + 1 { counts[.listAsChange, default: 0] += 1 }
            }
            list = version
        }
        counts[.decidedAndLost, default: 0] += observation.witness.decided.count { $0.isCut }
        counts[.deletedAfterRetention, default: 0] += observation.witness.deleted.count
        counts[.servedAgain, default: 0] += observation.witness.lostAtCentral
        return counts
    }

    private static func seen(in entry: LogEntry) -> [Recovery] {
        switch entry.event {
        case "journal.open":
            func number(_ name: String) -> UInt64 { entry[name].flatMap { UInt64($0) } ?? 0 }
            return (number("recovered") > 0 ? [.recordsFoundOpen] : [])
                + (number("readsRecovered") > 0 ? [.readsFoundAlone] : [])
                + (number("sealed") > number("acknowledged") + 1 ? [.startWithBacklog] : [])
        case "certificate.renewed": return [.certificateRenewed]
        case "reader.state": return entry["state"] == "reading" ? [.readerReadAgain] : []
        default: return []
        }
    }

    private static func seen(in record: RecordFields) -> [Recovery] {
        switch record.type {
        case "strayRead": return [.strayRead]
        case "replayedRead": return [.replayedRead]
        case "gap": return [.gap]
        case "event": return record.event == "clockStep" ? [.clockStep] : []
        default: break
        }
        let flags: [(String, Recovery)] = [
            ("cutByStop", .cutByStop), ("recovered", .recovered), ("revised", .lateRead), ("sealedEarly", .sealedEarly),
        ]
        let photos = record.photos ?? []
        return flags.filter { record.flags?.contains($0.0) == true }.map(\.1)
            + (photos.contains { $0.missing != nil } ? [.photoMissing] : [])
            + (photos.contains { $0.discarded == true } ? [.photoDiscarded] : [])
            + (record.decision?.outcome == Outcome.readerDown.word ? [.readerDownDecided] : [])
    }
}
