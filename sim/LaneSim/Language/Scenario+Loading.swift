import Lane
import Station

extension Scenario {
    /// Reads a scenario with what it includes and its site.
    ///
    /// - Throws: everything that is wrong with it, each with file, line, column, what was expected and what was most likely
    ///   meant; `isUnread` when the file itself cannot be read.
    package static func load(_ path: String) throws(ConfigurationErrors) -> Scenario {
        var file = try ScenarioFile(path)
        var errors = ConfigurationErrors(file: path)
        let sections = ScenarioSections(file.scenario, &errors)
        var site: Site?
        if let head = sections.scenario.first, let path = head.value.site, head.says("site") {
            do throws(ConfigurationErrors) {
                let text = try file.site(path, at: head.place(of: "site"))
                site = Site(configuration: try StationConfiguration(text), text: text.written)
            } catch {
                errors.add(error)
            }
        }
        var scenario = Assembly(sections, site: site, path: path, errors: errors)
        return try scenario.whole()
    }

    /// Makes a scenario of its sections, and finds what does not fit between them.
    struct Assembly {
        let sections: ScenarioSections
        /// Nil: it is wrong itself, and what refers to it is not checked.
        let site: Site?
        let path: String
        var errors: ConfigurationErrors

        init(_ sections: ScenarioSections, site: Site?, path: String, errors: ConfigurationErrors) {
            self.sections = sections
            self.site = site
            self.path = path
            self.errors = errors
        }
    }
}

extension Scenario.Assembly {
    /// The scenario, or everything that is wrong with it.
    mutating func whole() throws(ConfigurationErrors) -> Scenario {
        let agreements = agreements()
        let lists = lists(of: agreements)
        let vehicles = sections.vehicles.map { vehicle($0, agreements) }
        let faults = sections.faults.compactMap { fault($0) }
        let expectations = sections.expectations.compactMap { expectation($0) }
        checkTraffic()
        if sections.vehicles.isEmpty, sections.traffic.isEmpty, !sections.isUnclear {
            errors.add(at: nil, "neither [vehicle NAME] nor [traffic NAME]: nothing would happen")
        }
        checkLimit()
        guard errors.isEmpty, let head = sections.scenario.first?.value, let site else { throw errors }
        var scenario = Scenario(name: Self.name(of: path), path: path, site: site)
        (scenario.shows, scenario.source, scenario.seed) = (head.shows, head.source, head.seed)
        scenario.startsAt = head.startsAt
        scenario.limit = head.limit ?? moments.map(\.at).reduce(.zero, max) + ScenarioSection.rest
        scenario.limitPlace = head.limit == nil ? nil : sections.scenario.first.map { place($0.place(of: "limit")) }
        scenario.antenna = sections.antenna.first?.value ?? AntennaField()
        (scenario.agreements, scenario.lists) = (agreements, lists)
        (scenario.vehicles, scenario.faults, scenario.expectations) = (vehicles, faults, expectations)
        scenario.traffic = sections.traffic.map { section in
            var traffic = section.value.traffic
            traffic.place = place(section.at)
            return traffic
        }
        return scenario
    }

    /// A position with its file.
    func place(_ position: TextPosition) -> SourcePlace {
        SourcePlace(file: position.file ?? path, position: position)
    }

    private static func name(of path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".lane") ? String(file.dropLast(".lane".count)) : file
    }

    /// Every moment that the scenario says, with its place: behind the limit it would never come.
    private var moments: [(at: Interval, place: TextPosition, heading: String, key: String)] {
        let vehicles = sections.vehicles.map { ($0.value.at, $0.place(of: "at"), $0.heading, "at") }
        let lists = sections.lists.map { ($0.value.at, $0.place(of: "at"), $0.heading, "at") }
        let traffic = sections.traffic.map { ($0.value.traffic.until, $0.place(of: "until"), $0.heading, "until") }
        let faults = sections.faults.map {
            ($0.value.at + ($0.value.lasts ?? .zero), $0.place(of: "at"), $0.heading, "at")
        }
        return vehicles + lists + traffic + faults
    }

    private mutating func checkLimit() {
        guard let limit = sections.scenario.first?.value.limit else { return }
        let text = ValueType<Interval>.duration(.zero...ScenarioSection.longest).format(limit)
        for moment in moments where moment.at >= limit {
            errors.add(
                at: moment.place,
                "\(moment.heading) \(moment.key): not over before the limit of [scenario], \(text); it would never come"
            )
        }
    }

    /// `word` is one of the words, or an error says what is meant.
    mutating func check<T>(
        _ word: String, is kind: String, of words: [String], in section: ReadSection<T>, _ key: String
    ) {
        guard !words.contains(word) else { return }
        let known = KnownWords(words)
        let list = words.isEmpty ? "; there is none at all" : "; there are \(words.joined(separator: ", "))"
        let hint = known.hint(for: word)
        errors.add(
            at: section.place(of: key),
            "\(section.heading) \(key): there is no [\(kind) \(word)]\(hint.isEmpty && words.count <= 16 ? list : hint)"
        )
    }

    /// The lane is one of the site's.
    mutating func check<T>(_ lane: LaneNumber, in section: ReadSection<T>, _ key: String) {
        guard let site, !site.configuration.lanes.contains(where: { $0.lane == lane }) else { return }
        let count = site.configuration.lanes.count
        errors.add(
            at: section.place(of: key),
            "\(section.heading) \(key): the site has no lane \(lane.number); it has \(count == 1 ? "lane 1" : "lanes 1 to \(count)")"
        )
    }
}
