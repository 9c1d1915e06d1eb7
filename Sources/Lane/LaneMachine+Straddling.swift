/// Straddling: a vehicle between two lanes is seen by the detectors of both, and its tag decides in one of them. In the other it would be
/// a vehicle without a tag, with photos of somebody who was approved.
///
/// A vehicle without a tag beside a tagged one looks much the same, and has to be photographed. So three things have to be true: the
/// neighbouring lane's vehicle came and left at the same moments, it was approved, and the tag that decided it was heard in this lane
/// too. Then the passage here is flagged, and none of its photos is kept. What is not sure stays evidence.
extension LaneMachine {
    /// How far the edges of one vehicle in two lanes lie apart: 12 cm at 90 km/h, for one that is not quite parallel to its lane, and lines
    /// that are not quite level. Of vehicles without a tag in traffic of 0.5 to 1.5 s headway beside another such lane, at random, 0.1 %
    /// come and leave so with an approved one beside them (at 20 ms 1.3 %, at 30 ms 2.5 %, too many to go by edges alone), and 0.01 to 0.02 % have
    /// heard its tag as well, where an antenna hears one in 100 to 250 tries in the next lane; 0.08 % where it hears one in 20.
    static let straddling = Interval.milliseconds(5)

    /// Tells the other lanes of the vehicle that a tag has decided here, so far as it has come.
    func tellVehicle(_ index: Int, _ turn: inout Turn) {
        guard isContested, !presences[index].withoutDetector, let decision = presences[index].decision,
            let tag = decision.tag
        else { return }
        let isClear =
            decision.outcome.isApproval && !settings.photosAreDue(decision.outcome, presences[index].flags)
        turn.memory.tell(
            DecidedVehicle(
                lane: settings.lane, start: presences[index].start, end: presences[index].end, isClear: isClear),
            of: tag)
    }

    /// A passage closes: whether its vehicle drove between this lane and one beside it, where it was approved.
    mutating func noteStraddling(_ index: Int, _ turn: Turn) {
        let (decision, start, reads) = (presences[index].decision, presences[index].start, presences[index].reads)
        guard isContested, !presences[index].withoutDetector, decision?.outcome == .noTag,
            let end = presences[index].end
        else { return }
        let isStraddling = reads.contains { read in
            guard read.decidedElsewhere, let tag = read.first.tag, let other = turn.memory.vehicle(decidedBy: tag),
                let otherEnd = other.end
            else { return false }
            return other.isClear && other.lane.isBeside(settings.lane)
                && Self.isNear(start, other.start) && Self.isNear(end, otherEnd)
        }
        if isStraddling { presences[index].flags.insert(.straddling) }
    }

    private static func isNear(_ a: Instant, _ b: Instant) -> Bool { (-straddling)...straddling ~= a - b }
}

/// A vehicle that a tag has decided, as the lanes beside it have to know it.
struct DecidedVehicle {
    let lane: LaneNumber
    let start: Instant
    /// Nil while it is over the detector.
    let end: Instant?
    /// It was approved, and no photo of it is due.
    let isClear: Bool
}

extension LaneNumber {
    /// Lanes are numbered across the road.
    fileprivate func isBeside(_ other: LaneNumber) -> Bool { abs(Int(number) - Int(other.number)) == 1 }
}
