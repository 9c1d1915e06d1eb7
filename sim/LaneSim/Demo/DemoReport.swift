import Exchange
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

    /// A vehicle's passage is dated within this of it: computers under load let simulated vehicles come late.
    static let tolerance = Interval.milliseconds(700)

    let rows: [String]
    let photos: [PhotoLine]
    /// What is not as the scenario says, and has its reason: a process was down.
    let excused: [String]
    /// What is not as the scenario says.
    let complaints: [String]
    /// What was killed came back: how much of it was committed and delivered. Nil when nothing was killed.
    let delivery: String?
    let lastLine: String
    let isGood: Bool

    init(
        _ scenario: Scenario, _ course: DemoCourse, _ delivery: DeliveryProof, passages: [PassageLine],
        photos: [PhotoLine], photosLeft: Int
    ) {
        let distinct = Set(passages.map { "\($0.journal) \($0.sequence)" }).count
        let duplicated = passages.count - distinct
        let isInOrder = zip(passages, passages.dropFirst()).allSatisfy {
            $0.sequence <= $1.sequence && $0.journal == $1.journal
        }
        var matching = VehicleMatching(scenario, course, passages)
        matching.explain(with: delivery)
        let lost = matching.lost
        var complaints = matching.complaints + (delivery.fault.map { [$0] } ?? [])
        if photos.count != delivery.photos {
            complaints.append("\(delivery.photos) photos are in records, \(photos.count) are at the central server")
        }
        for downtime in course.downtimes where downtime.to == nil {
            complaints.append("\(downtime.process.words) was killed, and the station did not recover from it")
        }
        if photosLeft > 0 { complaints.append("\(photosLeft) photos are left on the station's disk") }
        self.complaints = complaints
        excused = matching.excused
        rows = passages.map(Self.row)
        self.photos = photos
        self.delivery = course.downtimes.isEmpty ? nil : delivery.text
        lastLine =
            "demo: \(scenario.vehicles.count) vehicles, \(distinct) passages at central, "
            + "\(isInOrder ? "in order" : "OUT OF ORDER"), \(lost) lost, \(duplicated) duplicated"
        isGood = complaints.isEmpty && lost == 0 && duplicated == 0 && isInOrder
    }

    private static func row(of passage: PassageLine) -> String {
        let photos = passage.photos == 0 ? "" : "\(passage.photos) photos  "
        return "\(DemoScreen.padded("\(passage.sequence)", 4)) \(passage.time)  lane \(passage.lane ?? 0)  "
            + "\(DemoScreen.padded(passage.outcome ?? "?", 17)) \(photos)\(passage.flags.joined(separator: ", "))"
    }
}
