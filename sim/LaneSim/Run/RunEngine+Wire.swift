extension RunEngine {
    /// With real processes on real bytes in real time, each scenario in a folder of its own.
    static func wire(folder: String) -> RunEngine {
        RunEngine(
            read: { try Scenario.load($0) },
            play: { scenario in
                let plan = try RoadPlan(scenario: scenario, seed: scenario.seed)
                let whole = scenario.published(with: plan)
                let obstacles = whole.wireObstacles(plan)
                guard obstacles.isEmpty else { throw Skip(reasons: obstacles) }
                return (plan, try WireRun.observe(whole, plan, folder: "\(folder)/\(scenario.name)"))
            }, allowance: WireRun.allowance)
    }
}
