import Exchange
import Lane
import Lights

/// One run of a scenario: what it says, what happened on the road, what the station did, and what that comes to.
///
/// What draws a picture or writes a report has everything here; what a summary needs alone is in `result`.
package struct Run: Sendable {
    package var scenario: Scenario
    package var plan: RoadPlan
    package var observation: Observation
    package var result: RunResult

    package init(scenario: Scenario, plan: RoadPlan, observation: Observation, result: RunResult) {
        self.scenario = scenario
        self.plan = plan
        self.observation = observation
        self.result = result
    }
}

/// What a run comes to: the truth held against what the station made of it, and what of the expectations failed.
package struct RunResult: Sendable {
    /// The scenario's name, path, and the line that says what it shows.
    package var name: String
    package var path: String
    package var shows: String
    package var seed: UInt64
    /// Whether real processes ran in real time.
    package var isOnWire = false
    package var figures = Figures()
    /// By it the places of the heads have their names.
    package var profile = LightProfile.classic()
    /// Vehicles, tags, decisions, lights and photos, each by cause.
    package var matrices: [ConfusionMatrix] = []
    /// A row for each vehicle, in the order of the road plan.
    package var vehicles: [VehicleVerdict] = []
    /// Passages that are no vehicle's, by their places in the observation's records.
    package var invented: [Int] = []
    /// What the scenario expects and did not come, in the order of the file.
    package var failures: [ExpectationFailure] = []
    /// What must never be, whatever a scenario expects: a broken chain, a run that does not come to rest.
    package var troubles: [String] = []
    /// Over everything that the station wrote, showed and delivered, in order.
    package var digest = Digest.zero
    /// From the first moment until everything was at rest; the limit when it never was.
    package var virtualTime = Interval.zero
    /// What happened on the road: edges and answers of tags.
    package var events = 0

    package init(name: String, path: String, seed: UInt64) {
        self.name = name
        self.path = path
        self.seed = seed
        shows = ""
    }

    /// Whether everything came as expected.
    package var isGood: Bool { failures.isEmpty && troubles.isEmpty }

    /// The command that repeats the run.
    package var again: String {
        "lanesim run \(path.asShellWord)\(isOnWire ? " --wire" : "") --seed \(seed)"
    }
}

extension String {
    /// As a shell takes it for one word: quoted where it has to be.
    var asShellWord: String {
        let isPlain = allSatisfy { character in
            character.isASCII && (character.isLetter || character.isNumber || "-_./+,:@%".contains(character))
        }
        return isPlain && !isEmpty ? self : "'\(replacing("'", with: "'\\''"))'"
    }
}
