import Lane
import Station

/// All sections of a scenario as they were read, with the places of what they say.
struct ScenarioSections {
    let scenario: [ReadSection<ScenarioSection>]
    let agreements: [ReadSection<AgreementSection>]
    let lists: [ReadSection<ListSection>]
    let kinds: [ReadSection<KindSection>]
    let vehicles: [ReadSection<VehicleSection>]
    let traffic: [ReadSection<TrafficSection>]
    let antenna: [ReadSection<AntennaField>]
    let faults: [ReadSection<FaultSection>]
    let expectations: [ReadSection<ExpectSection>]
    /// A section could not be told from others: then nothing is said about sections that are missing.
    let isUnclear: Bool

    /// Every kind of section that only scenarios have, in the order in which documents show them.
    static let names = [
        ScenarioSection.table.kind, AgreementSection.table.kind, ListSection.table.kind, VehicleSection.table.kind,
        KindSection.table.kind, TrafficSection.table.kind, AntennaField.table.kind, FaultSection.table.kind,
        ExpectSection.table.kind,
    ]

    init(_ text: ConfigurationText, _ errors: inout ConfigurationErrors) {
        let known = Self.names + StationSections.kinds
        text.report(knownKinds: known, &errors)
        isUnclear = text.hasBrokenSection || text.sections.contains { !known.contains($0.kind) }
        scenario = ScenarioSection.table.read(text, &errors)
        agreements = AgreementSection.table.read(text, &errors)
        lists = ListSection.table.read(text, &errors)
        kinds = KindSection.table.read(text, &errors)
        antenna = AntennaField.table.read(text, &errors)
        faults = FaultSection.table.read(text, &errors)
        expectations = ExpectSection.table.read(text, &errors)
        var strangers: [(TextPosition, String)] = []
        vehicles = VehicleSection.table.read(text, &errors) { section, above in
            guard var start = Self.model(of: section, above, &strangers) else { return nil }
            start.name = section.name
            return start
        }
        traffic = TrafficSection.table.read(text, &errors) { section, above in
            guard var start = Self.model(of: section, above, &strangers) else { return nil }
            start.traffic.name = section.name
            return start
        }
        for (position, words) in strangers { errors.add(at: position, words) }
    }

    /// What the section above is that `like` names.
    private static func model<T>(
        of section: ConfigurationText.Section, _ above: [ReadSection<T>], _ strangers: inout [(TextPosition, String)]
    ) -> T? {
        guard let like = section.entries.first(where: { $0.key == "like" }) else { return nil }
        if let model = above.first(where: { $0.name == like.value }) { return model.value }
        let hint = KnownWords(above.map(\.name)).hint(for: like.value)
        strangers.append(
            (
                like.valueAt,
                "[\(section.kind) \(section.name)] like: there is no [\(section.kind) \(like.value)] above it\(hint)"
            ))
        return nil
    }
}
