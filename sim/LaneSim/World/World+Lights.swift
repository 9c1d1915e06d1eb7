import Lane
import Lights
import Station

/// I7: whether lights follow from what is read and seen, at once, whatever disk, network, backlog and lists do.
extension World {
    /// A head is lit. It follows from an edge, a read or a moment: in the turn of a worker's answer it would have waited for that.
    mutating func witnessLight(_ aspect: Aspect, _ lane: LaneNumber) {
        guard aspect != .dark else { return }
        if isWorkersTurn { lightWaited(lane, "lit by a worker's answer") }
        settleLight(of: lane)
    }

    /// A passage is decided or decided again: its head shows that now, or when it has been dark for `blank`.
    mutating func watchLight(_ notice: PassageNotice) {
        guard [.decided, .revised].contains(notice.moment) else { return }
        settleLight(of: notice.lane)
        let aspect = configuration.lights.profile.aspect(for: notice.outcome)
        guard notice.moment == .decided, drivesHeads, !notice.flags.contains(.wrongWay), aspect != .dark,
            lines.isConnected,
            !lines.shows(aspect, on: notice.lane)
        else { return }
        dueLights[notice.lane] = clock.elapsed + configuration.lights.blank
    }

    /// Lights that were due by now, and were not shown.
    mutating func settleLights() {
        for lane in dueLights.keys.sorted(by: { $0 < $1 }) { settleLight(of: lane) }
    }

    /// The station stood still: what was due meanwhile is due now.
    mutating func putOffLights() { dueLights = dueLights.mapValues { max($0, clock.elapsed) } }

    /// The station ends: its heads show nothing any more.
    mutating func letGoOfHeads() {
        drivesHeads = false
        dueLights = [:]
    }

    /// What was due is shown, or is not any more: then it must not have been due before.
    private mutating func settleLight(of lane: LaneNumber) {
        guard let due = dueLights.removeValue(forKey: lane), clock.elapsed > due else { return }
        lightWaited(lane, "lit later than decided")
    }

    private mutating func lightWaited(_ lane: LaneNumber, _ words: String) {
        observation.witness.lateLights.append(.init(lane: lane, at: clock.elapsed, words: words))
    }
}
