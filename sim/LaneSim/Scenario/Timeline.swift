import Lane

/// What the simulated devices do at which time, worked out from a scenario's vehicles.
struct Timeline: Sendable {
    /// One thing that a device does.
    enum Step: Sendable, Equatable {
        /// A vehicle comes under a detector or leaves it; the index is the vehicle's.
        case detector(String, isOccupied: Bool, vehicle: Int)
        /// A tag with this text is in the zone of a reader's antenna.
        case tag(String, reader: String, port: Int)
    }

    /// In the order in which they happen.
    let steps: [(at: Interval, step: Step)]

    init(_ scenario: Scenario) {
        var steps: [(at: Interval, step: Step)] = []
        for (index, vehicle) in scenario.vehicles.enumerated() {
            guard let lane = scenario.lanes.first(where: { $0.lane == vehicle.lane }) else { continue }
            steps.append((vehicle.at, .detector(lane.detector, isOccupied: true, vehicle: index)))
            steps.append(
                (
                    vehicle.at + vehicle.length / vehicle.speed,
                    .detector(lane.detector, isOccupied: false, vehicle: index)
                ))
            let tags = [vehicle.tag, vehicle.second].compactMap { $0 }
            for read in 0..<vehicle.reads {
                for (place, tag) in tags.enumerated() {
                    // Two tags are never heard in the same moment: the reader tells one after the other.
                    let at = vehicle.at + vehicle.heard + vehicle.readEvery * Int64(read) + .milliseconds(Int64(place))
                    steps.append((at, .tag(tag, reader: lane.reader, port: lane.port)))
                }
            }
        }
        // A stable order: by time, then as written.
        self.steps = steps.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(
            \.element)
    }
}
