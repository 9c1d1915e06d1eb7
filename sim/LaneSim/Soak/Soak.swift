import Lane
import Station

/// One station of the swarm, watched for a year: what it holds has to stay as large as it is.
struct Soak {
    /// Vehicles a day on average, the swarm's mean.
    static let vehiclesPerDay = 200
    private static let place = SourcePlace(file: "soak", position: TextPosition(line: 1, column: 1))

    let days: Int
    let retention: Int
    private(set) var passages = 0
    private(set) var crashes = 0
    private(set) var faults = 0
    private(set) var verdict: SoakVerdict
    private(set) var violations: [Violation]

    /// The fewest days by which it can be told: two halves as long as the retention, and what comes before they begin.
    static func fewestDays(retention: Int) -> Int { 3 * retention + 2 * SoakVerdict.deletedWithinDays }

    /// - Parameter retention: in days; `days` is at least `fewestDays` of it.
    init(seed: UInt64, days: Int, retention: Int) throws {
        let (scenario, plan) = try Self.station(seed: seed, days: days, retention: retention)
        let observation = try World.run(scenario, plan, seed: seed, isSoak: true)
        passages = observation.records.count { $0.fields.type == "passage" }
        crashes = observation.witness.kills.count
        faults = scenario.faults.count
        verdict = SoakVerdict(observation.soak, days: days, retention: retention)
        violations = SwarmCheck(scenario, plan, observation).violations
        (self.days, self.retention) = (days, retention)
    }

    /// Drawn as the swarm's are, with the same traffic each day, so that what grows is not the road.
    private static func station(seed: UInt64, days: Int, retention: Int) throws -> (Scenario, RoadPlan) {
        var ofSite = Chance(seed: seed, of: "site")
        var ofLists = Chance(seed: seed, of: "lists")
        var ofFaults = Chance(seed: seed, of: "faults")
        let site = SwarmSite(&ofSite)
        let text = site.text.replacing(/retention = \d+ d/, with: "retention = \(retention) d")
        let configuration = try StationConfiguration(Array(text.utf8), file: "soak.conf")
        var scenario = Scenario(
            name: "soak", path: "soak", site: Site(configuration: configuration, text: text))
        scenario.seed = seed
        scenario.limit = .days(Int64(days)) + SwarmStation.restsWithin
        scenario.startsAt = UTC(milliseconds: 1_767_225_600_000)
        scenario.traffic = traffic(days: days, lanes: site.lanes)
        let plan = try RoadPlan(scenario: scenario, seed: seed)
        scenario.lists = SwarmLists.draw(plan.agreements, days: days, startsAt: scenario.startsAt, &ofLists)
        scenario.certificateLife = site.certificateLife
        scenario.faults = SwarmFaults.draw(days: days, configuration, plan, scenario.lists, at: place, &ofFaults)
            .filter(isOfAStation)
        return (scenario, plan)
    }

    /// What the central server does to itself and what it will never take is kept for good by intent, as damage is; another configuration
    /// would have another retention.
    private static func isOfAStation(_ fault: Fault) -> Bool {
        switch fault.deed {
        case .centralWentBack, .centralAhead, .recordsRejected, .fileDamaged, .reconfigured: false
        default: true
        }
    }

    /// Twenty hours of each day.
    private static func traffic(days: Int, lanes: Int) -> [Traffic] {
        (0..<days).flatMap { day in
            (1...lanes).map { lane in
                var stream = Traffic(name: "day\(day + 1).\(lane)", place: place)
                stream.lane = LaneNumber(UInt8(lane))
                stream.perHour = max(1, vehiclesPerDay / 20 / lanes)
                stream.from = .days(Int64(day)) + .hours(2)
                stream.until = stream.from + .hours(20)
                return stream
            }
        }
    }

    /// Whether everything is as it should be.
    var isGood: Bool { violations.isEmpty && verdict.troubles.isEmpty }

    /// A table, what is wrong, and the last line.
    var lines: [String] {
        let width = verdict.rows.map(\.what.count).max() ?? 0
        func row(_ what: String, _ first: String, _ second: String) -> String {
            what + String(repeating: " ", count: max(1, width + 14 - what.count - first.count)) + first
                + String(repeating: " ", count: max(1, 14 - second.count)) + second
        }
        return [row("the most of it", "first half", "second half")]
            + verdict.rows.map { row($0.what, "\($0.first)", "\($0.second)") }
            + violations.map { "\($0.invariant.rawValue): \($0.words)" } + verdict.troubles.map { "not flat: \($0)" }
            + [
                "soak: \(days) days, \(passages) passages, \(crashes) crashes, \(faults) faults, oldest record "
                    + "\(verdict.oldest.nanoseconds / Interval.days(1).nanoseconds) days, "
                    + "\(violations.count) violations, \(verdict.troubles.count) that grew"
            ]
    }
}
