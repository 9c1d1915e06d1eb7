import Lane
import Station

@testable import LaneSim

/// A station of one lane as a scenario has it: no ports, addresses or sockets that anybody listens at.
enum WireSample {
    static let text = """
        # a comment
        [station]
        id = 7
        group = bomstasjon
        [lines]
        driver = simulated
        socket = /run/nowhere.sock
        [lane 1]
        zoneStart = -6 m
        zoneEnd = 1 m  # why
        decideAt = 3 m
        head = 25 m
        [detector loop]
        lane = 1
        input = lane1.loop
        [detector beam]
        lane = 1
        input = lane1.beam
        inverted = yes
        position = 2 m
        [reader east]
        port = /dev/nowhere
        antennas = 3:1
        [camera rear]
        lane = 1
        url = https://camera.example/shot
        detector = loop
        moment = trailingEdge
        """

    static let place = SourcePlace(file: "test.lane", position: TextPosition(line: 3, column: 1))

    static func scenario(_ faults: [(Interval, Interval?, Fault.Deed)] = []) throws -> Scenario {
        let configuration = try StationConfiguration(Array(text.utf8), file: "test.conf")
        var scenario = Scenario(
            name: "test", path: "test.lane", site: Site(configuration: configuration, text: text))
        scenario.faults = faults.map { Fault(name: "f", place: place, at: $0.0, lasts: $0.1, deed: $0.2) }
        return scenario
    }

    /// Edges at the loop, in milliseconds, the first of them leading.
    static func road(_ edges: Int64..., detector: Int = 0) -> RoadPlan {
        var plan = RoadPlan()
        plan.events = edges.enumerated().map { index, at in
            RoadEvent(
                at: .milliseconds(at), vehicle: 0, .edge(detector: detector, isOccupied: index.isMultiple(of: 2)))
        }
        return plan
    }
}
