import Devices
import FoundationEssentials
import Glibc
import Lane
import Peripherals
import Station

extension Command {
    /// `lanesim devices`
    static let devices = Command(
        "devices", "simulate the devices of a scenario: readers, lamps, detectors, cameras",
        help: """
            usage: lanesim devices SCENARIO --folder DIR [--cameras NAME:PORT,…]

            Makes a reader for each name in SCENARIO (a pseudo-terminal, linked as DIR/NAME) and a line bank for lamps
            and detectors (a Unix socket, DIR/lines.sock), and a front and a rear camera for each lane (HTTP on this computer).
            It takes words on standard input:

              play [FROM]   lets the scenario's vehicles pass, in real time, from this millisecond on (0)
              (end)         stops

            Cameras named by --cameras answer at that port, the others where the system likes. Readers begin without memory.
            It tells on standard output what happens: camera NAME PORT, ready, vehicle NAME, lamp LANE ASPECT, played.

            example: lanesim devices sim/scenarios/demo.lane --folder /tmp/devices
            """,
        options: ["--folder", "--cameras"], plain: 1
    ) { arguments in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name a scenario file") }
        guard let folder = arguments["--folder"] else { throw Arguments.UsageError("--folder DIR is missing") }
        let scenario = try Scenario.load(path)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var devices = try SimulatedDevices(
            scenario, folder: folder, ports: try ports(arguments["--cameras"] ?? ""))
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

extension Scenario {
    /// Reads a scenario's file; what is wrong with it is the command's failure.
    static func load(_ path: String) throws -> Scenario {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(.noInput, "\(path): cannot be read; give the path of a scenario file")
        }
        do throws(ConfigurationErrors) {
            return try Scenario(Array(bytes), file: path)
        } catch {
            throw CommandFailure(.badData, "\(error)")
        }
    }
}
