import Station

/// All runs of one command: which files at which seeds, on how many threads, and what comes of them.
struct ScenarioRuns {
    private struct Job: Sendable {
        let path: String
        let seed: UInt64?
    }

    private let options: RunOptions
    private let console: Console
    private let jobs: [Job]
    private let digests: DigestList?

    init(_ options: RunOptions, _ console: Console) throws {
        self.options = options
        self.console = console
        let digests = try options.digests.map { path throws(CommandFailure) in try DigestList(path: path) }
        self.digests = digests
        if options.words.isEmpty, let digests {
            jobs = digests.entries.map { Job(path: $0.path, seed: $0.seed) }
        } else {
            jobs = try ScenarioFiles.named(by: options.words).map { Job(path: $0, seed: options.seed) }
        }
    }

    func run(by engine: RunEngine) throws -> ExitCode {
        let jobs = jobs
        var reporter = RunReporter(options, files: jobs.map(\.path), digests: digests, console)
        try ParallelRuns.run(jobs.count, threads: options.threads) { place in
            engine.run(jobs[place].path, seed: jobs[place].seed)
        } take: { outcome in
            try reporter.take(outcome)
        }
        return try reporter.finish()
    }
}
