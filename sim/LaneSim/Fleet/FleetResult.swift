import FoundationEssentials
import Lane

/// What the year of a fleet came to: totals and digest, which are the same at every computer, and times, which are not.
struct FleetResult: Sendable {
    let settings: Fleet.Settings
    let took: Interval
    let stages: StageTimes
    let totals: FleetTotals
    let digest: FleetDigest
    /// Over the last digests of all journals; nil when no chain was asked for.
    let chain: FleetDigest?
    /// Threads that can run at a time.
    let cores: Int
    /// Processor time of all threads.
    let worked: Interval

    init(
        settings: Fleet.Settings, took: Interval, worked: Interval, stages: StageTimes, results: [StationResult]
    ) {
        self.settings = settings
        self.took = took
        self.worked = worked
        self.stages = stages
        totals = results.reduce(FleetTotals()) { $0 + $1.totals }
        var digest = FleetDigest(seed: settings.seed)
        var chain = FleetDigest(seed: settings.seed)
        for (place, result) in results.enumerated() {
            digest.fold(UInt64(place), result.digest.value)
            chain.fold(result.chain.bytes)
        }
        self.digest = digest
        self.chain = settings.isChained ? chain : nil
        cores = max(1, min(settings.threads, settings.stations, ProcessInfo.processInfo.activeProcessorCount))
    }

    /// The last line, exactly: `year: V vehicles, T s, R M vehicles/s/core, digest HEX`.
    var line: String {
        let seconds = Decimals.text(took.nanoseconds, per: 1_000_000_000, places: 1)
        let rate = Decimals.text(perSecondAndCore(in: took.nanoseconds * Int64(cores)), per: 1_000_000, places: 3)
        return "year: \(totals.vehicles) vehicles, \(seconds) s, \(rate) M vehicles/s/core, digest \(digest.hex)"
    }

    /// Vehicles in a second, when they take so many nanoseconds of one core.
    func perSecondAndCore(in nanoseconds: Int64) -> Int64 {
        let (high, low) = Int64(totals.vehicles).multipliedFullWidth(by: 1_000_000_000)
        return max(1, nanoseconds).dividingFullWidth((high, low)).quotient
    }

    /// Nanoseconds of one core that a stage takes for a vehicle.
    func perVehicle(_ stage: StationYear.Stage) -> Int64 {
        stages[stage].nanoseconds / Int64(max(1, stages.vehicles))
    }

    /// Nanoseconds of one core for a vehicle in all stages, with or without the chain.
    func perVehicle(withChain: Bool) -> Int64 {
        StationYear.Stage.allCases.filter { withChain || $0 != .chain }.reduce(0) { $0 + perVehicle($1) }
    }
}

/// Whole numbers written as decimal fractions.
enum Decimals {
    /// The number divided by `unit`, with so many decimals, rounded down.
    static func text(_ number: Int64, per unit: Int64, places: Int) -> String {
        let scale = (0..<places).reduce(Int64(1)) { scale, _ in scale * 10 }
        let rest = String(number % unit * scale / unit)
        let zeros = String(repeating: "0", count: max(0, places - rest.count))
        return "\(number / unit).\(zeros)\(rest)"
    }
}
