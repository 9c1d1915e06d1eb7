import FoundationEssentials
import Station

extension Command {
    /// `lanesim torture`
    static let torture = Command(
        "torture", "kill real programs at random moments, and see that nothing is lost, doubled or out of order",
        help: """
            usage: lanesim torture [--kills N] [--seed S] [--folder F]

            A station, a central server and devices run as processes of their own, with real ports, while vehicles pass all the
            time. At moments drawn from the seed each of them is killed (SIGKILL) or made to stand still (SIGSTOP); the
            network between station and central server is cut, delayed, half-open, or loses answers; the small file system
            that the station writes to fills up (a tmpfs on F/disk, where this user may mount one; otherwise the last lines
            say that it was not tried). After every \(TortureCourse.kills) kills the faults stop, everything has to arrive,
            and the central server is held against the journals, record by record, digest by digest; and the simulated
            road against both. A vehicle may be missing only if the station or its devices were down while it passed, or
            ended before what it decided was committed; these are listed. A read that the station acknowledged is in a record.

              --kills N   how many SIGKILLs (default: 20); each takes some seconds, the mean is printed
              --seed S    other vehicles, other moments (default: 1)
              --folder F  default: torture. Everything stays there: configuration, logs, journal, records, notes

            After Ctrl-C or a crash the same command goes on where it was. A folder whose run ended well is begun anew;
            one whose run failed is left alone.

            Exit code 0: nothing lost, nothing twice, all in order. 1: something is wrong, or a program did not come back; the seed
            and the command are printed. 64: the folder has a run of another seed. 70: a program did not start.
            73: the folder cannot be used. 75: another run has it.

            example: lanesim torture --kills 200 --folder /tmp/torture
            """,
        options: TortureSettings.options
    ) { arguments, console in
        let settings = try TortureSettings(arguments)
        WireRun.endWithSignals(saying: "torture: stopped; the same command goes on: \(settings.again)")
        let lock = try WireSite.lock(settings.folder)
        var torture = try Torture(settings)
        let result = try torture.run()
        let missing = result.excused.map { "\($0.words)\n" }.joined()
        try Data(missing.utf8).write(to: URL(filePath: "\(settings.folder)/missing.txt"))
        let report = TortureReport(
            settings: settings, story: torture.notes.story, result: result, hasDisk: torture.disk.isMounted,
            mean: torture.progress.mean(torture.notes.story))
        try torture.end()
        _ = consume lock
        for line in report.lines { console.line(line) }
        return result.isGood ? .ok : .failed
    }
}
