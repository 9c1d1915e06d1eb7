import Exchange
import FoundationEssentials
import HTTP
import Lane
import Station
import Synchronization

@testable import Central

/// A central server's folder of its own, gone when the test is over.
final class CentralFixture: Sendable {
    /// 2026-01-01, day 9497 since 2000-01-01.
    static let now = UTC(milliseconds: 1_767_225_600_000)

    let folder: CentralFolder
    /// What commands and servers have said.
    let said = Mutex<(lines: [String], notes: [String])>(([], []))

    init() throws {
        folder = CentralFolder("/tmp/central-\(UUID().uuidString.prefix(13))")
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: false)
    }

    deinit {
        do {
            try FileManager.default.removeItem(atPath: folder.path)
        } catch {
            print("\(folder.path) stays behind: \(error)")
        }
    }

    var console: Console {
        Console(
            line: { line in self.said.withLock { $0.lines.append(line) } },
            note: { note in self.said.withLock { $0.notes.append(note) } })
    }

    /// Runs a command of `central` on this folder, and gives what it has said since the last one.
    func central(_ words: String...) -> (code: ExitCode, lines: [String], notes: [String]) { central(words) }

    func central(_ words: [String]) -> (code: ExitCode, lines: [String], notes: [String]) {
        let code = CentralCommands.program.run(words + ["--folder", folder.path], console)
        return said.withLock { said in
            defer { said = ([], []) }
            return (code, said.lines, said.notes)
        }
    }

    func write(_ name: String, _ text: String) throws -> String {
        let path = "\(folder.path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }

    func read(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)"))) }

    /// The server on this folder, at a port that the system chooses.
    func server(_ limits: ListShelf.Limits = ListShelf.Limits()) throws -> CentralServer {
        let console = console
        return try CentralServer(
            folder: folder, at: .tcp(address: "127.0.0.1", port: 0), limits: limits, report: { console.note($0) })
    }

    /// A shelf of the same lists with a clock that stands still, and nothing else of a server.
    func shelf(_ limits: ListShelf.Limits = ListShelf.Limits(), clock: @escaping @Sendable () -> Instant) -> ListShelf {
        let console = console
        return ListShelf(
            folder: folder, limits: limits, clock: clock, civilClock: { Self.now }, report: { console.note($0) })
    }
}

extension ListPublisher {
    /// Publishes the agreements of a text, such as `"1234567890 approved"`; an empty one is a list of nobody.
    @discardableResult
    func publish(
        _ text: String, as name: String = AgreementList.defaultName, at now: UTC = CentralFixture.now,
        _ settings: Settings = Settings()
    ) throws -> AgreementListHeader {
        try publish(as: name, at: now, settings) { writer in
            for entry in try AgreementsFile.entries(text) {
                if let listed = entry.listEntry { try writer.add(entry.number, listed, line: entry.line) }
            }
        }.header
    }
}

extension AgreementsFile {
    /// What a text says.
    static func entries(_ text: String, _ rules: AgreementsRules = AgreementsRules()) throws -> [Entry] {
        var reader = AgreementsReader(rules)
        var entries: [Entry] = []
        try reader.take(Array(text.utf8)) { entries.append($0) }
        try reader.finish { entries.append($0) }
        return entries
    }
}

extension CentralServer {
    /// Asks this server.
    func ask(
        _ method: HTTP.Method, _ target: String, headers: Headers = [:], body: [UInt8] = []
    ) throws -> Response {
        var client = Client()
        let endpoint = try Endpoint("http://127.0.0.1:\(port)")
        return try client.perform(Request(method, endpoint, target, headers: headers, body: body))
    }

    func deliver(_ lines: some Collection<RecordLine>, of name: JournalName = Sample.journal) throws -> Response {
        try ask(.post, name.path + "/records", body: lines.flatMap(\.bytes))
    }

    func deliver(_ photo: [UInt8], as target: String) throws -> Response {
        let headers: Headers = ["Content-Type": "image/jpeg", "Content-Digest-BLAKE2b": Digest(of: photo).hex]
        return try ask(.put, Sample.journal.path + target, headers: headers, body: photo)
    }
}

extension JournalName {
    var path: String { "/v1/stations/\(station.number)/journals/\(journal.hex)" }
}
