import Lane
import Station

extension Command {
    /// `lanesim check`
    static let checkScenarios = Command(
        "check", "check scenario files, and say what was understood",
        help: """
            usage: lanesim check FILE...
                   lanesim check --language

            Reads each FILE with what it includes and its site, lets its vehicles drive without a station, and prints what
            it says, or everything that is wrong with it, each with file, line and column. --language prints every section
            and key of a scenario with meaning, range and default, in Markdown. Exit code 0: all are good, 65: one is not, 66: one cannot be read.

            example: lanesim check sim/scenarios/first.lane
            """,
        flags: ["--language"], plain: mostFiles
    ) { arguments, console in
        if arguments.has("--language") {
            console.line(LanguageReference.markdown)
            return .ok
        }
        guard !arguments.plain.isEmpty else { throw Arguments.UsageError("name a file, or say --language") }
        var code = ExitCode.ok
        for path in arguments.plain {
            do {
                let scenario = try Scenario.load(path)
                _ = try RoadPlan(scenario: scenario, seed: scenario.seed)
                console.line("ok: \(scenario.summary)")
            } catch {
                console.note("\(error)")
                if code != .noInput { code = (error as? ConfigurationErrors)?.isUnread == true ? .noInput : .badData }
            }
        }
        return code
    }

    /// More than a catalogue has.
    private static let mostFiles = 10_000
}

extension Scenario {
    /// What it says, in one line.
    var summary: String {
        let counts: [(Int, String, String)] = [
            (vehicles.count, "vehicle", "vehicles"), (traffic.count, "stream", "streams"),
            (agreements.count, "agreement", "agreements"), (lists.count, "list", "lists"),
            (faults.count, "fault", "faults"), (expectationCount, "expectation", "expectations"),
        ]
        let words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
        let lanes = site.configuration.lanes.count
        return "\(path): \(lanes) \(lanes == 1 ? "lane" : "lanes"), profile \(site.configuration.lights.profile.name), "
            + words.joined(separator: ", ")
    }

    /// How many things are looked at.
    var expectationCount: Int { expectations.count + vehicles.map(\.expected.places.count).reduce(0, +) }
}
