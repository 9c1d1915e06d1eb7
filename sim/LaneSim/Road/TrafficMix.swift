import Lane

/// Which vehicles traffic is made of: shape, speed, lane and tags, drawn for each vehicle by itself. Lengths are assumptions, within what
/// Norwegian rules let on the road without a permit (19.5 m).
struct TrafficMix {
    /// How a tag of traffic stands on the list.
    enum Standing: Hashable {
        case approved
        case blocked
        case unlisted
    }

    /// A vehicle that traffic has drawn, before it has a place on the road.
    struct Draw {
        var drive: Drive
        var shape: VehicleShape
        /// Its tags, the vehicle's own first; their texts are given out by whoever has them.
        var tags: [(mounting: TagSpec.Mounting, standing: Standing)]
    }

    let traffic: Traffic
    /// Lanes of the station, to straddle into.
    let lanes: [LaneNumber]

    func draw(_ chance: inout Chance) -> Draw {
        let kind = chance.below(1_000_000)
        let (motorcycles, lorries) = (traffic.motorcycles.partsPerMillion, traffic.lorries.partsPerMillion)
        let isMotorcycle = kind < motorcycles
        let shape: VehicleShape =
            if isMotorcycle {
                Self.motorcycle
            } else if kind < motorcycles + lorries {
                Self.lorry(&chance)
            } else {
                Self.car(&chance, hasTrailer: kind < motorcycles + lorries + traffic.trailers.partsPerMillion)
            }
        var drive = Drive()
        drive.lane = traffic.lane
        drive.speed = chance.speed(around: traffic.speed, spread: traffic.spread)
        if chance.happens(traffic.straddling.partsPerMillion) { drive.straddles = neighbour }
        // Motorcycles pass for nothing and carry no tag (tolling facts §5).
        return Draw(drive: drive, shape: shape, tags: isMotorcycle ? [] : tags(&chance))
    }

    private func tags(_ chance: inout Chance) -> [(mounting: TagSpec.Mounting, standing: Standing)] {
        // The shares are of all vehicles; motorcycles among them have none, so that the others have a little more.
        let others = max(1, 1_000_000 - traffic.motorcycles.partsPerMillion)
        let drawn = chance.below(others)
        let tagged = traffic.tagged.partsPerMillion
        guard drawn >= tagged else {
            let refused = chance.happens(traffic.refused.partsPerMillion)
            let standing: Standing = refused ? (chance.below(2) == 0 ? .blocked : .unlisted) : .approved
            let second = chance.happens(traffic.secondTag.partsPerMillion)
            return [(.good, standing)] + (second ? [(.loose, .approved)] : [])
        }
        guard drawn < tagged + traffic.failing.partsPerMillion else { return [] }
        // One that fails is dead or behind metal, each as often as the other (assumption).
        return [(chance.below(2) == 0 ? .dead : .metalWindscreen, .approved)]
    }

    private var neighbour: LaneNumber? {
        lanes.first { $0.number == traffic.lane.number + 1 } ?? lanes.first { $0.number + 1 == traffic.lane.number }
    }

    private static func metres(_ range: ClosedRange<Int64>, _ chance: inout Chance) -> Metres {
        Metres(millimetres: chance.any(of: range))
    }

    /// 2.2 m, and too little metal for some detectors; this one sees it.
    static let motorcycle = VehicleShape(
        length: Metres(millimetres: 2_200), tagBehindFront: Metres(millimetres: 600))

    /// 3.6 to 5.0 m; with a trailer of 2.5 to 5 m behind a drawbar of 0.9 m.
    private static func car(_ chance: inout Chance, hasTrailer: Bool) -> VehicleShape {
        let length = metres(3_600...5_000, &chance)
        let tag = Metres(millimetres: 1_500)
        guard hasTrailer else { return VehicleShape(length: length, tagBehindFront: tag) }
        let trailer = length + Metres(millimetres: 900)
        return VehicleShape(
            parts: [Metres.zero...length, trailer...(trailer + metres(2_500...5_000, &chance))], tagBehindFront: tag)
    }

    /// By thirds: rigid (8 to 12 m), with a semi-trailer (16.5 m in one piece), with a trailer behind a drawbar of 1.5 m (18 to 19.5 m).
    private static func lorry(_ chance: inout Chance) -> VehicleShape {
        let tag = Metres(millimetres: 700)
        switch chance.below(3) {
        case 0: return VehicleShape(length: metres(8_000...12_000, &chance), tagBehindFront: tag)
        case 1: return VehicleShape(length: Metres(millimetres: 16_500), tagBehindFront: tag)
        default:
            let trailer = Metres(millimetres: 10_500)
            return VehicleShape(
                parts: [Metres.zero...Metres(millimetres: 9_000), trailer...metres(18_000...19_500, &chance)],
                tagBehindFront: tag)
        }
    }
}
