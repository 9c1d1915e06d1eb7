import Lane
import Station

/// Many stations, each with its seed, on some threads.
enum Swarm {
    /// Between two lines that say how far it is: to a terminal, and to a file.
    private static let tellEvery = (terminal: Interval.seconds(2), file: Interval.seconds(30))

    /// Runs all of them; violations are told as they are found, in the order of seeds.
    static func run(_ settings: SwarmSettings, _ console: Console, isTerminal: Bool) throws -> SwarmResult {
        let every = isTerminal ? tellEvery.terminal : tellEvery.file
        let start = StageClock.now()
        var told = start
        var result = SwarmResult()
        try ParallelRuns.run(settings.seeds, threads: settings.threads) { place in
            SwarmRun(seed: settings.first + UInt64(place), days: settings.days)
        } take: { run in
            result.add(run)
            for line in SwarmReport.lines(of: run) {
                if settings.isJSON { console.note(line) } else { console.line(line) }
            }
            let now = StageClock.now()
            guard now >= told + every else { return }
            told = now
            let took = max(1, (now - start).milliseconds)
            let left = took / Int64(result.seeds) * Int64(settings.seeds - result.seeds) / 1_000
            console.note(
                "swarm: \(result.seeds) of \(settings.seeds) seeds, \(result.passages) passages, about \(left) s left")
        }
        return result
    }
}
