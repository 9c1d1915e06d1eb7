import Devices
import FoundationEssentials
import Lane
import Station

extension Command {
    /// `lanesim devices`
    static let devices = Command(
        "devices", "simulate the devices of a scenario: readers, lamps, detectors, cameras",
        help: """
            usage: lanesim devices SCENARIO --folder DIR [--seed N] [--cameras NAME:PORT,…]

            Makes what the site of SCENARIO has: each reader (a pseudo-terminal, linked as DIR/NAME), a line bank for lamps
            and detectors (a Unix socket, DIR/lines.sock), and each camera (HTTP on this computer). It takes words on
            standard input:

              play MOMENT   lets everything happen in real time; the scenario's first moment is this nanosecond of this
                            computer's monotonic clock. What lies before now has happened without these devices
              (end)         stops

              --seed N            chance follows from N instead of the scenario's own seed
              --cameras NAME:P,…  these cameras answer at that port, the others where the system likes

            It tells on standard output what happens: camera NAME PORT, ready, lamp LANE ASPECT MOMENT, capture NAME MOMENT,
            playing (from now on everything happens),
            taken TEXT MOMENT (the station acknowledged that tag's message), late MOMENT MOMENT (when something was to
            happen, and when it did), played.

            example: lanesim devices sim/scenarios/wire/demo.lane --folder /tmp/devices
            """,
        options: ["--folder", "--seed", "--cameras"], plain: 1
    ) { arguments in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name a scenario file") }
        guard let folder = arguments["--folder"] else { throw Arguments.UsageError("--folder DIR is missing") }
        let seed = arguments["--seed"].map(UInt64.init)
        if let seed, seed == nil { throw Arguments.UsageError("--seed takes a whole number") }
        let (scenario, plan) = try Scenario.planned(path, seed: seed ?? nil)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var devices = try SimulatedDevices(
            scenario.site.configuration, DevicePlan(scenario, plan), folder: folder,
            ports: try ports(arguments["--cameras"] ?? ""))
        try devices.run()
        return .ok
    }

    /// `NAME:PORT,NAME:PORT`
    private static func ports(_ text: String) throws(Arguments.UsageError) -> [String: Int] {
        var ports: [String: Int] = [:]
        for item in text.split(separator: ",") {
            let parts = item.split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]) else {
                throw Arguments.UsageError("--cameras takes NAME:PORT,NAME:PORT")
            }
            ports[String(parts[0])] = Int(port)
        }
        return ports
    }
}
