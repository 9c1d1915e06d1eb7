import FoundationEssentials
import Sync

extension Command {
    /// `station journal repair`
    static let journalRepair = Command(
        "journal repair", "say what could be salvaged of a damaged journal",
        help: """
            usage: station journal repair --dry-run [FILE] [--journal PATH] [--json]

            Tries what the station does by itself with a journal that was set aside: reads what can be read, holds each record against
            its digest, and says what of it would be delivered, which records are lost, and what else is damaged and what
            that means. Nothing is changed; the trial is made in the folder for temporary files, which needs room for what
            the central server has not. The station may run.

              --dry-run        always needed: the station alone repairs, when it starts or when its journal fails
            \(JournalSource.help)

            Exit code 0: nothing is lost or damaged, 65: something is, or nothing can be read, 66: there is no journal.

            example: station journal repair --dry-run --journal /var/lib/bomstasjon/journal.sqlite.set-aside-1
            """,
        flags: ["--dry-run", "--json"], options: JournalSource.options, plain: 1
    ) { arguments, console in
        guard arguments.has("--dry-run") else {
            throw Arguments.UsageError("the station repairs by itself, when it starts; --dry-run says what it would do")
        }
        let source = try JournalSource(arguments)
        guard FileManager.default.fileExists(atPath: source.path) else {
            throw CommandFailure(.noInput, "there is no journal \(source.path)")
        }
        let found = try JournalRepair(of: source.path)
        if arguments.has("--json") {
            _ = try printJSON(found, console)
        } else {
            for line in found.lines { console.line(line) }
        }
        return found.isWhole ? .ok : .badData
    }
}
