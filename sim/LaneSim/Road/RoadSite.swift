import Lane
import Station

/// What stands along the road, as vehicles meet it: the station's configuration, sorted by lanes.
struct RoadSite {
    /// A detector's line, with its place in `StationConfiguration.detectors`.
    struct Line {
        let detector: Int
        let lane: LaneNumber
        let position: Metres
    }

    let lanes: [LaneSettings]
    let lines: [Line]
    let antennas: [StationConfiguration.Antenna]
    /// From the first thing that sees a vehicle to the last: outside nobody can tell where it is.
    let stretch: ClosedRange<Metres>

    init(_ configuration: StationConfiguration) {
        lanes = configuration.lanes
        antennas = configuration.antennas
        lines = configuration.detectors.enumerated().compactMap { place, detector in
            guard let lane = configuration.lanes.first(where: { $0.lane == detector.lane }),
                lane.geometry.detectors.indices.contains(Int(detector.number.number))
            else { return nil }
            let line = lane.geometry.detectors[Int(detector.number.number)]
            return Line(detector: place, lane: detector.lane, position: line.position)
        }
        let positions = lanes.flatMap { [$0.geometry.zoneStart, $0.geometry.zoneEnd] } + lines.map(\.position)
        stretch = (positions.min() ?? .zero)...(positions.max() ?? .zero)
    }

    func geometry(_ lane: LaneNumber) -> LaneGeometry? { lanes.first { $0.lane == lane }?.geometry }

    /// The passage detector of a lane; where there is none, the start of its zone.
    func anchor(_ lane: LaneNumber) -> Metres {
        guard let geometry = geometry(lane) else { return .zero }
        return geometry.detectors.first?.position ?? geometry.zoneStart
    }

    /// Whether a lane has a detector or an antenna that notices this vehicle.
    func notices(_ course: Course, in lane: LaneNumber) -> Bool {
        if lines.contains(where: { $0.lane == lane && course.isIn(lane, at: course.way($0.position)) }) { return true }
        guard let zone = geometry(lane), antennas.contains(where: { $0.lane == lane }) else { return false }
        return [zone.zoneStart, zone.zoneEnd].contains { course.isIn(lane, at: course.way($0)) }
    }
}
