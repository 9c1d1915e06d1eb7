import Exchange
import Lane

/// All stations of a swarm together, put together in the order of their seeds.
struct SwarmResult: Sendable {
    private(set) var seeds = 0
    private(set) var stationDays = 0
    private(set) var passages = 0
    private(set) var crashes = 0
    private(set) var faults = 0
    private(set) var table = SwarmTable()
    private(set) var violations = 0
    /// The same for any number of threads: the digest over the one before and the next run's.
    private(set) var digest = Digest.zero

    init() {}

    mutating func add(_ run: SwarmRun) {
        seeds += 1
        stationDays += run.days
        passages += run.passages
        crashes += run.crashes
        faults += run.faults
        table.add(run.table)
        violations += run.violations.count
        digest = Digest.chained(to: digest, body: run.digest.bytes)
    }

    /// Rows of the table that were reached too seldom, where there were enough stations for it to count.
    var tooFew: [String] { stationDays >= SwarmTable.holdsFrom ? table.tooFew : [] }

    /// The last line.
    var line: String {
        """
        swarm: \(seeds) seeds, \(stationDays) station-days, \(passages) passages, \(crashes) crashes, \(faults) faults, \
        \(violations) violations
        """
    }
}
