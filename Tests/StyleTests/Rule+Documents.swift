extension Rule {
    static let documents = [alarms, exitCodes]

    private static let alarms = documented(
        "Alarm", by: "Alarms", name: "each alarm has its row in OPERATING.md, and no other",
        broken: ["enum Alarm: String { case noSuchAlarm }", "enum Alarm { }"])

    private static let exitCodes = documented(
        "ExitCode", by: "Exit codes", name: "each exit code has its row in OPERATING.md, and no other",
        broken: ["enum ExitCode: Int32 { case ok = 0\ncase noSuchCode = 99 }"])

    /// Holds the cases of an enum against the table under a heading of OPERATING.md.
    private static func documented(_ type: String, by heading: String, name: String, broken: [String]) -> Rule {
        let path = "Sources/Station/Diagnostics/\(type).swift"
        return Rule(
            name: name, broken: broken.map { SourceFile(path: path, text: $0) },
            kept: [SourceFile(path: "Sources/Lane/\(type).swift", text: "enum Other { case noSuchAlarm }")]
        ) { file in
            guard file.types.contains(where: { $0.name == type }) else { return [] }
            let cases = file.cases(of: type)
            let rows = Page(Repository.text(of: "OPERATING.md")).rows(under: heading)
            let undocumented = cases.filter { !rows.contains($0.text) }.map {
                Finding(path: file.path, line: $0.line, text: "\($0.text) has no row under \(heading) in OPERATING.md")
            }
            let unknown = rows.filter { row in !cases.contains { $0.text == row } }.map {
                Finding(path: "OPERATING.md", line: 1, text: "under \(heading): there is no \(type).\($0)")
            }
            return undocumented + unknown
        }
    }
}
