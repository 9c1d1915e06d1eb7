import Lane
import Station

/// A station of the swarm as values: its scenario and its road, a function of seed and days.
struct SwarmStation: Sendable {
    /// How long everything has to come to rest after the last fault has ended.
    static let restsWithin = Interval.days(1)
    /// No file: the seed stands for it.
    private static let place = SourcePlace(file: "swarm", position: TextPosition(line: 1, column: 1))

    var scenario: Scenario
    var plan: RoadPlan

    init(seed: UInt64, days: Int) throws {
        // Each part has a chance of its own: one more kind of fault changes no traffic.
        var ofSite = Chance(seed: seed, of: "site")
        var ofTraffic = Chance(seed: seed, of: "traffic")
        var ofLists = Chance(seed: seed, of: "lists")
        var ofFaults = Chance(seed: seed, of: "faults")
        let site = SwarmSite(&ofSite)
        let configuration = try StationConfiguration(Array(site.text.utf8), file: "swarm.conf")
        scenario = Scenario(
            name: "swarm", path: "swarm", site: Site(configuration: configuration, text: site.text))
        scenario.site.others = try site.changed.map { try StationConfiguration(Array($0.utf8), file: "changed.conf") }
        scenario.seed = seed
        scenario.limit = .days(Int64(days)) + Self.restsWithin
        // Any moment of 2026.
        scenario.startsAt = UTC(milliseconds: 1_767_225_600_000 + ofSite.any(of: 0...31_000_000_000))
        scenario.antenna.leak = site.lanes > 1 ? ofSite.below(8_000) : 0
        scenario.certificateLife = site.certificateLife
        scenario.traffic = SwarmTraffic.streams(days: days, lanes: site.lanes, at: Self.place, &ofTraffic)
        plan = try RoadPlan(scenario: scenario, seed: seed)
        scenario.lists = SwarmLists.draw(plan.agreements, days: days, startsAt: scenario.startsAt, &ofLists)
        scenario.faults = SwarmFaults.draw(
            days: days, configuration, plan, scenario.lists, at: Self.place, &ofFaults)
    }
}
