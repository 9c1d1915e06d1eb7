/// What SCENARIOS.md says of every section and key, made of the tables that files are read by.
enum LanguageReference {
    static let sections = [
        ScenarioSection.table.reference, AgreementSection.table.reference, ListSection.table.reference,
        VehicleSection.table.reference, KindSection.table.reference, TrafficSection.table.reference,
        AntennaField.table.reference, FaultSection.table.reference, ExpectSection.table.reference,
    ]

    /// Everything, as the page has it.
    static var markdown: String { (sections + [faults, figures]).joined(separator: "\n") }

    /// Which keys each fault needs.
    private static var faults: String {
        let rows = FaultWord.allCases.map { word in
            let needs = (word.subject.map { ["`which`: a \($0.rawValue)"] } ?? []) + word.needs.map { "`\($0)`" }
            let lasts = word.isMomentary ? "a moment" : "`for`, or to the end"
            return "| `\(word.rawValue)` | \(needs.joined(separator: ", ")) | \(lasts) |\n"
        }
        return "### Faults\n\nWhat `what` of a `[fault]` can be.\n\n| what | needs | lasts |\n|---|---|---|\n"
            + rows.joined()
    }

    /// What each figure is a part of.
    private static var figures: String {
        let rows = Figure.allCases.map { "| `\($0.rawValue)` | \($0.whole ?? "nothing: a number alone") |\n" }
        return "### Figures\n\nWhat `what` of an `[expect]` can be, and of what a rate is a part.\n\n"
            + "| what | a part of |\n|---|---|\n" + rows.joined()
    }
}
