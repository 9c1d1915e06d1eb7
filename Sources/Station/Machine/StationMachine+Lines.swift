import Lane

/// Lamp and detector lines: connected, lost, and what the detectors say.
extension StationMachine {
    mutating func lines(_ event: LinesEvent, _ turn: inout StationTurn) {
        switch event {
        case .connected:
            wake(.own(.lines), at: nil)
            alarm(.linesDown, on: "", false, &turn)
            for lane in gantry.laneNumbers {
                lines(areAbsent: false, in: lane, &turn)
                // The lamps may stand as they were before: show what is to be seen now.
                turn.actions.append(.show(heads[Int(lane.number) - 1].aspect, lane))
            }
        case .lost(let reason):
            wake(.own(.lines), at: turn.now + Self.linesRetry)
            alarm(.linesDown, on: "", true, because: reason, &turn)
            for lane in gantry.laneNumbers { lines(areAbsent: true, in: lane, &turn) }
        case .level, .edge: if phase == .running { detector(event, &turn) }
        case .notUnderstood(let count):
            desk.linesTalkNonsense = true
            alarm(.linesFaulty, on: "", true, because: "\(count) lines since connecting were not understood", &turn)
        }
    }

    /// A station that stops takes no more vehicles: they would be cut off at once.
    private mutating func detector(_ event: LinesEvent, _ turn: inout StationTurn) {
        switch event {
        case .level(let input, let isHigh):
            let detector = configuration.detectors[input]
            lane(detector.lane, .level(detector.number, isOccupied: isHigh != detector.isInverted), &turn)
        case .edge(let input, let isHigh, let at):
            let detector = configuration.detectors[input]
            let edge = Edge(detector: detector.number, isOccupied: isHigh != detector.isInverted, at: at)
            lane(detector.lane, .edge(edge), &turn)
        case .connected, .lost, .notUnderstood: break
        }
    }

    /// The lines are called well again when a whole round of housekeeping brought no nonsense: an alarm for each bad line
    /// would flood log and journal.
    mutating func judgeLines(_ turn: inout StationTurn) {
        if !desk.linesTalkNonsense { alarm(.linesFaulty, on: "", false, &turn) }
        desk.linesTalkNonsense = false
    }

    private mutating func lines(areAbsent: Bool, in number: LaneNumber, _ turn: inout StationTurn) {
        guard configuration.detectors.contains(where: { $0.lane == number }) else { return }
        lane(number, .detector(isAbsent: areAbsent), &turn)
    }
}
