import Lane

/// What the detectors of a station see: each is occupied while any part of any vehicle is over its line.
///
/// A detector is taken for a light barrier: it sees the gap before a trailer. (A loop mostly does not: for a lane with loops the
/// gap belongs out of the vehicle's shape, or `gapHold` bridges it.)
struct DetectorLevels {
    private struct Cover {
        var from: Interval
        var until: Interval
        let first: Int
        var last: Int
    }

    /// In the order of `StationConfiguration.detectors`.
    private var covers: [[Cover]]

    init(detectors: Int) { covers = Array(repeating: [], count: detectors) }

    /// A vehicle drives over the lines of its lanes.
    mutating func add(_ vehicle: RoadVehicle, _ site: RoadSite) {
        let course = vehicle.course
        for line in site.lines where course.isIn(line.lane, at: course.way(line.position)) {
            for time in course.covers(line.position) where !time.isEmpty {
                covers[line.detector].append(
                    Cover(from: time.lowerBound, until: time.upperBound, first: vehicle.number, last: vehicle.number))
            }
        }
    }

    /// The edges of each detector, where one vehicle follows another without a gap put together.
    var edges: [RoadEvent] {
        covers.enumerated().flatMap { detector, covers in
            merged(covers).flatMap { cover in
                [
                    RoadEvent(at: cover.from, vehicle: cover.first, .edge(detector: detector, isOccupied: true)),
                    RoadEvent(at: cover.until, vehicle: cover.last, .edge(detector: detector, isOccupied: false)),
                ]
            }
        }
    }

    private func merged(_ covers: [Cover]) -> [Cover] {
        let sorted = covers.sorted { ($0.from, $0.until, $0.first) < ($1.from, $1.until, $1.first) }
        return sorted.reduce(into: []) { merged, cover in
            guard let last = merged.last, cover.from <= last.until else { return merged.append(cover) }
            guard cover.until > last.until else { return }
            merged[merged.count - 1].until = cover.until
            merged[merged.count - 1].last = cover.last
        }
    }
}
