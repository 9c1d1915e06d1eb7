import Lane
import Station

/// Which passage is which vehicle's: by lane and time, never by what was decided.
struct PassageMatching {
    /// For each vehicle of the road plan the places of its passages among those given; its own lane's come first.
    private(set) var passages: [[Int]]
    /// Places of passages that are no vehicle's.
    private(set) var invented: [Int] = []

    init(
        _ plan: RoadPlan, _ seen: [SeenPassage], _ configuration: StationConfiguration, within tolerance: Interval
    ) {
        passages = plan.vehicles.map { _ in [] }
        let heard = HeardTimes(plan, configuration)
        for lane in configuration.lanes.map(\.lane) {
            let candidates = plan.vehicles.filter { $0.lane == lane || $0.alsoIn == lane }.map { vehicle in
                LaneAlignment.Candidate(
                    number: vehicle.number, at: vehicle.at, leaves: vehicle.leaves,
                    heard: heard[vehicle.number, lane], mayBeElsewhere: vehicle.alsoIn != nil)
            }.sorted { ($0.at, $0.number) < ($1.at, $1.number) }
            let places = seen.indices.filter { seen[$0].lane == lane }.sorted {
                (seen[$0].start, seen[$0].place) < (seen[$1].start, seen[$1].place)
            }
            let pairs = LaneAlignment(candidates, places.map { seen[$0] }, within: tolerance).pairs
            for (candidate, own) in zip(candidates, pairs) {
                let places = own.map { places[$0] }
                let isOwnLane = plan.vehicles[candidate.number].lane == lane
                passages[candidate.number].insert(
                    contentsOf: places, at: isOwnLane ? 0 : passages[candidate.number].count)
            }
        }
        let taken = Set(passages.flatMap { $0 })
        invented = seen.indices.filter { !taken.contains($0) }
    }
}

/// When the tags of each vehicle answered, lane by lane.
struct HeardTimes {
    private struct Key: Hashable {
        let vehicle: Int
        let lane: LaneNumber
    }

    private var ranges: [Key: ClosedRange<Interval>] = [:]

    init(_ plan: RoadPlan, _ configuration: StationConfiguration) {
        for event in plan.events {
            guard case .tag(let reader, let port, _, _) = event.happening,
                let lane = configuration.antenna(reader: reader, port: port)?.lane
            else { continue }
            let key = Key(vehicle: event.vehicle, lane: lane)
            let first = ranges[key]?.lowerBound ?? event.at
            ranges[key] = min(first, event.at)...max(ranges[key]?.upperBound ?? event.at, event.at)
        }
    }

    subscript(vehicle: Int, lane: LaneNumber) -> ClosedRange<Interval>? { ranges[Key(vehicle: vehicle, lane: lane)] }
}
