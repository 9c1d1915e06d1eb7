import FoundationEssentials
import Lane
import Station

/// Takes runs in the order of their files, prints them, and writes what else was asked for.
struct RunReporter {
    private let options: RunOptions
    private let console: Console
    private let isAlone: Bool
    private let summary: RunSummary
    private let digests: DigestList?
    private var junit = JUnitReport()
    private var ran = 0
    /// Runs whose digests are to be renewed.
    private var changed: [RunResult] = []
    private var failed = 0
    private var skipped = 0
    private var hasPicture = false
    private var vehicles = 0
    private var time = Interval.zero
    /// Of the files that could not be run; the first one's code is the program's.
    private var unread: [ExitCode] = []

    init(_ options: RunOptions, files: [String], digests: DigestList?, _ console: Console) {
        self.options = options
        self.console = console
        self.digests = digests
        isAlone = files.count == 1
        summary = RunSummary(
            nameWidth: files.map(\.lastComponent.withoutExtension.count).max() ?? 0, isVerbose: options.isVerbose)
    }

    mutating func take(_ outcome: RunOutcome) throws {
        switch outcome {
        case .failed(let message, let code, let path):
            unread.append(code)
            junit.add(error: message, path: path)
            console.note(message)
            if options.isJSON { console.line(RunJSON.error(message, path: path)) }
        case .skipped(let reasons, let path):
            skipped += 1
            junit.add(skipped: reasons, path: path)
            for reason in reasons { console.note("skipped: \(reason)") }
            if options.isJSON { console.line(RunJSON.skipped(reasons, path: path)) }
        case .ran(var run):
            if let digests, options.renewsDigests, digests.fault(of: run.result) != nil {
                changed.append(run.result)
            } else if let fault = digests?.fault(of: run.result) {
                run.result.troubles.append(fault)
            }
            ran += 1
            vehicles += run.result.vehicles.count
            time = time + run.result.virtualTime
            if !run.result.isGood { failed += 1 }
            junit.add(run.result)
            try show(run, pictures: try draw(run))
        }
    }

    /// Of a single file always, of several the first that fails; and each that fails into its folder. Gives the paths.
    private mutating func draw(_ run: Run) throws(CommandFailure) -> [String] {
        var paths: [String] = []
        if let path = options.picture, isAlone || !run.result.isGood && !hasPicture {
            if !path.folder.isEmpty { try RunFile.makeFolder(path.folder) }
            paths.append(path)
            hasPicture = true
        }
        if let folder = options.pictures, !run.result.isGood {
            try RunFile.makeFolder(folder)
            paths.append("\(folder)/\(run.result.name).svg")
        }
        for path in paths { try RunFile.write(Picture.svg(of: run), to: path) }
        return paths
    }

    /// Writes what is written at the end, and gives the exit code.
    func finish() throws -> ExitCode {
        if let digests, !changed.isEmpty { try RunFile.write(digests.renewed(by: changed), to: digests.path) }
        if let path = options.junit { try RunFile.write(junit.text, to: path) }
        if !isAlone, !options.isJSON {
            console.line(
                RunSummary.last(
                    ran: ran, failed: failed, skipped: skipped, unread: unread.count, vehicles: vehicles, time: time))
        }
        let ranNothing = ran == 0 && skipped > 0
        if ranNothing, unread.isEmpty { console.note("skipped, not passed: nothing was run") }
        return unread.first ?? (failed > 0 || ranNothing ? .failed : .ok)
    }

    private func show(_ run: Run, pictures: [String]) throws {
        if options.isJSON {
            console.line(RunJSON(run.result, isVerbose: options.isVerbose).line)
        } else {
            for line in isAlone ? summary.whole(run.result) : summary.short(run.result) { console.line(line) }
            for path in pictures { console.line("  picture: \(path)") }
        }
    }
}

/// Files that a command writes for those who asked for them.
enum RunFile {
    static func makeFolder(_ path: String) throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure(.cannotCreate, "make the folder \(path): it cannot be made; name another")
        }
    }

    static func write(_ text: String, to path: String) throws(CommandFailure) {
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw CommandFailure(
                .cannotCreate, "write \(path): it cannot be written; see that its folder is there and writable")
        }
    }
}
