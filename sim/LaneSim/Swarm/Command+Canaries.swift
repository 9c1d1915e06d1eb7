import Station

extension Command {
    /// `lanesim canaries`
    static let canaries = Command(
        "canaries", "break invariants on purpose, and see that the swarm's checks find it",
        help: """
            usage: lanesim canaries [--seeds N] [--days D]

            Puts a fault of its own between the station's machine and its world: a commit that is dropped, a record that is
            doubled, a denial that is stripped, … Each breaks one invariant, and the swarm's check of that invariant
            has to find it in one of N stations (default: 12) watched for D days each (default: 3). A swarm without
            violations says something only if its checks find what is broken.

            Exit code 1 when one is not found.

            example: lanesim canaries
            """,
        options: ["--seeds", "--days"]
    ) { arguments, console in
        var settings = try SwarmSettings(arguments)
        if arguments["--seeds"] == nil { settings.seeds = 12 }
        if arguments["--days"] == nil { settings.days = 3 }
        let (days, seeds) = (settings.days, settings.first...settings.first + UInt64(settings.seeds - 1))
        var caught = 0
        try ParallelRuns.run(Canary.allCases.count, threads: settings.threads) { place in
            (Canary.allCases[place], Canary.allCases[place].caught(seeds: seeds, days: days))
        } take: { canary, seed in
            if seed != nil { caught += 1 }
            let words = seed.map { "\(canary.invariant.rawValue) found it at seed \($0)" } ?? "not found"
            console.line("\(canary.rawValue): \(words)")
        }
        console.line("canaries: \(caught) of \(Canary.allCases.count) caught")
        return caught == Canary.allCases.count ? .ok : .failed
    }
}
