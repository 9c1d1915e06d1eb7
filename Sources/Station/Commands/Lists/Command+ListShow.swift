import Devices
import Exchange
import FoundationEssentials
import Lane
import Sync

extension Command {
    /// `station list show`
    static let listShow = Command(
        "list show", "show what a list file is, or the lists of this station",
        help: """
            usage: station list show [FILE…] [--configuration FILE] [--trust KEYFILE] [--json]

            Shows name, version (epoch.version), size, age, issuers, how many entries stand how, and whose key signed it: of each FILE, or
            of the lists in the station's folder: the one in force, the one before it, and one that waits for its moment.
            Of a change it shows to which version it applies and how much it changes, of a part which one it is, of how many.
            Signatures are checked; contents are not: station list verify does that. Whether the list in force is locked in
            memory and verified, station status says.

            \(ListOptions.help)

            Exit code 0: shown, 65: a list is refused, 66: a file is missing.

            example: station list show /media/usb/agreements.list
            """,
        flags: ["--json"], options: ListOptions.options, plain: 1_000
    ) { arguments, console in
        let options = ListOptions(arguments)
        let reports: [ListFileReport]
        if arguments.plain.isEmpty {
            reports = try own(options, console)
        } else {
            let keys = try options.keys()
            reports = try arguments.plain.map { path in
                ListFileReport(of: try options.openAny(path, trusting: keys), at: path, now: WallClock.now())
            }
        }
        guard !arguments.has("--json") else { return try printJSON(reports, console) }
        for (index, report) in reports.enumerated() {
            if index > 0 { console.line("") }
            for line in report.lines { console.line(line) }
        }
        return .ok
    }

    /// The lists of the station's folder.
    private static func own(_ options: ListOptions, _ console: Console) throws -> [ListFileReport] {
        let (configuration, _) = try options.central()
        let folder = ListFolder(configuration, in: configuration.station.stateFolder)
        var reports: [ListFileReport] = []
        for (place, path) in folder.places {
            do throws(ListError) {
                let list = try AgreementList.open(path: path, trusting: folder.keys, checking: .header)
                reports.append(ListFileReport(of: .whole(list), at: path, place: place, now: WallClock.now()))
            } catch {
                if case .system = error, place != "inForce" { continue }
                console.note("\(path): \(error)")
            }
        }
        guard !reports.isEmpty else { throw CommandFailure(.unavailable, "there is no list in \(folder.folder)") }
        return reports
    }

    static func printJSON(_ value: some Encodable, _ console: Console) throws -> ExitCode {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        console.line(String(decoding: try encoder.encode(value), as: UTF8.self))
        return .ok
    }
}
