import Lane
import Station

extension Scenario {
    /// Reads a scenario's file and plans its road; what is wrong is the command's failure.
    ///
    /// - Parameter seed: nil: the scenario's own.
    static func planned(_ path: String, seed: UInt64?) throws -> (Scenario, RoadPlan) {
        do {
            var scenario = try Scenario.load(path)
            scenario.seed = seed ?? scenario.seed
            let plan = try RoadPlan(scenario: scenario, seed: scenario.seed)
            return (scenario.published(with: plan), plan)
        } catch let errors as ConfigurationErrors {
            throw CommandFailure(errors.isUnread ? .noInput : .badData, "\(errors)")
        } catch let error as RoadError {
            throw CommandFailure(.badData, "\(error)")
        }
    }

    /// A read without a vehicle is given up when the slowest one could have come.
    var longestCrossing: Interval {
        site.configuration.lanes.map { ($0.geometry.zoneEnd - $0.geometry.zoneStart) / $0.geometry.slowest }.max()
            ?? .zero
    }
}
