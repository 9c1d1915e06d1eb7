import Devices
import Exchange
import FoundationEssentials
import Glibc
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

            Exit code 0: shown, 65: a list is refused, 66: a file is missing, as the list in force, 69: no [central] in the
            configuration. What is good in the station's folder is shown all the same.

            example: station list show /media/usb/agreements.list
            """,
        flags: ["--json"], options: ListOptions.options, plain: 1_000
    ) { arguments, console in
        let options = ListOptions(arguments)
        let reports: [ListFileReport]
        var code = ExitCode.ok
        if arguments.plain.isEmpty {
            (reports, code) = try own(options, console)
        } else {
            let keys = try options.keys()
            reports = try arguments.plain.map { path in
                ListFileReport(of: try options.openAny(path, trusting: keys), at: path, now: WallClock.now())
            }
        }
        guard !arguments.has("--json") else {
            _ = try printJSON(reports, console)
            return code
        }
        for (index, report) in reports.enumerated() {
            if index > 0 { console.line("") }
            for line in report.lines { console.line(line) }
        }
        return code
    }

    /// The lists of the station's folder, and the exit code: that of the first that is not good. Only the one in force has to be there.
    private static func own(
        _ options: ListOptions, _ console: Console
    ) throws -> (reports: [ListFileReport], code: ExitCode) {
        let (configuration, _) = try options.central()
        let folder = ListFolder(configuration, in: configuration.station.stateFolder)
        var (reports, code) = ([ListFileReport](), ExitCode.ok)
        for (place, path) in folder.places where unsafe place == "inForce" || access(path, F_OK) == 0 {
            do throws(ListError) {
                let list = try AgreementList.open(path: path, trusting: folder.keys, checking: .header)
                reports.append(ListFileReport(of: .whole(list), at: path, place: place, now: WallClock.now()))
            } catch {
                var text = "\(error)"
                if case .system(_, _, let cause) = error { text = cause }
                console.note("\(path): \(text)")
                if code == .ok { code = ListOptions.failure(path, error).code }
            }
        }
        guard !reports.isEmpty else {
            let none = code == .noInput ? "there is no list in \(folder.folder)" : "no list in \(folder.folder) is good"
            throw CommandFailure(code, none)
        }
        return (reports, code)
    }

    static func printJSON(_ value: some Encodable, _ console: Console) throws -> ExitCode {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        console.line(String(decoding: try encoder.encode(value), as: UTF8.self))
        return .ok
    }
}
