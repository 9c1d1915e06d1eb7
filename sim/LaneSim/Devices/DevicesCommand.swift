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
            usage: lanesim devices SCENARIO --folder DIR

            Makes a reader for each name in SCENARIO (a pseudo-terminal, linked as DIR/NAME) and a line bank for lamps
            and detectors (a Unix socket, DIR/lines.sock), and a front and a rear camera for each lane (HTTP on this computer).
            Then it takes words on standard input:

              play     lets the scenario's vehicles pass, in real time
              (end)    stops

            and tells on standard output what happens: camera NAME PORT, ready, vehicle NAME, lamp LANE ASPECT, played.

            example: lanesim devices sim/scenarios/demo.lane --folder /tmp/devices
            """,
        options: ["--folder"], plain: 1
    ) { arguments in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name a scenario file") }
        guard let folder = arguments["--folder"] else { throw Arguments.UsageError("--folder DIR is missing") }
        let scenario = try Scenario.load(path)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var devices = try SimulatedDevices(scenario, folder: folder)
        try devices.run()
        return .ok
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
