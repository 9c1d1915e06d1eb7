import Exchange
import FoundationEssentials
import Lane

extension Command {
    /// What `station list diff --json` prints.
    private struct DiffReport: Codable {
        struct Row: Codable {
            var kind: ListDifference.Kind
            /// The system and length only, unless the person asked for more.
            var tag: String
            var old: String?
            var new: String?
        }
        var from: String
        var to: String
        var counts: ListDifference.Counts
        var rows: [Row]
    }

    /// Rows that are shown unless somebody asks for more.
    private static let rowsShown = 20

    /// `station list diff`
    static let listDiff = Command(
        "list diff", "compare two list files, entry by entry",
        help: """
            usage: station list diff A B [--most N] [--clear] [--configuration FILE] [--trust KEYFILE] [--json]

            Says how many tags B adds to A, removes, and changes: in status, in dates, in class, denied now or no more. Then the
            first \(rowsShown) of them, a line each; with their system and length only, because numbers are personal data.
            Both are whole lists, and are verified whole first. B may be a change on A: it is applied in the temporary folder
            (TMPDIR), which has to have room for the list; nothing stays in it. Parts have to be joined first: station list adopt does that on the station.

              --most N   so many rows are shown (0: only the counts)
              --clear    numbers in full

            \(ListOptions.help)

            Exit code 0: they are the same, 1: they differ, 65: one is refused, 66: one is missing, 73: the temporary
            folder cannot take the list.

            example: station list diff /var/lib/bomstasjon/agreements.list.previous /var/lib/bomstasjon/agreements.list
            """,
        flags: ["--clear", "--json"], options: ListOptions.options.union(["--most"]), plain: 2
    ) { arguments, console in
        guard arguments.plain.count == 2 else { throw Arguments.UsageError("name two list files") }
        guard let most = arguments["--most"].map(Int.init) ?? rowsShown, most >= 0 else {
            throw Arguments.UsageError("--most takes a number of rows, 0 or more")
        }
        let options = ListOptions(arguments)
        let keys = try options.keys()
        let old = try whole(arguments.plain[0], changing: nil, trusting: keys, options)
        let new = try whole(arguments.plain[1], changing: old, trusting: keys, options)
        var rows: [DiffReport.Row] = []
        let difference = ListDifference(from: old, to: new) { row in
            guard rows.count < most else { return }
            let tag = arguments.has("--clear") ? row.tag.recordText : "\(row.tag)"
            rows.append(.init(kind: row.kind, tag: tag, old: row.old?.words, new: row.new?.words))
        }
        let code = difference.counts.different == 0 ? ExitCode.ok : .failed
        let report = DiffReport(
            from: "\(old.name) \(old.version.text)", to: "\(new.name) \(new.version.text)", counts: difference.counts,
            rows: rows)
        guard !arguments.has("--json") else {
            _ = try printJSON(report, console)
            return code
        }
        for line in lines(of: report) { console.line(line) }
        return code
    }

    /// The list in a file; where it is a change on the base, the list that results.
    private static func whole(
        _ path: String, changing base: AgreementList?, trusting keys: [PublicKey], _ options: ListOptions
    ) throws -> AgreementList {
        switch try options.openAny(path, trusting: keys) {
        case .whole(let list):
            do throws(ListError) { try list.verify() } catch { throw ListOptions.failure(path, error) }
            return list
        case .change(let change):
            guard let base else {
                throw CommandFailure(.badData, "\(path): it is a change; name the list first, and the change behind it")
            }
            return try applied(change, to: base, path, keys)
        case .part(let part):
            throw CommandFailure(
                .badData, "\(path): it is part \(part.part.number) of \(part.part.of) of a list; name whole lists")
        }
    }

    /// The list that results; its content has been held against its digest.
    private static func applied(
        _ change: AgreementListChange, to base: AgreementList, _ path: String, _ keys: [PublicKey]
    ) throws -> AgreementList {
        let folder = FileManager.default.temporaryDirectory.path
        do throws(ListError) { return try change.applied(to: base, in: folder, trusting: keys) } catch {
            guard case .system(_, _, let cause) = error else { throw CommandFailure(.badData, "\(path): \(error)") }
            throw CommandFailure(.cannotCreate, "apply \(path) in \(folder): \(cause); TMPDIR may name another folder")
        }
    }

    private static func lines(of report: DiffReport) -> [String] {
        let counts = report.counts
        let left = counts.different - report.rows.count
        return [
            "from \(report.from) to \(report.to)",
            "added \(counts.added), removed \(counts.removed), same \(counts.same)",
            "changed: status \(counts.status), dates \(counts.dates), class \(counts.class), denied \(counts.denied), "
                + "denied no more \(counts.undenied)",
        ] + report.rows.map { "\($0.kind.rawValue)  \($0.tag)  \($0.old ?? "nothing") -> \($0.new ?? "nothing")" }
            + (left > 0 ? ["and \(left) more; --most shows them"] : [])
    }
}
