import Glibc
import Lane
import Station

extension Command {
    /// `lanesim swarm`
    static let swarm = Command(
        "swarm", "let everything go wrong at many stations, and hold the invariants against what comes of it",
        help: """
            usage: lanesim swarm [--seeds N] [--seed FIRST] [--days D] [--threads N] [--json]

            Draws a station, its traffic, its lists and its faults from each seed, and lets the station's own machine, journal and
            lists meet them in virtual time, with the central server's own rules at the other end: readers, lines,
            cameras, network, disk and clock fail, programs are killed and stopped, the power goes. When the days are
            over the faults end, and within a day of virtual time everything has to be delivered. What must always
            hold (ARCHITECTURE.md, I1 to I10) is checked against what the simulator saw, not against what the station
            says.

              --seeds N      how many stations (default: 20; with --seed alone: 1)
              --seed FIRST   the first one's seed; the others follow one by one (default: 1)
              --days D       how long each is watched, 1 to 31 (default: 30)
              --threads N    so many at once (default: as many as there are processors); the output is the same
              --json         one line of JSON in place of the table

            Passages of a station's day are drawn, 200 on average and up to 8 000. The table says how often each kind of fault,
            each degraded mode and each way of recovery was reached; from \(SwarmTable.holdsFrom) station-days on a row
            below \(SwarmTable.least) fails the run. Progress goes to standard error.

            Exit code 1 when an invariant did not hold, or a row was reached too seldom. Each violation names its
            invariant and the command that repeats it.

            example: lanesim swarm --seeds 100 --days 30
            """,
        flags: ["--json"], options: ["--seeds", "--seed", "--days", "--threads"]
    ) { arguments, console in
        let settings = try SwarmSettings(arguments)
        let result = try Swarm.run(settings, console, isTerminal: isatty(STDERR_FILENO) == 1)
        if settings.isJSON {
            console.line(try SwarmAnswer(result, settings).json)
        } else {
            for line in SwarmReport.lines(of: result) { console.line(line) }
        }
        let tooFew = result.tooFew
        if !tooFew.isEmpty {
            console.note("swarm: reached less than \(SwarmTable.least) times: \(tooFew.joined(separator: ", "))")
        }
        return result.violations > 0 || !tooFew.isEmpty ? .failed : .ok
    }
}
