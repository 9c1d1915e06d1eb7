import Glibc
import Storage

extension Command {
    /// `station run`
    static let run = Command(
        "run", "run the station until SIGTERM",
        help: """
            usage: station run [FILE]

            Runs the station that FILE describes (/etc/bomstasjon/station.conf). It starts whatever is broken:
            a reader, a camera, the central server or the disk that is away is an alarm in `station status`.
            The log goes to standard error, one line an event.

            example: station run /etc/bomstasjon/station.conf
            """,
        plain: 1
    ) { arguments in
        // First of all: a stop that comes while the configuration is read waits, and ends the station in order.
        StopSignals.block()
        let configuration = try StationCommands.configuration(arguments)
        let folder = StateFolder(configuration)
        try claim(folder)
        let program = try StationProgram(configuration, folder)
        try program.run()
        return .ok
    }

    /// Takes the sole right to the state folder. A folder that cannot be written is an alarm, not an end; another program in
    /// it is.
    private static func claim(_ folder: StateFolder) throws {
        do throws(FileError) {
            try folder.claim()
        } catch {
            guard error.number == EWOULDBLOCK else {
                Terminal.complain(
                    "warning state.folder reason=\"\(error)\" remedy=\"mend the folder; the station goes on\"")
                return
            }
            throw CommandFailure(
                .tryAgain, "another station runs in \(folder.path); stop it first, or give this one its own stateFolder"
            )
        }
    }

    /// `station check`
    static let check = Command(
        "check", "check a configuration file",
        help: """
            usage: station check [FILE]

            Reads FILE (/etc/bomstasjon/station.conf) and prints everything that is wrong with it, each with its line
            and column. Exit code 0: good, 78: not, 66: it cannot be read.

            example: station check station.conf
            """,
        plain: 1
    ) { arguments in
        let configuration = try StationCommands.configuration(arguments)
        let (lanes, readers, cameras) = (configuration.lanes, configuration.readers, configuration.cameras)
        Terminal.print(
            "good: station \(configuration.station.id.number), \(lanes.count) lanes, \(readers.count) readers, "
                + "\(configuration.detectors.count) detectors, \(cameras.count) cameras, "
                + "profile \(configuration.lights.profile.name)")
        return .ok
    }

    /// `station config`
    static let defaults = Command(
        "config", "print every setting with its default",
        help: """
            usage: station config --defaults

            Prints a configuration file with every section and key, what each means, its unit, range and default.

            example: station config --defaults > station.conf
            """,
        flags: ["--defaults"]
    ) { arguments in
        guard arguments.has("--defaults") else { throw Arguments.UsageError("say --defaults") }
        Terminal.print(StationConfiguration.defaults)
        return .ok
    }
}
