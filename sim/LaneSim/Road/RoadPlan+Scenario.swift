import Lane
import Station

extension RoadPlan {
    /// The most vehicles that traffic makes: a Monday morning of 8 lanes is 30 000.
    package static let mostVehicles = 200_000
    /// The most that happens on the road: 30 000 vehicles are 300 000 edges and reads. A million events are some 60 MB.
    package static let mostEvents = 2_000_000

    /// What happens on the road when this scenario runs, from this seed.
    ///
    /// - Throws: `RoadError` when two vehicles that the scenario names are in one place, a lane is missing, or there is too much of it.
    package init(
        scenario: Scenario, seed: UInt64, mostVehicles: Int = mostVehicles, mostEvents: Int = mostEvents
    ) throws(RoadError) {
        let site = RoadSite(scenario.site.configuration)
        let seed = Self.scrambled(seed)
        var drafts = try RoadDraft.scripted(scenario, site)
        try RoadDraft.keepApart(drafts, scenario, site)
        let traffic = try RoadDraft.traffic(
            scenario, site, scripted: drafts.map(\.course), seed: seed, most: mostVehicles)
        agreements = traffic.agreements
        drafts += traffic.drafts
        let places = drafts.indices.sorted { (drafts[$0].vehicle.at, $0) < (drafts[$1].vehicle.at, $1) }
        var levels = DetectorLevels(detectors: scenario.site.configuration.detectors.count)
        let antennas = AntennaReads(scenario.antenna, site)
        for (number, place) in places.enumerated() {
            var vehicle = drafts[place].vehicle
            vehicle.number = number
            events += antennas.hear(drafts[place].tags, in: &vehicle, seed: seed)
            levels.add(vehicle, site)
            ends = max(ends, vehicle.course.presence(in: site.stretch).upperBound)
            vehicles.append(vehicle)
            try Self.check(events.count, most: mostEvents, drafts[place].place)
        }
        // Edges come first: of what happens in one moment to one vehicle they are taken first.
        events = levels.edges + events
        if let last = places.last { try Self.check(events.count, most: mostEvents, drafts[last].place) }
        sortEvents()
        ends = max(ends, events.last?.at ?? .zero)
    }

    private static func check(_ events: Int, most: Int, _ place: SourcePlace) throws(RoadError) {
        guard events <= most else { throw RoadError(place, .tooManyEvents(most: most)) }
    }

    /// In one moment by vehicle, of one vehicle in the order in which they were found.
    private mutating func sortEvents() {
        let found = events
        let order = found.indices.sorted {
            (found[$0].at, found[$0].vehicle, $0) < (found[$1].at, found[$1].vehicle, $1)
        }
        events = order.map { found[$0] }
    }

    /// Seeds that differ in one bit give roads that have nothing in common.
    private static func scrambled(_ seed: UInt64) -> UInt64 { Chance(seed: seed, of: "road").seed }
}
