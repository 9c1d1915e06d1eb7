import Sync

extension Command {
    /// `station journal verify`
    static let journalVerify = Command(
        "journal verify", "check every record of the journal",
        help: """
            usage: station journal verify [FILE] [--journal PATH] [--json]

            Reads the journal from its first record to its last: the pages of the database, each record's digest over the digest before
            it and its own bytes, and that none is missing, changed or in another's place. Then says how much there is. Nothing
            is changed. The station may run; a million records take about ten seconds.

            \(JournalSource.help)

            Exit code 0: good, 65: something is damaged or missing, 66: there is no journal.

            example: station journal verify --journal /var/lib/bomstasjon/journal.sqlite.set-aside-1
            """,
        flags: ["--json"], options: JournalSource.options, plain: 1
    ) { arguments, console in
        let source = try JournalSource(arguments)
        let reader = try source.open()
        var progress = ProgressLine(console)
        let found: JournalVerification
        do throws(JournalFailure) {
            found = try JournalVerification(of: reader, at: source.path) { progress.say("verifying", $0, of: $1) }
        } catch {
            throw JournalSource.failure(error)
        }
        if arguments.has("--json") {
            _ = try printJSON(found, console)
        } else {
            for line in found.lines { console.line(line) }
        }
        return found.isSound ? .ok : .badData
    }
}
