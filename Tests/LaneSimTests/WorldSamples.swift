import Central
import Exchange
import Lane
import Station

@testable import LaneSim

/// Hand-made scenarios for virtual time: two lanes, each with a loop, a reader, and cameras before and behind.
enum WorldSample {
    static let lane1 = LaneNumber(1)
    static let lane2 = LaneNumber(2)
    static let tag = "KING1001"
    static let blocked = "KING2204"
    /// Tags with agreements: a lane does not believe one tag twice in short time.
    static let cars = (1...60).map { "KING\(1_000 + $0)" }

    static let place = SourcePlace(file: "test.lane", position: TextPosition(line: 1, column: 1))

    private static func lane(_ number: Int) -> String {
        """
        [lane \(number)]
        zoneStart = -6 m
        zoneEnd = 1 m
        decideAt = 2 m
        head = 15 m
        [detector loop\(number)]
        lane = \(number)
        input = lane\(number).loop
        [reader reader\(number)]
        port = /dev/serial/by-id/usb-\(number)
        antennas = 0:\(number)
        tagText = agencySerial 4 KING
        [camera front\(number)]
        lane = \(number)
        url = http://127.0.0.1:8081/front.jpg
        detector = loop\(number)
        moment = leadingEdge
        delay = 200 ms
        [camera rear\(number)]
        lane = \(number)
        url = http://127.0.0.1:8082/rear.jpg
        detector = loop\(number)
        moment = trailingEdge
        delay = 50 ms

        """
    }

    static let text =
        "[station]\nid = 42\n" + lane(1) + lane(2) + """
            [lines]
            driver = simulated
            socket = /run/bomstasjon/lines.sock
            [central]
            url = https://central.example
            publicKeys = d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a
            listEvery = 5 s

            """

    static func scenario(_ change: (inout Scenario) -> Void = { _ in }) throws -> Scenario {
        let configuration = try StationConfiguration(Array(text.utf8), file: "station.conf")
        var scenario = Scenario(
            name: "sample", path: "sample.lane", site: Site(configuration: configuration, text: text))
        scenario.lists = [
            PublishedList(at: .zero, entries: cars.map { agreement($0) } + [agreement(blocked, .blocked)])
        ]
        change(&scenario)
        return scenario
    }

    static func agreement(_ text: String, _ standing: Standing = .approved) -> AgreementSpec {
        let digits = Array(text.utf8.dropFirst(4))
        guard let number = TagNumber(.agencySerial, digits: digits) else { preconditionFailure("a sample is a number") }
        var spec = AgreementSpec(name: text, tag: number, text: text)
        spec.standing = standing
        return spec
    }

    static func fault(_ deed: Fault.Deed, at: Interval, lasts: Interval? = nil) -> Fault {
        Fault(name: "fault", place: place, at: at, lasts: lasts, deed: deed)
    }

    /// A car at 60 km/h: 270 ms over its loop, its tag heard four times from 120 ms before.
    struct Car {
        var at: Interval
        var tag: String?
        var lane = lane1
        var over = Interval.milliseconds(270)
        var isDamaged = false
    }

    static func plan(_ cars: [Car]) -> RoadPlan {
        var plan = RoadPlan()
        var events: [RoadEvent] = []
        for (number, car) in cars.enumerated() {
            let detector = Int(car.lane.number) - 1
            plan.vehicles.append(
                RoadVehicle(
                    number: number, name: "car\(number)", lane: car.lane, at: car.at, leaves: car.at + car.over,
                    speed: .kilometresPerHour(60), length: Metres(millimetres: 4_500)))
            events.append(RoadEvent(at: car.at, vehicle: number, .edge(detector: detector, isOccupied: true)))
            events.append(
                RoadEvent(at: car.at + car.over, vehicle: number, .edge(detector: detector, isOccupied: false)))
            guard let text = car.tag else { continue }
            for read in 0..<4 {
                let at = car.at - .milliseconds(120) + .milliseconds(Int64(30 * read))
                events.append(
                    RoadEvent(
                        at: at, vehicle: number,
                        .tag(reader: detector, port: 0, text: text, isDamaged: car.isDamaged)))
            }
        }
        plan.events = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        plan.ends = cars.map { $0.at + $0.over }.max() ?? .zero
        return plan
    }
}

extension Observation {
    var passages: [RecordFields] { records.map(\.fields).filter { $0.type == "passage" } }
    var outcomes: [String] { passages.compactMap(\.decision?.outcome) }
    func alarms(_ alarm: String) -> [RecordFields] { records.map(\.fields).filter { $0.alarm == alarm } }
    /// What the central server has is what the station sealed, in its order.
    var isDelivered: Bool { atCentral.map(\.bytes) == records.map(\.line.bytes) }
}
