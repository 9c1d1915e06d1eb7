import Exchange

extension Command {
    /// What `station list verify --json` prints.
    struct VerifyReport: Codable, Hashable, Sendable {
        var isGood: Bool
        var files: [ListVerification]
        /// Why parts that are good make no list, in one line; nil: they do, or there are none.
        var problem: String?
    }

    /// `station list verify`
    static let listVerify = Command(
        "list verify", "check list files in every way a station does before it uses them",
        help: """
            usage: station list verify FILE… [--configuration FILE] [--trust KEYFILE] [--json]

            Checks each FILE as the station would, a line for each check, up to the first that fails: a whole list, a change, or a part.
            Of several parts it is also checked that they are all parts of one list, and that they make it. A file that
            passes may still be refused by the station that has a higher version: station list adopt says so.

              --json                 everything as one JSON object

            \(ListOptions.help)

            Exit code 0: good, 65: refused, with the reason, 66: there is no such file.

            example: station list verify /media/usb/agreements.list
            """,
        flags: ["--json"], options: ListOptions.options, plain: 1_000
    ) { arguments, console in
        guard !arguments.plain.isEmpty else { throw Arguments.UsageError("name the list file") }
        let options = ListOptions(arguments)
        let keys = try options.keys()
        let isJSON = arguments.has("--json")
        var report = VerifyReport(isGood: true, files: [])
        var (parts, code) = ([AgreementListPart](), ExitCode.ok)
        for path in arguments.plain {
            var file = ListVerification(of: path)
            do {
                if case .part(let part) = try file.run(trusting: keys, options) { parts.append(part) }
            } catch let failure as CommandFailure {
                file.problem = failure.message
                code = code == .ok ? failure.code : code
            }
            report.files.append(file)
            if !isJSON { show(file, console) }
        }
        if let problem = problem(of: parts, among: report.files.count) {
            report.problem = problem
            code = code == .ok ? .badData : code
        }
        report.isGood = code == .ok
        guard !isJSON else {
            _ = try printJSON(report, console)
            return code
        }
        show(parts, report.problem, console)
        return code
    }

    private static func show(_ file: ListVerification, _ console: Console) {
        for check in file.checks { console.line(check.line) }
        for note in file.notes { console.note("note: \(note)") }
        if let problem = file.problem { console.note(problem) } else { console.line("\(file.path): good") }
    }

    /// Why the parts make no list. One part alone is a part that is good.
    private static func problem(of parts: [AgreementListPart], among files: Int) -> String? {
        guard parts.count > 1 || files > 1 && !parts.isEmpty else { return nil }
        do throws(ListError) { try AgreementListParts.verify(parts) } catch { return "parts: \(error)" }
        return nil
    }

    private static func show(_ parts: [AgreementListPart], _ problem: String?, _ console: Console) {
        guard let first = parts.first else { return }
        let (name, count) = ("\(first.list.name) \(first.list.version.text)", first.part.of)
        if let problem { return console.note(problem) }
        guard parts.count == count else {
            return console.note(
                "note: it is one of \(count) parts: name all of them, and it is checked that they make a list")
        }
        console.line(
            "ok  parts      \(count) of \(count), and they make \(name): its digest is \(first.list.digest.hex)")
    }
}
