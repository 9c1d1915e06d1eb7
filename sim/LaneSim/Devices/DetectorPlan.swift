import Lane
import Station

/// What a detector says of the road, with its faults.
struct DetectorPlan {
    private enum Sign {
        case edge(isOccupied: Bool)
        case stuck(isOccupied: Bool)
        case free
    }

    /// Its changes, in the order of their times.
    let levels: [(at: Interval, isOccupied: Bool)]

    init(_ detector: StationConfiguration.Detector, number: Int, _ faults: [Fault], _ road: RoadPlan) {
        var signs: [(at: Interval, sign: Sign)] = []
        var bounces: [(from: Interval, until: Interval?, times: Int, every: Interval)] = []
        for fault in faults {
            let end = fault.lasts.map { fault.at + $0 }
            switch fault.deed {
            case .detectorStuck(detector.name, let isOccupied):
                signs.append((fault.at, .stuck(isOccupied: isOccupied)))
                if let end { signs.append((end, .free)) }
            case .detectorBounces(detector.name, let times, let every): bounces.append((fault.at, end, times, every))
            case _: continue
            }
        }
        for event in road.events {
            guard case .edge(number, let isOccupied) = event.happening else { continue }
            signs.append((event.at, .edge(isOccupied: isOccupied)))
        }
        var levels: [(at: Interval, isOccupied: Bool)] = []
        // Of vehicles side by side or close behind each other a detector sees one thing.
        var vehicles = 0
        var isStuck = false
        let inOrder = signs.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
        for (at, sign) in inOrder.map(\.element) {
            switch sign {
            case .edge(let isOccupied):
                vehicles += isOccupied ? 1 : -1
                guard !isStuck else { continue }
                let bounce = bounces.first { $0.from <= at && at < $0.until ?? Interval(nanoseconds: .max) }
                levels.append((at, vehicles > 0))
                // There and back as often as it bounces, and in the end as it should be.
                for number in 0..<(bounce?.times ?? 0) / 2 * 2 {
                    let later = at + (bounce?.every ?? .zero) * Int64(number + 1)
                    levels.append((later, (number % 2 == 1) == (vehicles > 0)))
                }
            case .stuck(let level):
                isStuck = true
                levels.append((at, level))
            case .free:
                isStuck = false
                levels.append((at, vehicles > 0))
            }
        }
        self.levels = levels
    }
}
