import Devices
import Exchange
import Station
import Storage

extension Command {
    static let agreements = Command(
        "agreements",
        "checks a file of agreements and publishes it as a signed list",
        help: """
            usage: central agreements FILE [--folder DIR] [--list NAME] [--check] [--new-epoch]

            Checks the file and publishes the next version of the list, signed; a running server gives it out at once.
            When anything is wrong in the file, all of it is shown and nothing is published. FILE has one agreement a line:

              # number          status       [from DATE]       [until DATE]
              12 3456789 0      approved
              1234567890123456  prepaid-low  from 2026-01-01   until 2027-01-01
              pan:18            blocked      until 2026-06-30T12:15Z

            number   10 or 16 printed digits, or pan: and a PAN; spaces anywhere before the status word
            status   \(AgreementsFile.statusWords.words.joined(separator: ", "))
            DATE     a day, or a quarter of an hour with a Z, in UTC; from the first until just before the second

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --list NAME    which list (default: \(AgreementList.defaultName))
              --check        only check the file
              --new-epoch    begin a new epoch: after this server was restored from an older copy, its stations may
                             have later versions than it knows, and take only a list of a higher epoch

            example: central agreements agreements.txt --folder /srv/central
            """,
        flags: ["--check", "--new-epoch"], options: ["--list"], plain: 1
    ) { arguments, folder, console in
        guard let file = arguments.plain.first else { throw Arguments.UsageError("which file of agreements?") }
        if arguments.has("--check") {
            guard let agreements = try read(file, console) else { return .badData }
            console.line("\(file): \(agreements.summary), nothing wrong")
            return .ok
        }
        let name = arguments["--list"] ?? AgreementList.defaultName
        let isPublished = try publish(file, into: folder, as: name, newEpoch: arguments.has("--new-epoch"), console)
        return isPublished ? .ok : .badData
    }

    /// Publishes a file; false when something is wrong in it, which has been shown then.
    static func publish(
        _ file: String, into folder: CentralFolder, as name: String, newEpoch: Bool, _ console: Console
    ) throws -> Bool {
        guard let agreements = try read(file, console) else { return false }
        let list = try ListPublisher(folder: folder).publish(
            agreements, as: name, at: WallClock.now(), newEpoch: newEpoch)
        let version = "\(list.version.epoch).\(list.version.version)"
        console.line("published \(name) \(version): \(agreements.summary)")
        return true
    }

    /// Reads a file; nil when something is wrong in it, which has been shown then.
    private static func read(_ file: String, _ console: Console) throws -> AgreementsFile? {
        guard let source = try SourceFile(file) else {
            throw CommandFailure(.noInput, "open \(file): there is no such file; name the file of agreements")
        }
        let bytes = try source.readAll(most: AgreementsFile.mostBytes)
        do throws(AgreementsFile.Faults) {
            return try AgreementsFile(parsing: bytes)
        } catch {
            for fault in error.faults { console.note("\(file):\(fault)") }
            if error.leftOut > 0 { console.note("\(file): and \(error.leftOut) more") }
            return nil
        }
    }
}

extension AgreementsFile {
    fileprivate var summary: String {
        let denied = entries.count { $0.standing == .denied }
        return "agreements: \(entries.count - denied), denials: \(denied)"
    }
}
