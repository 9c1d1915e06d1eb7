import Station

extension Command {
    /// `lanesim lists`
    static let lists = Command(
        "lists", "try a station's lists: millions of agreements, changes every few seconds, a killed station",
        help: """
            usage: lanesim lists [--agreements N] [--changes N] [--of M] [--every SPAN] [--kills K] [--seed N] [--folder DIR]

            A central server publishes N generated agreements and then changes of M operations; a station with real
            processes, lines and disk fetches them while vehicles pass whose agreements are changed. Each decision in the
            journal is held against what was generated for the version that it names. With --kills the station is
            killed (SIGKILL) at random moments while changes come, and after each kill the lists on its disk are
            verified, every byte. Exit code 1 when a decision fits no version, the last version does not come into
            force, or a list is not whole. Everything stays in DIR: configuration, logs, journal, lists.

              --agreements N  on the first list (default: 1000000; a country has 5 to 10 million)
              --changes N     published one after the other while vehicles pass (default: 20)
              --of M          operations in each (default: 1000)
              --every SPAN    between two changes (default: 3 s)
              --kills K       how often the station is killed, after that (default: 0)
              --seed N        other agreements, other moments (default: 1)
              --folder DIR    default: lists

            example: lanesim lists --agreements 10000000 --kills 200
            """,
        options: ListTrial.Settings.options
    ) { arguments, console in
        WireRun.endWithSignals()
        let settings = try ListTrial.Settings(arguments)
        let lock = try WireSite.lock(settings.folder)
        var trial = try ListTrial(settings, console)
        let result = try trial.run()
        _ = consume lock
        for line in result.lines { console.line(line) }
        return result.isGood ? .ok : .failed
    }
}
