import Devices
import Exchange
import Lane
import Storage

extension Command {
    /// `station list build`
    static let listBuild = Command(
        "list build", "build a signed list file from a table of agreements",
        help: """
            usage: station list build FILE.csv --key KEYFILE --version E.V --out FILE [--name NAME] [--issuers LIST]
                                      [--luhn LIST] [--active-from TIME] [--stale-after SPAN] [--strict]

            Makes of a table of up to 8 million lines a signed list, in memory: half a gigabyte. The first line names its columns, in
            any order, with commas or semicolons between:

            \(AgreementsCSV.help.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))

            When anything is wrong in the table, all of it is shown with line and column, and nothing is written. Of a number that
            stands on several lines the most cautious one is kept (a denial, then the graver status, then the shorter validity), and
            the lines are shown.

              --key KEYFILE        the secret key that signs it, as central keys makes one
              --version E.V        epoch and version: above those that stations have
              --out FILE           where the list is written; there whole or not at all
              --name NAME          which list (default: \(AgreementList.defaultName))
              --issuers LIST       the issuers for which it speaks, as pan:9578,printed:10 (default: everybody's)
              --luhn LIST          issuers whose numbers end with a Luhn check digit; all PANs do
              --active-from TIME   stations use it from then on, 2026-01-31 or 2026-01-31T12:15Z (default: at once)
              --stale-after SPAN   how old it may grow before stations say so (default: \(staleSpan.format(staleAfter)))
              --strict             write nothing when lines contradict each other

            Exit code 0: written, 65: something is wrong in the table, 66: there is no such table.

            example: station list build agreements.csv --key central.secret --version 7.1 --out agreements.list
            """,
        flags: ["--strict"],
        options: [
            "--key", "--version", "--out", "--name", "--issuers", "--luhn", "--active-from", "--stale-after",
        ], plain: 1
    ) { arguments, console in
        guard let path = arguments.plain.first else { throw Arguments.UsageError("name the table of agreements") }
        let order = try BuildOrder(arguments)
        guard let table = try SourceFile(path) else {
            throw CommandFailure(.noInput, "open \(path): there is no such file; name the table of agreements")
        }
        return try build(table, order, console)
    }

    static let staleAfter = Interval.days(3)
    static let staleSpan = ValueType.duration(.minutes(1) ... .days(3_650))

    /// What the options come to.
    struct BuildOrder {
        let key: SigningKey
        let out: String
        let header: AgreementListHeader
        let rules: AgreementsCSV.Rules
        let isStrict: Bool

        init(_ arguments: Arguments) throws {
            guard let key = arguments["--key"] else { throw Arguments.UsageError("--key KEYFILE is missing") }
            guard let version = arguments["--version"].flatMap({ ListVersion($0) }) else {
                throw Arguments.UsageError("--version takes epoch and version, as 7.1")
            }
            guard let out = arguments["--out"] else { throw Arguments.UsageError("--out FILE is missing") }
            let now = WallClock.now()
            let name = arguments["--name"] ?? AgreementList.defaultName
            guard RecordContext.isName(name) else {
                throw Arguments.UsageError(
                    "--name takes at most \(RecordContext.longestName) letters, digits, dots, dashes or underscores")
            }
            self.out = out
            header = AgreementListHeader(
                name: name, version: version, issuedAt: now,
                activeFrom: try arguments["--active-from"].map(Self.time), staleAfter: try Self.span(arguments))
            rules = AgreementsCSV.Rules(
                issuers: try arguments["--issuers"].map { try ListOptions.issuers($0, "--issuers") } ?? [],
                luhn: try arguments["--luhn"].map { try ListOptions.issuers($0, "--luhn") } ?? [])
            isStrict = arguments.has("--strict")
            do throws(KeyError) { self.key = try SigningKey(file: key) } catch {
                throw CommandFailure(.noInput, "\(error)")
            }
        }

        private static func time(_ text: String) throws(Arguments.UsageError) -> UTC {
            let ending = text.utf8.count == 10 ? "T00:00:00.000Z" : ":00.000Z"
            let isTime = text.utf8.count == 10 || (text.utf8.count == 17 && text.hasSuffix("Z"))
            guard isTime, let time = UTC(text: text.prefix(16) + ending) else {
                throw Arguments.UsageError("--active-from takes a time in UTC, as 2026-01-31T12:15Z")
            }
            return time
        }

        private static func span(_ arguments: Arguments) throws(Arguments.UsageError) -> Interval {
            guard let text = arguments["--stale-after"] else { return staleAfter }
            do throws(ValueError) { return try staleSpan.parse(text) } catch {
                throw Arguments.UsageError("--stale-after takes \(staleSpan.expected): \(error.reason)\(error.hint)")
            }
        }
    }

    private static func build(
        _ table: borrowing SourceFile, _ order: BuildOrder, _ console: Console
    ) throws -> ExitCode {
        var progress = ProgressLine(console)
        var builder = AgreementListBuilder()
        var lines: [Int] = []
        let add = { (row: AgreementsCSV.Row) throws in
            try builder.add(row.tag, row.entry)
            lines.append(row.line)
        }
        var reader = AgreementsCSVReader(order.rules)
        var bytes = 0
        while true {
            let piece = try table.read(most: pieceBytes)
            if piece.isEmpty { break }
            try reader.take(piece, add)
            bytes += piece.count
            progress.say("reading", bytes, of: table.size)
        }
        try reader.finish(add)
        guard reader.faults.isEmpty else { throw failure(of: reader, in: table.path) }
        let built = try builder.build(order.header, issuers: order.rules.issuers, signedBy: order.key)
        let duplicates = built.duplicates.prefix(shownDuplicates).map { (lines[$0.kept], lines[$0.leftOut]) }
        try show(duplicates, of: built.duplicates.count, in: table.path, order, console)
        try DurableFile.replace(order.out, with: built.bytes, mode: 0o644)
        console.line("\(order.out): \(built.header.name) \(built.header.version.text), \(built.header.count) entries")
        return .ok
    }

    /// Lines that name a number which another line names too.
    private static func show(
        _ duplicates: [(kept: Int, leftOut: Int)], of count: Int, in path: String, _ order: BuildOrder,
        _ console: Console
    ) throws {
        for pair in duplicates {
            console.note("\(path):\(pair.leftOut): left out: line \(pair.kept) names the same number more cautiously")
        }
        if count > duplicates.count { console.note("\(path): and \(count - duplicates.count) more lines are left out") }
        guard order.isStrict, count > 0 else { return }
        throw CommandFailure(
            .badData, "\(path): \(count) lines contradict each other, and --strict: nothing was written")
    }

    /// More pairs of lines than these nobody reads.
    private static let shownDuplicates = 100

    private static func failure(of reader: AgreementsCSVReader, in path: String) -> CommandFailure {
        let lines = reader.faults.map { "\(path):\($0)" }
        let more = reader.leftOut == 0 ? [] : ["\(path): and \(reader.leftOut) more"]
        return CommandFailure(.badData, (lines + more + ["nothing was written"]).joined(separator: "\n"))
    }

    /// Some twenty thousand lines.
    private static let pieceBytes = 1 << 20
}
