import Exchange
import Lane
import Station

@testable import LaneSim

/// Three lanes as in `hardware/station.conf`; lane 1 has a second detector 4 m behind the first, lane 3 has none.
enum RoadSamples {
    private static let lanes = (1...3).map {
        "[lane \($0)]\nzoneStart = -6 m\nzoneEnd = 1 m\ndecideAt = 2 m\nhead = 15 m\n"
    }
    private static let readers = (1...3).map { "[reader r\($0)]\nport = /dev/r\($0)\nantennas = 0:\($0)\n" }
    private static let detectors = """
        [detector loop1]
        lane = 1
        input = lane1.loop
        [detector exit1]
        lane = 1
        input = lane1.exit
        position = 4 m
        [detector loop2]
        lane = 2
        input = lane2.loop

        """

    static func site(_ tagText: String = "") throws -> Site {
        let text =
            "[station]\nid = 42\nname = road\n" + (lanes + readers.map { $0 + tagText }).joined() + detectors
            + "[lights]\nprofile = classic\n[lines]\ndriver = simulated\nsocket = /run/l.sock\n"
        return Site(configuration: try StationConfiguration(Array(text.utf8), file: "road.conf"), text: text)
    }

    static func scenario(_ vehicles: [Vehicle] = [], _ traffic: [Traffic] = []) throws -> Scenario {
        var scenario = Scenario(name: "road", path: "road.lane", site: try site())
        scenario.vehicles = vehicles
        scenario.traffic = traffic
        return scenario
    }

    static func plan(_ vehicles: [Vehicle] = [], _ traffic: [Traffic] = [], seed: UInt64 = 1) throws -> RoadPlan {
        try RoadPlan(scenario: scenario(vehicles, traffic), seed: seed)
    }

    /// A car at 36 km/h (10 mm in a millisecond), at the detector of lane 1 after so many milliseconds.
    static func car(_ name: String = "kari", at: Int64 = 1_000, _ change: (inout Vehicle) -> Void = { _ in }) -> Vehicle
    {
        var vehicle = Vehicle(name: name, place: place(line: 7))
        vehicle.at = .milliseconds(at)
        vehicle.drive.speed = .kilometresPerHour(36)
        change(&vehicle)
        return vehicle
    }

    static func traffic(_ name: String = "morning", _ change: (inout Traffic) -> Void = { _ in }) -> Traffic {
        var traffic = Traffic(name: name, place: place(line: 20))
        change(&traffic)
        return traffic
    }

    static func place(line: Int) -> SourcePlace {
        SourcePlace(file: "road.lane", position: TextPosition(line: line, column: 1))
    }

    static func tag(_ mounting: TagSpec.Mounting = .good, _ text: String = "1000000011") -> TagSpec {
        var tag = TagSpec(text: text)
        tag.mounting = mounting
        return tag
    }
}

extension RoadPlan {
    /// The edges, a word each: `1000 loop1 on kari`.
    func edges(_ detectors: [String] = ["loop1", "exit1", "loop2"]) -> [String] {
        events.compactMap { event in
            guard case .edge(let detector, let isOccupied) = event.happening else { return nil }
            return "\(event.at.milliseconds) \(detectors[detector]) \(isOccupied ? "on" : "off") "
                + vehicles[event.vehicle].name
        }
    }

    /// When which reader heard what: `r1 -300`, damaged with a `!`.
    var reads: [String] {
        events.compactMap { event in
            guard case .tag(let reader, _, _, let isDamaged) = event.happening else { return nil }
            return "r\(reader + 1) \(event.at.milliseconds)\(isDamaged ? "!" : "")"
        }
    }

    /// Everything of the plan as text, for digests.
    var canonical: String {
        let vehicles = vehicles.map {
            "\($0.number) \($0.name) \($0.lane.number) \($0.at.nanoseconds) \($0.leaves.nanoseconds) "
                + "\($0.speed.millimetresPerSecond) \($0.length.millimetres) \($0.tags)"
        }
        let events = events.map { "\($0.at.nanoseconds) \($0.vehicle) \($0.happening)" }
        let agreements = agreements.map { "\($0.name) \($0.text) \($0.standing)" }
        return (vehicles + events + agreements + ["\(ends.nanoseconds)"]).joined(separator: "\n")
    }

    var digest: String { Digest(of: Array(canonical.utf8)).hex }
}
