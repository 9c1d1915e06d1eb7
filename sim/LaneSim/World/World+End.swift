import Exchange
import Lane
import Station
import Sync

/// When a run is over, and what came out.
extension World {
    /// Asks the station whether anything is left to do.
    mutating func look() {
        // One that is down has nothing before it that would start it again.
        if machine == nil { rest() } else { tell(.asked(0, .status)) }
        if !isOver { add(.look, at: clock.now + Self.lookEvery, .timer, forStation: false) }
    }

    mutating func judgeRest(_ report: StatusReport) {
        observation.witness.see(.unsealedRecords, report.sync?.unsealed ?? 0)
        guard clock.elapsed >= lastDeed + Self.quietFor, captures.isEmpty, disk?.jobs.isEmpty ?? true,
            lists?.jobs.isEmpty ?? true,
            let sync = report.sync, sync.unsealed == 0
        else { return }
        guard configuration.central != nil else { return rest() }
        guard sync.waiting == 0, salvaged.isEmpty else { return }
        do {
            let photo = try read { reader throws(JournalFailure) in
                try reader.photo(after: nil, upTo: Sequence(sync.sealed))
            }
            if photo == nil { rest() }
        } catch {
            // One that was damaged may never be read again.
            guard !history.mayBeUnreadable else { return }
            observation.troubles.append("the journal cannot be read: \(error)")
            isOver = true
        }
    }

    private mutating func rest() {
        observation.restedAt = clock.elapsed
        isOver = true
    }

    /// Everything that the observation holds beside what was noted on the way.
    mutating func conclude() -> Observation {
        collectHistory()
        var observation = observation
        observation.records = history.records
        observation.salvaged = history.salvaged
        observation.troubles += history.troubles + [history.problem].compactMap { history.mayBeUnreadable ? nil : $0 }
        observation.atCentral = network.central.taken
        observation.photosAtCentral = network.central.photos
        observation.photosLeft = photosLeft
        observation.events = events
        observation.soak = soak ?? []
        return observation
    }
}
