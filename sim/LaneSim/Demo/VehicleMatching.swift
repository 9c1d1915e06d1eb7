import Exchange
import Lane

/// Which passage is which vehicle's: by lane and time, never by what was decided.
struct VehicleMatching {
    /// Vehicles without a passage for which there is no excuse.
    private(set) var lost = 0
    private(set) var complaints: [String] = []
    private(set) var excused: [String] = []
    private var missing: [(vehicle: Scenario.Vehicle, downtime: DemoCourse.Downtime)] = []

    init(_ scenario: Scenario, _ course: DemoCourse, _ passages: [DemoReport.PassageLine]) {
        var rest = passages
        for vehicle in scenario.vehicles {
            let expected = course.startedAt.milliseconds + vehicle.at.milliseconds
            let distances = rest.indices.compactMap { index -> (index: Int, distance: Int64)? in
                guard rest[index].lane == vehicle.lane, let time = UTC(text: rest[index].time) else { return nil }
                let distance = abs(time.milliseconds - expected)
                return distance <= DemoReport.tolerance.milliseconds ? (index, distance) : nil
            }
            guard let nearest = distances.min(by: { ($0.distance, $0.index) < ($1.distance, $1.index) }) else {
                miss(vehicle, course)
                continue
            }
            judge(rest.remove(at: nearest.index), of: vehicle, course)
        }
        for passage in rest {
            complaints.append("passage \(passage.sequence) in lane \(passage.lane ?? 0) is no vehicle's")
        }
    }

    private mutating func miss(_ vehicle: Scenario.Vehicle, _ course: DemoCourse) {
        if let downtime = course.excuse(for: vehicle) {
            missing.append((vehicle, downtime))
        } else {
            lost += 1
            complaints.append("\(vehicle.name): no passage in lane \(vehicle.lane) at \(Self.seconds(vehicle.at))")
        }
    }

    private mutating func judge(
        _ passage: DemoReport.PassageLine, of vehicle: Scenario.Vehicle, _ course: DemoCourse
    ) {
        guard passage.outcome != vehicle.outcome.word else { return }
        let text = "\(vehicle.name): expected \(vehicle.outcome.word), the record says \(passage.outcome ?? "nothing")"
        if let downtime = course.excuse(for: vehicle) {
            excused.append("\(text); \(Self.reason(downtime))")
        } else {
            complaints.append(text)
        }
    }

    /// Says of each vehicle that is missing why, and whether its tag has come by another way.
    mutating func explain(with delivery: DeliveryProof) {
        for (vehicle, downtime) in missing {
            let hasCome = vehicle.tag.map(delivery.replayedTags.contains) ?? false
            excused.append(
                "\(vehicle.name) at \(Self.seconds(vehicle.at)): no passage; \(Self.reason(downtime))"
                    + (hasCome ? "; its tag has a record of its own" : ""))
        }
    }

    private static func reason(_ downtime: DemoCourse.Downtime) -> String {
        let end = downtime.to.map { "to \(seconds($0))" } ?? "on"
        return "\(downtime.process.words) was down from \(seconds(downtime.from)) \(end)"
    }

    private static func seconds(_ moment: Interval) -> String {
        let tenths = moment.milliseconds / 100
        return "\(tenths / 10).\(tenths % 10) s"
    }
}
