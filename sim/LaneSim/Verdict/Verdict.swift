import Lane
import Station

/// The truth held against the station: what a run comes to.
package struct Verdict {
    let scenario: Scenario
    let plan: RoadPlan
    let observation: Observation
    let allowance: Allowance
    let faults: FaultsInForce
    /// In the order of their records.
    let passages: [SeenPassage]
    /// By their places in the observation's records.
    let passageOfRecord: [Int: Int]
    let lights: ShownLights
    /// For each vehicle what it carries, its own tag first.
    let tags: [[TagTruth]]
    var result: RunResult

    /// Judges a run.
    ///
    /// - Parameters:
    ///   - scenario: its `seed` is that of the plan.
    ///   - allowance: how the run was made.
    package static func run(
        _ scenario: Scenario, _ plan: RoadPlan, _ observation: Observation, _ allowance: Allowance = .virtual
    ) -> Run {
        var verdict = Verdict(scenario, plan, observation, allowance)
        let delivery = DeliveryCheck(observation)
        verdict.judgeVehicles()
        verdict.count(delivery)
        verdict.fillMatrices()
        verdict.checkVehicles()
        verdict.checkFigures()
        verdict.result.troubles = observation.troubles + delivery.troubles
        let numbers = NumbersUsed(plan, scenario.site)
        verdict.result.troubles += numbers.troubles(in: observation.log.lazy.map(\.entry.line), of: "the station's log")
        if observation.restedAt == nil, observation.troubles.isEmpty {
            verdict.result.troubles.append(verdict.limitWords)
        }
        return Run(scenario: scenario, plan: plan, observation: observation, result: verdict.result)
    }

    /// What a run that reached its limit was waiting for, as far as it can be told.
    private var limitWords: String {
        let place = scenario.limitPlace.map { " (\($0))" } ?? ""
        let records = observation.records.count - observation.atCentral.count
        let left =
            if records > 0 {
                "\(records) of \(observation.records.count) records are not at the central server"
            } else if observation.photosLeft > 0 {
                "\(observation.photosLeft) photos are left on the station's disk"
            } else {
                "all records are delivered, but the last thing happened too shortly before"
            }
        return "not everything was done within \(scenario.limit.words), the scenario's limit\(place): \(left)"
    }

    private init(
        _ scenario: Scenario, _ plan: RoadPlan, _ observation: Observation, _ allowance: Allowance
    ) {
        self.scenario = scenario
        self.plan = plan
        self.observation = observation
        self.allowance = allowance
        faults = FaultsInForce(scenario, downtimes: observation.downtimes)
        passages = observation.records.enumerated().compactMap { SeenPassage($0.element, at: $0.offset) }
        passageOfRecord = Dictionary(uniqueKeysWithValues: passages.enumerated().map { ($0.element.place, $0.offset) })
        lights = ShownLights(passages, observation.lamps, early: allowance.lampsEarly)
        let truth = Truth(scenario, plan, faults, allowance)
        tags = plan.vehicles.map(truth.tags)
        result = RunResult(name: scenario.name, path: scenario.path, seed: scenario.seed)
        result.shows = scenario.shows
        result.isOnWire = allowance.isOnWire
        result.profile = scenario.site.configuration.lights.profile
        result.vehicles = plan.vehicles.map { vehicle in
            VehicleVerdict(number: vehicle.number, name: vehicle.name, due: truth.due(for: vehicle))
        }
        result.digest = RunDigest.of(observation)
        result.virtualTime = observation.restedAt ?? scenario.limit
        result.events = plan.events.count
    }
}
