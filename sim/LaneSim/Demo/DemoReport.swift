import Lane
import Station

/// What came of a demonstration: the vehicles of the scenario held against the passages at the central server.
struct DemoReport {
    /// A line of `central passages --json`.
    struct PassageLine: Decodable {
        let journal: String
        let sequence: UInt64
        let lane: Int?
        let time: String
        let outcome: String?
        let photos: Int
        let flags: [String]
    }

    /// A line of `central photos --json`.
    struct PhotoLine: Decodable {
        let sequence: UInt64
        let path: String
    }

    let rows: [String]
    let photos: [PhotoLine]
    /// What is not as the scenario says.
    let complaints: [String]
    let lastLine: String
    let isGood: Bool

    init(_ scenario: Scenario, passages: [PassageLine], photos: [PhotoLine]) {
        self.photos = photos
        let vehicles = scenario.vehicles
        let names = passages.map { "\($0.journal) \($0.sequence)" }
        let duplicated = names.count - Set(names).count
        let distinct = Set(names).count
        let lost = max(0, vehicles.count - distinct)
        let isInOrder = zip(passages, passages.dropFirst()).allSatisfy {
            $0.sequence < $1.sequence && $0.journal == $1.journal
        }
        // Sequences follow the decisions; vehicles are held against passages by the time they passed.
        let byTime = passages.sorted { ($0.time, $0.sequence) < ($1.time, $1.sequence) }
        var complaints: [String] = []
        if byTime.count == vehicles.count {
            for (vehicle, passage) in zip(vehicles, byTime)
            where passage.outcome != vehicle.outcome.word || passage.lane != vehicle.lane {
                complaints.append(
                    "\(vehicle.name): expected \(vehicle.outcome.word) in lane \(vehicle.lane), the record says "
                        + "\(passage.outcome ?? "nothing") in lane \(passage.lane.map(String.init) ?? "?")")
            }
        } else {
            complaints.append(
                "\(vehicles.count) vehicles passed, and \(byTime.count) passages are at the central server")
        }
        self.complaints = complaints
        rows = passages.map { passage in
            let photos = passage.photos == 0 ? "" : "\(passage.photos) photos  "
            return "\(DemoScreen.padded("\(passage.sequence)", 4)) \(passage.time)  lane \(passage.lane ?? 0)  "
                + "\(DemoScreen.padded(passage.outcome ?? "?", 17)) \(photos)\(passage.flags.joined(separator: ", "))"
        }
        lastLine =
            "demo: \(vehicles.count) vehicles, \(distinct) passages at central, \(isInOrder ? "in order" : "OUT OF ORDER"), "
            + "\(lost) lost, \(duplicated) duplicated"
        isGood = complaints.isEmpty && lost == 0 && duplicated == 0 && isInOrder && distinct == vehicles.count
    }
}
