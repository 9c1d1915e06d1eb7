import Central
import Lane
import Station

/// What of a scenario real processes in real time cannot do.
extension Scenario {
    /// A line each, with its place and its reason; empty: the scenario can be run on the wire.
    package func wireObstacles(_ plan: RoadPlan) -> [String] {
        var obstacles = faults.compactMap { fault in
            fault.deed.wireObstacle.map { "\(fault.place): fault \(fault.name): \($0)" }
        }
        if lastMoment(plan) > WireRun.longest {
            obstacles.append(
                "\(path): takes \(lastMoment(plan).milliseconds / 1_000) s in real time, more than \(WireRun.longest.milliseconds / 1_000) s"
            )
        }
        if lists.contains(where: { $0.damage != .none }) {
            obstacles.append("\(path): the real central server gives out no list that is not whole and its latest")
        }
        if lists.contains(where: { $0.activeAfter > .zero }) {
            obstacles.append("\(path): the real central server's lists are to be used at once")
        }
        if lists.contains(where: { $0.staleAfter != ListPublisher.staleAfter }) {
            obstacles.append("\(path): the real central server's lists are stale after 3 d, no other time")
        }
        let entries = lists.flatMap(\.entries)
        // Of an agreement that nobody drives with, nothing is judged.
        let onRoad = Set(plan.vehicles.flatMap(\.tags).map(\.text))
        if entries.contains(where: { ($0.from != nil || $0.until != nil) && onRoad.contains($0.text) }) {
            obstacles.append("\(path): dates of validity hold by a good clock, and nobody vouches for this computer's")
        }
        if entries.contains(where: { !$0.isInAgreementsFiles }) {
            obstacles.append("\(path): a file of agreements has printed numbers of 10 or 16 digits and PANs only")
        }
        if lists.contains(where: { Set($0.entries.map(\.tag)).count < $0.entries.count }) {
            obstacles.append("\(path): a file of agreements has each tag once")
        }
        return obstacles
    }

    /// When the last thing happens or ends that the scenario has.
    func lastMoment(_ plan: RoadPlan) -> Interval {
        let events = [plan.ends, plan.events.last?.at ?? .zero, lists.map(\.at).max() ?? .zero]
        return (events + faults.map { $0.at + ($0.lasts ?? .zero) }).max() ?? .zero
    }
}

extension AgreementSpec {
    fileprivate var isInAgreementsFiles: Bool {
        switch tag.system {
        case .pan: TagNumber.passesLuhn(tag.characters)
        case .printed: [10, 16].contains(tag.characters.count)
        case .agencySerial, .ata: false
        }
    }
}

extension Fault.Deed {
    /// Why the wire cannot do it; nil: it can.
    fileprivate var wireObstacle: String? {
        switch self {
        case .clockSteps, .clockDrifts, .clockNotGood: "this computer's clock is not a scenario's to set"
        case .diskSlow, .diskFull, .diskFails: "this computer's disk is as it is"
        case .networkSlow, .networkHangs, .answersLost, .questionsRepeated, .questionsLate, .answersWrong:
            "the network of this computer to itself is as it is"
        case .centralWentBack, .centralAhead, .recordsRejected: "the central server keeps what it has"
        case .powerCut: "what a real disk loses with its power is chance"
        case .killedMidway: "between which two effects a real program is killed is chance"
        case .stoodStill: "`lanesim torture` lets real programs stand still"
        case .fileDamaged: "which bytes of a real file are damaged is the swarm's to draw"
        case .reconfigured: "a scenario has one configuration"
        case .readerErrors, .linesGarbled: "the simulated devices do not say it yet"
        case .readerUnplugged, .readerWithoutPower, .readerReboots, .readerNoise, .readerBabbles, .framesDamaged,
            .framesCut, .framesLost, .framesJoined, .framesRepeated, .framesLate, .detectorStuck, .detectorBounces,
            .linesAway, .cameraSlow, .cameraSilent,
            .cameraRefuses, .cameraSendsRubbish, .centralAway, .centralBusy, .killed, .stopped:
            nil
        }
    }
}
