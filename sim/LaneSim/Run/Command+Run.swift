import Station

extension Command {
    /// `lanesim run`
    static let run = Command(
        "run", "let scenarios happen in virtual time, and hold what the station did against the truth",
        help: """
            usage: lanesim run FILE|FOLDER... [--seed N] [--threads N] [--json] [--junit FILE] [--picture FILE.svg]
                   [--pictures DIR] [--digests FILE [--renew]] [--wire [--folder DIR]] [--verbose]

            Lets each scenario happen, with the station's own machine in it, and compares. Of one file everything is
            shown; of several a line each, and what failed. A FOLDER stands for every .lane file in it.

              --seed N            chance follows from N instead of the scenario's own seed
              --threads N         so many scenarios at once (as many as there are processors, 3 on the wire); the output is
                                  the same
              --json              one line of JSON for each scenario (sim/REPORTS.md says what is in it)
              --junit FILE        write JUnit XML for a CI server
              --picture FILE.svg  draw the lane over time; of several files, the first that fails
              --pictures DIR      draw each scenario that fails into DIR, under its name
              --digests FILE      a run whose digest is not the one in FILE fails; without a scenario, run those in FILE
              --renew             write the digests that come out into that FILE, after a change that was meant
              --wire              with real processes on real bytes in real time, and bounds on time ten times as wide; what
                                  cannot be done so (a disk that is full, a clock that steps) is skipped, and said
              --folder DIR        each wire run keeps its logs, journal and photos in a folder of its name in DIR (wire)
              --verbose           a line for each vehicle

            Exit code 1 when an expectation fails or nothing was run, 65 when a file is no scenario, 66 when it is not there.

            example: lanesim run sim/scenarios/catalogue --junit lanes.xml --pictures failed
            """,
        flags: RunOptions.flags, options: RunOptions.options, plain: ScenarioFiles.most
    ) { arguments, console in
        let options = try RunOptions(arguments)
        if options.isOnWire { WireRun.endWithSignals() }
        return try ScenarioRuns(options, console).run(by: options.isOnWire ? .wire(folder: options.folder) : .virtual)
    }
}
