import Lane
import Station

/// How a scenario file becomes a run: read, planned, let happen, judged.
struct RunEngine: Sendable {
    /// Reads a file; an error says in its lines what is wrong where.
    let read: @Sendable (String) throws -> Scenario
    /// Lets a scenario happen.
    let play: @Sendable (Scenario) throws -> (plan: RoadPlan, observation: Observation)
    var allowance = Allowance.virtual

    /// Thrown by `play` when this way of running cannot do what the scenario says: a line for each reason.
    struct Skip: Error {
        let reasons: [String]
    }

    /// - Parameter seed: nil: the scenario's own.
    func run(_ path: String, seed: UInt64?) -> RunOutcome {
        do {
            var scenario = try read(path)
            if let seed { scenario.seed = seed }
            let (plan, observation) = try play(scenario)
            return .ran(Verdict.run(scenario, plan, observation, allowance))
        } catch let errors as ConfigurationErrors {
            return .failed("\(errors)", errors.isUnread ? .noInput : .badData, path: path)
        } catch let skip as Skip {
            return .skipped(skip.reasons, path: path)
        } catch let error as RoadError {
            return .failed("\(error)", .badData, path: path)
        } catch let failure as CommandFailure {
            return .failed(failure.message, failure.code, path: path)
        } catch {
            return .failed("\(path): \(error)", .software, path: path)
        }
    }
}

/// What became of a file.
enum RunOutcome: Sendable {
    case ran(Run)
    /// Not for this way of running: a line for each reason.
    case skipped([String], path: String)
    /// It could not be run: why, and how the program ends.
    case failed(String, ExitCode, path: String)
}
