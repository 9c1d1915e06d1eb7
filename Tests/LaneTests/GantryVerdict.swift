@testable import Lane

/// What came of traffic through a gantry, held against what was really there.
struct GantryVerdict {
    var vehicles = 0
    var tagged = 0
    var passages = 0
    /// Vehicles whose passage was decided by another's tag.
    var wrong = 0
    /// Vehicles whose tag their own antenna reported, and whose passage has none.
    var missed = 0
    /// Tags that decided more than one vehicle.
    var doubled = 0
    /// Tagged vehicles that were shown as without a tag at first.
    var revised = 0
    /// Vehicles without a passage of their own.
    var merged = 0
    /// From the leading edge to the decision of vehicles decided by their own tag: the latest, and the sum, in milliseconds.
    var sumOfDelays: Int64 = 0
    var strays = 0

    mutating func add(_ traffic: GantryTraffic, _ actions: [LaneAction]) {
        var decidedAt: [PassageID: Instant] = [:]
        var byStart: [Int64: Passage] = [:]
        var deciders: [TagNumber: Int] = [:]
        for action in actions {
            switch action {
            case .decided(let passage): decidedAt[passage.id] = passage.decision.at
            case .closed(let passage):
                passages += 1
                byStart[passage.start.nanoseconds / 1_000 * 64 + Int64(passage.lane.number)] = passage
                if let tag = passage.decision.tag { deciders[tag, default: 0] += 1 }
            case .stray: strays += 1
            case .revised, .trigger, .state, .wake: break
            }
        }
        doubled += deciders.values.count { $0 > 1 }
        for vehicle in traffic.vehicles {
            vehicles += 1
            let own = vehicle.tag.map(GantryTraffic.tag)
            if vehicle.isHeard { tagged += 1 }
            guard let passage = byStart[vehicle.front * 64 + Int64(vehicle.lane + 1)] else {
                merged += 1
                continue
            }
            if let tag = passage.decision.tag, tag != own { wrong += 1 }
            if vehicle.isHeard, passage.decision.tag == nil { missed += 1 }
            if passage.decision.tag == own, own != nil {
                if passage.earlier != nil { revised += 1 }
                sumOfDelays += ((decidedAt[passage.id] ?? passage.start) - passage.start).milliseconds
            }
        }
    }

    var text: String {
        "\(vehicles) vehicles, \(tagged) with a tag heard, \(passages) passages, \(wrong) decided by another's tag, \(missed) missed, "
            + "\(doubled) tags twice, \(revised) revised, \(merged) merged, \(strays) strays, "
            + "\(sumOfDelays * 1_000 / Int64(max(1, tagged))) us mean delay"
    }
}
