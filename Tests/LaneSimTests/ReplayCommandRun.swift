import Exchange
import FoundationEssentials
import Station
import Synchronization

@testable import LaneSim

/// One run of `lanesim replay` on files of its own, which go with it.
struct ReplayCommandRun {
    let code: ExitCode
    let lines: [String]
    let notes: [String]

    var text: String { lines.joined(separator: "\n") }
    /// The last line: the sum of it.
    var sum: String { lines.last ?? "" }

    /// - Parameters:
    ///   - export: the journal's lines; nil: there is no such file.
    ///   - lists: the lists' files.
    init(
        _ export: [String]?, lists: [[UInt8]], configuration: String = ReplayFixture.configuration,
        _ more: [String] = []
    ) throws {
        let folder = FileManager.default.temporaryDirectory.path + "/replay-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { Self.remove(folder) }
        func write(_ bytes: [UInt8], _ name: String) throws -> String {
            try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
            return "\(folder)/\(name)"
        }
        var words = ["replay", "\(folder)/records.ndjson"]
        if let export { _ = try write(export.flatMap { Array("\($0)\n".utf8) }, "records.ndjson") }
        words += ["--configuration", try write(Array(configuration.utf8), "station.conf")]
        for (number, list) in lists.enumerated() { words += ["--list", try write(list, "\(number).list")] }
        let printed = Printed()
        let console = Console(line: { printed.add($0) }, note: { printed.note($0) })
        code = LaneSimCommands.program.run(words + more, console)
        lines = printed.lines
        notes = printed.notes
    }

    private static func remove(_ folder: String) {
        do { try FileManager.default.removeItem(atPath: folder) } catch { print("\(folder) stays: \(error)") }
    }
}

/// What a command has printed.
private final class Printed: Sendable {
    private let text = Mutex<(lines: [String], notes: [String])>(([], []))

    var lines: [String] { text.withLock { $0.lines } }
    var notes: [String] { text.withLock { $0.notes } }
    func add(_ line: String) { text.withLock { $0.lines.append(line) } }
    func note(_ line: String) { text.withLock { $0.notes.append(line) } }
}
