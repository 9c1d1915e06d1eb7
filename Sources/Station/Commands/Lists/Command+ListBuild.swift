import Exchange

extension Command {
    /// `station list build`
    static let listBuild = Command(
        "list build", "build a signed list file from a table of agreements",
        help: """
            usage: station list build FILE.csv --key KEYFILE --version E.V --out FILE [--name NAME] [--issuers LIST]
                                      [--luhn LIST] [--active-from TIME] [--stale-after SPAN] [--strict]
                                      [--parts SIZE] [--base LIST --change FILE]

            Makes of a table of up to \(AgreementList.mostEntries / 1_000_000) million lines a signed list, in \
            \(AgreementListWriter.memoryByDefault >> 20) MiB of memory whatever its size. A table
            that is too large for it takes 24 bytes a line on the disk of --out for a while. The first line names the table's
            columns, in any order, with commas or semicolons between:

            \(AgreementsCSV.help.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

            When anything is wrong in the table, the first \(AgreementsCSV.mostFaults) faults are shown with line and column, then how many more there are,
            and nothing is written. Of a number that
            stands on several lines the most cautious one is kept (a denial, then the graver status, then the shorter validity), and
            the lines are shown. Long work says every few seconds how far it is.

              --key KEYFILE        the secret key that signs it, as central keys makes one
              --version E.V        epoch and version, both from 1 on: above those that stations have
              --out FILE           where the list is written; there whole or not at all
              --name NAME          which list (default: \(AgreementList.defaultName))
              --issuers LIST       the issuers for which it speaks, as pan:9578,printed:10 (default: everybody's)
              --luhn LIST          issuers whose numbers end with a Luhn check digit; all PANs do
              --active-from TIME   stations use it from then on, 2026-01-31 or 2026-01-31T12:15Z (default: at once)
              --stale-after SPAN   how old it may grow before stations say so (default: \
            \(ListBuildOrder.staleSpan.format(ListBuildOrder.staleAfter)))
              --strict             write nothing when a number stands on several lines
              --parts SIZE         the list also in parts, none larger than SIZE, as 64 MB: NAME.EPOCH.VERSION.K-of-N beside
                                   the list, each signed; station list adopt takes all of them together
              --base LIST          the list of the version before, signed by the same key
              --change FILE        where the change is written that makes the new list of --base: what is sent to stations
                                   that have that one

            No file that is written may be one that is read, or another that is written.

            Exit code 0: written, 64: an option cannot be taken, 65: something is wrong in the table, 66: a file is not there, or
            is none, 73: a file cannot be written.

            example: station list build agreements.csv --key central.secret --version 7.1 --out agreements.list
            """,
        flags: ["--strict"],
        options: [
            "--key", "--version", "--out", "--name", "--issuers", "--luhn", "--active-from", "--stale-after", "--parts",
            "--base", "--change",
        ], plain: 1
    ) { arguments, console in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name the table of agreements") }
        try ListBuild(of: path, try ListBuildOrder(arguments), console).run()
        return .ok
    }
}
