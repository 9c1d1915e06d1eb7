import Devices
import Exchange
import Station

extension Command {
    static let changes = Command(
        "agreements change",
        "publishes changes of the newest list, which stations fetch instead of all of it",
        help: """
            usage: central agreements change FILE [--folder DIR] [--list NAME] [--strict] [--json]
                                             [--active-from TIME | --now] [--stale-after SPAN]
                                             [--issuers LIST] [--luhn LIST]

            Makes the next version of the list from the newest one, signed; a running server gives it out at once. FILE has
            the lines of a file of agreements, each of which sets what the list says of that number, whatever it was, and
            lines that remove a number:

              12 3456789 0      prepaid-low  until 2027-01-01
              pan:18            removed

            Numbers are held against --issuers and --luhn as in a file of agreements, but for those that are removed: what
            should never have been on the list can be taken off it. --issuers leaves out no issuer of whom agreements stay.

            A list that waits for its --active-from cannot be changed for before: its agreements would be in force too. Give
            the same time or a later one, or --now.

            When anything is wrong in the file, the first \(AgreementsFile.mostFaults) faults are shown and the others
            counted, and nothing is published. Of several lines for one number the last stands. Such lines are shown, and those that change nothing: a number that is removed and is not on the
            list, or that has that agreement already.

              --folder DIR         where everything is kept (default: \(CentralCommands.defaultFolder))
            \(ListOptions.help)

            example: central agreements change today.txt --folder /srv/central
            """,
        flags: ListOptions.flags, options: ListOptions.options, plain: 1
    ) { arguments, folder, console in
        guard let file = arguments.plain.first else { throw Arguments.UsageError("which file of changes?") }
        let options = try ListOptions(arguments)
        let source = try AgreementsSource(file)
        let publisher = try ListPublisher(folder: folder)
        var rules = try publisher.rules(options)
        rules.mayRemove = true
        return try showing(file, console) {
            var notes = ProgressLine(console)
            let published = try publisher.change(options.name, at: WallClock.now(), options.settings) { operations in
                try source.read(rules, progress: { notes.say("reading", $0, of: source.size) }) { entry in
                    try operations.add(entry.number, entry.listEntry.map { .set($0) } ?? .remove, line: entry.line)
                }
            }
            published.show(of: file, options, console)
        }
    }
}
