import Devices
import Glibc
import HTTP
import Lane
import Sync

extension Command {
    /// `station lookup`
    static let lookup = Command(
        "lookup", "ask the list in force about a tag",
        help: """
            usage: station lookup NUMBER [FILE] [--clear] [--json]

            Says what the list in force says of a tag and what it would come to now: which list, its file and age and whether it was
            verified, the [issuer] that decides, the entry, whether its dates count, outcome, codes, light and photo.
            The running station answers; where none does, the list on its disk is asked, and a line says so. Who may not ask the
            station, or read that list, is told nothing of a tag: exit code 77.
            NUMBER is as printed on the tag (10 or 16 digits, quoted or without spaces), or pan:, agency: or ata: with
            the number behind it. --json prints the answer as JSON, without the number.

            example: station lookup "12 3456789 0"
            """,
        flags: ["--clear", "--json"], plain: 2
    ) { arguments, console in
        guard let text = arguments.plain.first else { throw Arguments.UsageError("give a tag's number") }
        let tag = try number(text)
        let configuration = try StationCommands.configuration(arguments, at: 1)
        let report: LookupReport
        do {
            report = try StationClient(socket: configuration.station.controlSocket).lookup(text)
        } catch let error as TransferError where error.cause == .permissionDenied {
            throw notAllowed("\(error)")
        } catch {
            report = try onDisk(tag, configuration, unanswered: "\(error)", console)
        }
        guard !arguments.has("--json") else {
            console.line(String(decoding: try Answer.lookup(report).json.dropLast(), as: UTF8.self))
            return .ok
        }
        console.line("tag      \(arguments.has("--clear") ? tag.clear : "\(tag)")")
        for line in report.lines { console.line(line) }
        return .ok
    }

    private static func onDisk(
        _ tag: TagNumber, _ configuration: StationConfiguration, unanswered reason: String, _ console: Console
    ) throws -> LookupReport {
        guard let central = configuration.central else {
            throw CommandFailure(
                .unavailable,
                "no running station answers (\(reason)), and there is no list on its disk: no [central] in the configuration"
            )
        }
        let folder = ListFolder(
            folder: configuration.station.stateFolder, name: central.list, keys: central.publicKeys)
        for path in [folder.inForce, folder.previous] { try requireReadable(path) }
        console.note("no running station answers (\(reason)); this is what the list on its disk says:")
        let source = lookupSource(folder, console)
        let clock = WallClock.read()
        return LookupReport(of: tag, by: source, under: configuration, at: clock.utc, clock.quality)
    }

    /// What nobody lets us read is not a list that is not there: that would be a verdict. A file that is not there says nothing.
    private static func requireReadable(_ path: String) throws {
        let file = unsafe open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard file < 0 else {
            close(file)
            return
        }
        if errno == EACCES || errno == EPERM { throw notAllowed("open \(path): permission denied") }
    }

    private static func notAllowed(_ line: String) -> CommandFailure {
        CommandFailure(.noPermission, "\(line); ask as root, as the station's user, or as one of its group")
    }

    /// The list on the disk, all of it verified.
    private static func lookupSource(_ folder: ListFolder, _ console: Console) -> LookupReport.Source? {
        let (list, path, problem) = folder.open()
        if let problem { console.note(problem) }
        return list.map { LookupReport.Source(list: $0, file: path, isVerified: true) }
    }

    /// A number from a command line. What is wrong with it is said without the number.
    private static func number(_ text: String) throws -> TagNumber {
        do throws(TagNumber.Mistyped) {
            return try TagNumber(typed: text)
        } catch {
            throw CommandFailure(.badData, error.description)
        }
    }
}
