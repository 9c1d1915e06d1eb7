import Devices
import Exchange
import Station

extension Command {
    static let agreements = Command(
        "agreements",
        "checks a file of agreements and publishes it as a signed list",
        help: """
            usage: central agreements FILE [--folder DIR] [--list NAME] [--check] [--strict] [--new-epoch] [--json]
                                      [--active-from TIME | --now] [--stale-after SPAN]
                                      [--issuers LIST] [--luhn LIST]

            Checks the file and publishes the next version of the list, signed; a running server gives it out at once.
            When anything is wrong in the file, the first \(AgreementsFile.mostFaults) faults are shown and the others
            counted, and nothing is published. A number that stands on several lines gets the most cautious of them (a
            denial, then the graver status, then the shorter validity), and the lines are shown. FILE is a file or a pipe
            and may have any size; it has one agreement a line:

              # number          status       [from DATE]       [until DATE]            [class CLASS]
              12 3456789 0      approved                                               class heavy
              1234567890123456  prepaid-low  from 2026-01-01   until 2027-01-01
              pan:18            blocked      until 2026-06-30T12:15Z

            number   10 or 16 printed digits, or pan: and a PAN; spaces anywhere before the status word
            status   \(AgreementsFile.statusWords.words.joined(separator: ", "))
            DATE     a day, or a quarter of an hour with a Z, in UTC; from the first until just before the second
            CLASS    of the vehicle: \(AgreementsFile.classWords.words.joined(separator: ", "))
            A denial has neither dates nor a class.

              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder))
              --check        only check the file
              --new-epoch    begin a new epoch: after this server was restored from an older copy, its stations may
                             have later versions than it knows, and take only a list of a higher epoch
            \(ListOptions.help)

            See also: central agreements change --help, central agreements generate --help.

            example: central agreements agreements.txt --folder /srv/central
            """,
        flags: ListOptions.flags.union(["--check", "--new-epoch"]), options: ListOptions.options, plain: 1
    ) { arguments, folder, console in
        guard let file = arguments.plain.first else { throw Arguments.UsageError("which file of agreements?") }
        let options = try ListOptions(arguments)
        guard arguments.has("--check") else { return try publish(file, into: folder, options, console) }
        return try check(file, options, console)
    }

    /// Publishes a file; what is wrong in it has been shown when this is not `ok`.
    static func publish(
        _ file: String, into folder: CentralFolder, _ options: ListOptions, _ console: Console
    ) throws -> ExitCode {
        let source = try AgreementsSource(file)
        let publisher = try ListPublisher(folder: folder)
        let rules = try publisher.rules(options)
        return try showing(file, console) {
            var notes = ProgressLine(console)
            let published = try publisher.publish(
                as: options.name, at: WallClock.now(), options.settings, progress: { notes.say("building", $0) },
                fill: { writer in try source.add(to: &writer, rules, &notes) })
            published.show(of: file, options, console)
        }
    }

    /// Reads a file as it would be for a list, and throws the list away.
    private static func check(_ file: String, _ options: ListOptions, _ console: Console) throws -> ExitCode {
        let source = try AgreementsSource(file)
        var code = ExitCode.ok
        let wrong = try showing(file, console) {
            var notes = ProgressLine(console)
            let trial = try ListTrial()
            let written = try trial.build(options, progress: { notes.say("checking", $0) }) { writer in
                try source.add(to: &writer, options.rules, &notes)
            }
            written.duplicates.show(of: file, console)
            let count = written.duplicates.count
            if count > 0, options.settings.isStrict { code = .badData }
            guard !options.isJSON else { return console.line(CheckedRow(written).rowJSON) }
            let result = count == 0 ? "nothing wrong" : "\(count) lines name a number that another line names too"
            console.line("\(file): \(written.header.summary), \(result)")
        }
        return wrong == .ok ? code : wrong
    }

    /// Shows everything that is wrong in a file, where something is: the exit code is then 65.
    static func showing(_ file: String, _ console: Console, _ work: () throws -> Void) throws -> ExitCode {
        do {
            try work()
            return .ok
        } catch let error as AgreementsFile.Faults {
            for fault in error.faults { console.note("\(file):\(fault)") }
            if error.leftOut > 0 { console.note("\(file): and \(error.leftOut) more") }
            return .badData
        }
    }
}

extension AgreementsSource {
    /// Adds what the file says to a list.
    borrowing func add(
        to writer: inout AgreementListWriter, _ rules: AgreementsRules, _ notes: inout ProgressLine
    ) throws {
        try read(rules, progress: { notes.say("reading", $0, of: size) }) { entry in
            guard let listed = entry.listEntry else { return }
            try writer.add(entry.number, listed, line: entry.line)
        }
    }
}
