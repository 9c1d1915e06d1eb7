import Exchange
import Lane

extension Command {
    /// `station journal show`
    static let journalShow = Command(
        "journal show", "show one record of the journal in full",
        help: """
            usage: station journal show N [FILE] [--journal PATH] [--clear]

            Shows record N: how far it has come, its digest, and its body, a line for each member. Numbers of tags are shown by their system
            and length. The station may run.

              --clear   tag numbers in clear
            \(JournalSource.help)

            Exit code 0: shown, 65: it is no record, 66: it is not here.

            example: station journal show 107
            """,
        flags: ["--clear"], options: JournalSource.options, plain: 2
    ) { arguments, console in
        guard let number = arguments.plain.first.flatMap(UInt64.init), number > 0 else {
            throw Arguments.UsageError("name the record's number, 1 or more")
        }
        let walk = try JournalWalk(try JournalSource(arguments, at: 1))
        var shown: JournalWalk.Found?
        try walk.forEach(number...number) { shown = $0 }
        guard let shown else {
            let first = walk.extent.first.map { "it has records from \($0.number) on" } ?? "it has no records"
            throw CommandFailure(.noInput, "record \(number) is not in the journal: \(first)")
        }
        console.line("record   \(number)")
        console.line("state    \(shown.state.rawValue)")
        if let reason = walk.rejection(of: shown.sequence) { console.line("reason   \(reason)") }
        console.line("digest   \(shown.digest?.hex ?? "none, it is not sealed")")
        guard RecordFields(body: shown.body) != nil else {
            throw CommandFailure(.badData, "its body is no record: it is damaged")
        }
        for line in RecordLines(body: shown.body, clear: arguments.has("--clear")).lines { console.line(line) }
        return .ok
    }
}
