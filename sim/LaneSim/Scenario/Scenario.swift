import Lane
import Station

/// What happens on a piece of road: lanes with their devices, vehicles, agreements, and what befalls the programs.
package struct Scenario: Sendable {
    /// A lane and the devices that serve it.
    package struct LaneDevices: Sendable {
        package var lane: Int
        package var reader = ""
        package var port = 0
        package var detector = ""
        /// A camera that sees the front plate, and one that sees the rear plate.
        package var cameras: [String] { ["front\(lane)", "rear\(lane)"] }
    }

    /// An agreement as the central server knows it.
    package struct AgreementLine: Sendable {
        package var number = ""
        package var status = "approved"
    }

    /// A vehicle, what its tag tells, and what is expected of the station.
    package struct Vehicle: Sendable {
        package var name: String
        /// When its front is at the detector.
        package var at = Interval.zero
        package var lane = 1
        package var length = Metres(millimetres: 4_500)
        package var speed = Speed.kilometresPerHour(60)
        /// The tag's text as the reader tells it; nil: there is no tag.
        package var tag: String?
        /// A second tag in the vehicle.
        package var second: String?
        /// How often each tag is read.
        package var reads = 1
        package var readEvery = Interval.milliseconds(60)
        /// When the first read happens, from the moment the front is at the detector; before it when negative.
        package var heard = Interval.milliseconds(-250)
        package var outcome = Outcome.approved
        package var explanation = ""
    }

    /// One of the programs that run beside each other.
    package enum Process: Sendable, Hashable, CaseIterable {
        case station
        case central
        case devices

        /// What people call it.
        package var words: String {
            switch self {
            case .station: "the station"
            case .central: "the central server"
            case .devices: "the device simulator"
            }
        }
    }

    /// What is done to the central server in order.
    package enum CentralStep: Sendable, Hashable {
        case stop
        case start
    }

    /// Something that befalls one of the programs.
    package struct Incident: Sendable {
        /// What is done.
        package enum Deed: Sendable, Hashable {
            case stopCentral
            case startCentral
            /// SIGKILL, and started again after this.
            case kill(Process, after: Interval)
        }

        package var at = Interval.zero
        /// What is done to the central server in order; nil when something is killed.
        package var central: CentralStep?
        /// What is killed.
        package var kill: Process?
        /// When it is started again.
        package var after = Interval.milliseconds(300)

        package var deed: Deed {
            if let kill { return .kill(kill, after: after) }
            return central == .start ? .startCentral : .stopCentral
        }
    }

    package let lanes: [LaneDevices]
    package let agreements: [AgreementLine]
    /// In the order of their times.
    package let vehicles: [Vehicle]
    package let incidents: [Incident]

    /// Reads a scenario.
    ///
    /// - Throws: everything that is wrong with it, with file, line, column and what was expected.
    package init(_ bytes: [UInt8], file: String) throws(ConfigurationErrors) {
        let text = try ConfigurationText(bytes, file: file)
        var errors = ConfigurationErrors(file: file)
        text.report(knownKinds: ScenarioTables.kinds, &errors)
        let lanes = ScenarioTables.lane.read(text, &errors)
        let agreements = ScenarioTables.agreement.read(text, &errors)
        let vehicles = ScenarioTables.vehicle.read(text, &errors)
        let incidents = ScenarioTables.incident.read(text, &errors)
        for vehicle in vehicles where !lanes.contains(where: { $0.value.lane == vehicle.value.lane }) {
            errors.add(
                at: vehicle.place(of: "lane"),
                "\(vehicle.heading) lane: there is no [lane \(vehicle.value.lane)]; add it, or name another lane")
        }
        Self.findCrashes(vehicles, &errors)
        for incident in incidents where (incident.places["central"] == nil) == (incident.places["kill"] == nil) {
            errors.add(at: incident.at, "\(incident.heading): expected one of central and kill")
        }
        if vehicles.isEmpty { errors.add(at: nil, "no [vehicle NAME]: nothing would happen") }
        guard errors.isEmpty else { throw errors }
        self.lanes = lanes.map(\.value)
        self.agreements = agreements.map(\.value)
        self.vehicles = vehicles.map(\.value).sorted { ($0.at, $0.name) < ($1.at, $1.name) }
        self.incidents = incidents.map(\.value).sorted { $0.at < $1.at }
    }

    /// Two vehicles cannot be over one detector at a time: the station would rightly see one.
    private static func findCrashes(_ vehicles: [ReadSection<Vehicle>], _ errors: inout ConfigurationErrors) {
        let byTime = vehicles.sorted { $0.value.at < $1.value.at }
        for (place, vehicle) in byTime.enumerated() {
            let before = byTime[..<place].last { $0.value.lane == vehicle.value.lane }
            guard let before, before.value.at + before.value.length / before.value.speed >= vehicle.value.at else {
                continue
            }
            errors.add(
                at: vehicle.place(of: "at"),
                "\(vehicle.heading) at: \(before.heading) is still over the detector of lane \(vehicle.value.lane)")
        }
    }

    /// When the last vehicle comes or the last incident begins.
    package var lastMoment: Interval { max(vehicles.map(\.at).max() ?? .zero, incidents.map(\.at).max() ?? .zero) }
}
