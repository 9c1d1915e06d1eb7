import Exchange
import Lane

/// One station of the swarm, watched for its days: what it came to.
struct SwarmRun: Sendable {
    let seed: UInt64
    let days: Int
    /// Passages in the journal.
    var passages = 0
    /// How often the station was killed.
    var crashes = 0
    /// How many faults there were, crashes among them.
    var faults = 0
    var table = SwarmTable()
    var violations: [Violation] = []
    /// Over everything that the station wrote, showed and delivered.
    var digest = Digest.zero

    /// Lets it happen, and holds the invariants against it.
    ///
    /// - Parameter canary: what is broken on purpose.
    init(seed: UInt64, days: Int, breaking canary: Canary? = nil) {
        self.seed = seed
        self.days = days
        do {
            let station = try SwarmStation(seed: seed, days: days)
            let observation = try World.run(station.scenario, station.plan, seed: seed, breaking: canary)
            passages = observation.records.count { $0.fields.type == "passage" }
            crashes = observation.witness.kills.count
            faults = station.scenario.faults.count
            table = SwarmTable(station.scenario, observation)
            digest = RunDigest.of(observation)
            violations = SwarmCheck(station.scenario, station.plan, observation).violations
        } catch {
            violations = [Violation(invariant: .i8, at: nil, words: "it could not be run: \(error)")]
        }
    }

    /// The command that repeats it.
    var again: String { "lanesim swarm --seed \(seed) --days \(days)" }
}
