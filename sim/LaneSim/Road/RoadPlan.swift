import Lane
import Station

/// What happens on the road of a scenario: the truth, that the station can only guess at.
///
/// It is worked out by `init(scenario:seed:)`, with nothing but whole numbers.
package struct RoadPlan: Sendable {
    /// In the order of their fronts at the detector.
    package var vehicles: [RoadVehicle] = []
    /// In the order of their moments; in one moment in the order of vehicles.
    package var events: [RoadEvent] = []
    /// When the last vehicle is gone.
    package var ends = Interval.zero
    /// The agreements of the vehicles that come from traffic. Whoever publishes a list of the scenario adds them to its entries.
    package var agreements: [AgreementSpec] = []

    package init() {}
}

/// Something that a device on the road notices.
package struct RoadEvent: Hashable, Sendable {
    package enum Happening: Hashable, Sendable {
        /// A detector, by its place in `StationConfiguration.detectors`, before faults.
        case edge(detector: Int, isOccupied: Bool)
        /// A tag answers a reader, by its place in `StationConfiguration.readers`, at an antenna port; whole or damaged. What
        /// the reader makes of one that it has just reported is the reader's own.
        case tag(reader: Int, port: UInt8, text: String, isDamaged: Bool)
    }

    package var at: Interval
    /// The vehicle's number in the plan: for an edge, the one that came first or left last.
    package var vehicle: Int
    package var happening: Happening

    package init(at: Interval, vehicle: Int, _ happening: Happening) {
        self.at = at
        self.vehicle = vehicle
        self.happening = happening
    }
}
