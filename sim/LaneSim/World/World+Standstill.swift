import Lane
import Station

/// The station's process stands still and goes on, as after SIGSTOP and SIGCONT.
extension World {
    mutating func standStill() {
        guard machine != nil, unheard == nil else { return }
        unheard = (machineTime(), [])
    }

    /// In the order of the station's loop: edges with the kernel's stamps, bytes as they are taken now, what workers say.
    mutating func goOn() {
        guard let (since, events) = unheard else { return }
        unheard = nil
        putOffLights()
        let now = machineTime()
        if now - since > StationMachine.standstill { hear(.stoodStill(until: now), at: since) }
        for rank in 0...2 {
            for event in events where event.rank == rank {
                guard case .reader(let index, let what, _) = event else {
                    tell(event)
                    continue
                }
                tell(.reader(index, what, at: now))
            }
        }
    }
}

extension Event {
    /// Lines come first, then readers, then everything else.
    fileprivate var rank: Int {
        switch self {
        case .lines: 0
        case .reader: 1
        case .start, .stoodStill, .ledger, .room, .photos, .upload, .photoUpload, .salvage, .salvagedUpload,
            .salvagedPhoto, .list, .renewal, .clock, .asked, .wake, .stop, .scheduled:
            2
        }
    }
}
