import Lane
import Station

extension RunEngine {
    /// In virtual time, in this process.
    static let virtual = RunEngine { path in
        try Scenario.load(path)
    } play: { scenario in
        let plan = try RoadPlan(scenario: scenario, seed: scenario.seed)
        return (plan, try World.run(scenario.published(with: plan), plan, seed: scenario.seed))
    }
}

extension Scenario {
    /// With the agreements of vehicles that come from traffic on every list.
    func published(with plan: RoadPlan) -> Scenario {
        var scenario = self
        for index in scenario.lists.indices { scenario.lists[index].entries += plan.agreements }
        return scenario
    }
}
