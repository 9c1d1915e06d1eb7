import Devices
import Exchange
import FoundationEssentials
import HTTP
import Lane
import Station

extension Command {
    /// How long an enrolment code is good if nobody says otherwise: somebody drives there.
    private static let hoursByDefault: Int64 = 24

    static let stationsList = Command(
        "stations list",
        "shows which stations may deliver",
        help: """
            usage: central stations list [--json] [--folder DIR]

            One line a station: its number, its state (waits for its code to be used, enrolled, ended, withdrawn), and when
            its certificate or its code ends.

            example: central stations list --json
            """,
        flags: ["--json"]
    ) { arguments, folder, console in
        let rows = try StationRegister(folder).entries().map { StationRow($0, at: WallClock.now()) }
        let isJSON = arguments.has("--json")
        if !isJSON { console.line(StationRow.heading) }
        for row in rows { console.line(isJSON ? String(decoding: row.json, as: UTF8.self) : row.text) }
        return .ok
    }

    static let stationsAdd = Command(
        "stations add",
        "gives out the code by which a station enrols, once",
        help: """
            usage: central stations add N [--hours H] [--folder DIR]

            Prints what station N needs to enrol: a code that is good once, and this server's authority. It is shown once
            and takes the place of a code before; the server may be running. Give it to nobody else: whoever has it is the
            station. When the station enrols, what it was given before ends: so it is for a new computer or disk, too.

              --hours H      how long the code is good, 1 to 720 (default: \(hoursByDefault))
              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))

            example: central stations add 42 > station-42.code
            """,
        options: ["--hours"], plain: 1
    ) { arguments, folder, console in
        let station = try station(arguments)
        guard let hours = Int64(arguments["--hours"] ?? "\(hoursByDefault)"), (1...720).contains(hours) else {
            throw Arguments.UsageError("--hours takes a number from 1 to 720")
        }
        let authorities = try AuthorityFiles(folder).trusted()
        guard !authorities.isEmpty else {
            throw CommandFailure(
                .configuration, "no authority in \(folder.path); make one with: central authority --host NAME")
        }
        let code = EnrolmentCode.random()
        let ends = WallClock.now() + .hours(hours)
        try StationRegister(folder).change(station) { known in
            var entry = known ?? StationEntry(station)
            entry.give(code, until: ends)
            known = entry
        }
        console.line(code.text)
        for line in try authorities.map({ try $0.pem }).joined().split(separator: "\n") { console.line(String(line)) }
        console.note("station \(station.number) may enrol once until \(ends.text): station enrol --code FILE")
        return .ok
    }

    static let stationsWithdraw = Command(
        "stations withdraw",
        "shuts a station out: its certificates and its code are good no more",
        help: """
            usage: central stations withdraw N [--folder DIR]

            From the next request on the server takes nothing from station N; it may be running. What was delivered stays.
            central stations add N lets it come again, with a new code.

            example: central stations withdraw 42
            """,
        plain: 1
    ) { arguments, folder, console in
        let station = try station(arguments)
        try StationRegister(folder).change(station) { known in
            guard known != nil else {
                throw CommandFailure(.noInput, "station \(station.number) is not known; see central stations list")
            }
            known?.withdraw()
        }
        console.line("station \(station.number) is withdrawn")
        return .ok
    }

    private static func station(_ arguments: Arguments) throws -> StationID {
        guard let text = arguments.plain.first, let number = UInt32(text), (1...999_999_999).contains(number) else {
            throw Arguments.UsageError("name the station by its number, 1 to 999999999")
        }
        return StationID(number)
    }
}
