import Glibc
import Station

extension Command {
    /// `lanesim demo`
    static let demo = Command(
        "demo", "watch vehicles pass a real station: processes, serial lines, disk and network",
        help: """
            usage: lanesim demo [SCENARIO] [--folder DIR]

            Starts the central server, simulated devices and the station as separate processes, lets the vehicles of
            SCENARIO (sim/scenarios/demo.lane) pass in real time, and shows what arrives. Everything stays in DIR
            (demo): configuration, logs, journal, photos. Where the scenario kills a program and starts it again, the
            station's journal is held against what the central server has, digest by digest. Exit code 1 when a passage is
            lost, doubled, out of order or decided otherwise than the scenario says, and no downtime explains it.

            example: lanesim demo --folder /tmp/demo
            """,
        options: ["--folder"], plain: 1
    ) { arguments in
        let path = arguments.plain.first ?? "sim/scenarios/demo.lane"
        var demo = try Demo(
            scenario: try Scenario.load(path), path: path, site: try DemoSite(arguments["--folder"] ?? "demo"))
        return try demo.run() ? .ok : .failed
    }
}
