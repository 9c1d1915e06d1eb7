import Devices
import Lane

extension Command {
    /// `station lamps dark`
    static let lampsDark = Command(
        "lamps dark", "put out all lamps; for when the station does not run",
        help: """
            usage: station lamps dark [FILE]

            Connects to the lamps of FILE (/etc/bomstasjon/station.conf) and puts out every head. systemd runs it
            when the station has ended, however that came (ExecStopPost).

            example: station lamps dark
            """,
        plain: 1
    ) { arguments in
        let configuration = try StationCommands.configuration(arguments)
        guard let socket = configuration.lines.socket else {
            Terminal.print("no lamps are configured")
            return .ok
        }
        do {
            var bank = try LineBank(path: socket, inputs: [])
            for lane in configuration.lanes {
                guard let loss = bank.show(.dark, on: lane.lane) else { continue }
                throw CommandFailure(.inputOutput, "lamps of lane \(lane.lane.number): \(loss)")
            }
        } catch let error as PortError {
            throw CommandFailure(.unavailable, "\(error)")
        }
        Terminal.print("dark: \(configuration.lanes.count) heads")
        return .ok
    }
}
