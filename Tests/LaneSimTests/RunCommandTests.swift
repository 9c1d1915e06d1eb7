import FoundationEssentials
import Lane
import Station
import Synchronization
import Testing

@testable import LaneSim

/// What `lanesim run` prints and how it ends, with runs made by hand.
@Suite struct RunCommandTests {
    /// A folder with files; each name decides what becomes of it.
    private struct Folder: ~Copyable {
        let path: String

        init(_ names: [String]) throws {
            path = FileManager.default.temporaryDirectory.path + "/verdict-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            for name in names { try Data().write(to: URL(filePath: "\(path)/\(name)")) }
        }

        deinit {
            do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
        }
    }

    private final class Printed: Sendable {
        private let texts = Mutex<(lines: [String], notes: [String])>(([], []))
        var console: Console {
            Console(
                line: { text in self.texts.withLock { $0.lines += text.split(separator: "\n").map(String.init) } },
                note: { text in self.texts.withLock { $0.notes.append(text) } })
        }
        var lines: [String] { texts.withLock { $0.lines } }
        var notes: [String] { texts.withLock { $0.notes } }
    }

    /// Files called `bad…` are no scenarios, those called `wrong…` have an expectation that fails.
    private static let engine = RunEngine { path in
        if path.lastComponent.hasPrefix("bad") {
            throw ConfigurationErrors(
                ConfigurationError(file: path, position: TextPosition(line: 1, column: 1), text: "no scenario"))
        }
        var story = try Story()
        story.scenario.path = path
        story.scenario.name = path.lastComponent.withoutExtension
        if path.lastComponent.hasPrefix("wrong") { story.expect(.vehicles, 3...3) }
        return story.scenario
    } play: { scenario in
        var story = try Story()
        story.drive("ola", at: 1_000)
        try story.passage(at: 1_000, .noTag)
        return (story.plan, story.observation)
    }

    private func run(_ words: [String]) -> (code: ExitCode, lines: [String], notes: [String]) {
        let printed = Printed()
        let command = Command("run", "", help: "", flags: RunOptions.flags, options: RunOptions.options, plain: 100) {
            arguments, console in
            try ScenarioRuns(try RunOptions(arguments), console).run(by: Self.engine)
        }
        let code = CommandProgram("lanesim", "", [command]).run(["run"] + words, printed.console)
        return (code, printed.lines, printed.notes)
    }

    @Test func `when all is well several scenarios are a line each and a last one, and the exit code is 0`() throws {
        let folder = try Folder(["b.lane", "a.lane", "note.txt"])
        let (code, lines, notes) = run([folder.path])
        #expect(code == .ok && notes.isEmpty)
        #expect(
            lines == [
                "ok    a        1 vehicle         1 min", "ok    b        1 vehicle         1 min",
                "2 scenarios: 2 ok; 2 vehicles in 2 min",
            ])
    }

    @Test func `a failure has its line and the command that repeats it, and the exit code is 1`() throws {
        let folder = try Folder(["a.lane", "wrong.lane"])
        let (code, lines, _) = run([folder.path, "--seed", "7"])
        #expect(code == .failed)
        #expect(
            lines.dropFirst() == [
                "FAIL  wrong        1 vehicle         1 min",
                "  story.lane:90:1: expectation vehicles: vehicles: expected 3, came 1",
                "  again: lanesim run \(folder.path)/wrong.lane --seed 7",
                "2 scenarios: 1 ok, 1 failed; 2 vehicles in 2 min",
            ])
    }

    @Test func `a file that is no scenario is told, the others run, and the exit code is 65`() throws {
        let folder = try Folder(["a.lane", "bad.lane", "wrong.lane"])
        let (code, lines, notes) = run([folder.path])
        #expect(code == .badData)
        #expect(notes == ["\(folder.path)/bad.lane:1:1: no scenario"])
        #expect(lines.last == "3 scenarios: 1 ok, 1 failed, 1 file could not be read; 2 vehicles in 2 min")
    }

    @Test func `one scenario is shown whole`() throws {
        let folder = try Folder(["a.lane"])
        let (code, lines, _) = run(["\(folder.path)/a.lane"])
        #expect(code == .ok)
        #expect(lines.contains("vehicles  seen  missed  doubled  excused  invented"))
        #expect(lines.contains("  no tag     1       -        -        -         -"))
        #expect(lines.last == "ok: everything came as expected")
    }

    @Test func `the output is the same on one thread and on many`() throws {
        let names = (10..<60).map { $0 % 7 == 0 ? "wrong\($0).lane" : $0 % 11 == 0 ? "bad\($0).lane" : "a\($0).lane" }
        let folder = try Folder(names)
        let one = run([folder.path, "--threads", "1"])
        let many = run([folder.path, "--threads", "8"])
        #expect(one.lines == many.lines && one.notes == many.notes && one.code == many.code)
        #expect(one.lines.count > 50)
    }

    @Test func `what cannot be taken is told in one line`() throws {
        let folder = try Folder([])
        let more = "; see lanesim run --help"
        let cases: [([String], ExitCode, String)] = [
            ([], .usage, "lanesim run: give a scenario file or a folder of them\(more)"),
            (
                ["a.lane", "--seed", "many"], .usage,
                "lanesim run: --seed 'many' is no whole number from 0 to 18446744073709551615\(more)"
            ),
            (
                ["a.lane", "--seed", "-1"], .usage,
                "lanesim run: --seed '-1' is no whole number from 0 to 18446744073709551615\(more)"
            ),
            (
                ["a.lane", "--threads", "0"], .usage,
                "lanesim run: --threads '0' is no whole number from 1 to 256\(more)"
            ),
            (
                ["a.lane", "--seed", "1", "--seed=2"], .usage,
                "lanesim run: --seed is given 2 times; give it once\(more)"
            ),
            (
                ["a.lane", "--picture", "a.png"], .usage,
                "lanesim run: --picture 'a.png' does not end in .svg, and an SVG picture is what it draws\(more)"
            ),
            (["/nowhere/a.lane"], .noInput, "/nowhere/a.lane: no such file or folder"),
            ([folder.path], .noInput, "\(folder.path): no .lane file in it"),
        ]
        for (words, code, message) in cases {
            let result = run(words)
            #expect(result.code == code && result.notes == [message] && result.lines.isEmpty)
        }
    }

    @Test func `JSON is a line for each scenario, and each line can be read`() throws {
        struct Line: Decodable {
            let path: String
            let ok: Bool?
            let error: String?
            let again: String?
        }
        let folder = try Folder(["a.lane", "bad.lane", "wrong.lane"])
        let (code, lines, _) = run([folder.path, "--json"])
        let read = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
        #expect(code == .badData)
        #expect(read.map(\.ok) == [true, false, false])
        #expect(read[1].error == "\(folder.path)/bad.lane:1:1: no scenario")
        #expect(read[2].again == "lanesim run \(folder.path)/wrong.lane --seed 1")
    }

    @Test func `pictures are drawn into folders that are not there yet`() throws {
        let folder = try Folder(["wrong.lane"])
        let words = ["--pictures", "\(folder.path)/new/failed", "--picture", "\(folder.path)/other/one.svg"]
        #expect(run(["\(folder.path)/wrong.lane"] + words).code == .failed)
        for path in ["new/failed/wrong.svg", "other/one.svg"] {
            #expect(FileManager.default.fileExists(atPath: "\(folder.path)/\(path)"))
        }
    }

    @Test func `the command that repeats a run has its path as one word for a shell`() {
        let words = ["a/b-1.lane", "a b.lane", "it's.lane", "$x.lane"].map { path in
            RunResult(name: "", path: path, seed: 2).again
        }
        #expect(
            words == [
                "lanesim run a/b-1.lane --seed 2", "lanesim run 'a b.lane' --seed 2",
                #"lanesim run 'it'\''s.lane' --seed 2"#, "lanesim run '$x.lane' --seed 2",
            ])
    }

    @Test func `JUnit is written with every scenario in it`() throws {
        let folder = try Folder(["a.lane", "bad.lane", "wrong.lane"])
        _ = run([folder.path, "--junit", "\(folder.path)/out.xml"])
        let data = try #require(FileManager.default.contents(atPath: "\(folder.path)/out.xml"))
        let text = String(decoding: data, as: UTF8.self)
        #expect(text.contains("<testsuites tests=\"3\" failures=\"1\" errors=\"1\">"))
        #expect(text.contains("message=\"expectation vehicles: vehicles: expected 3, came 1\""))
        let missing = run(["\(folder.path)/a.lane", "--junit", "/nowhere/out.xml"])
        #expect(missing.code == .cannotCreate)
        #expect(
            missing.notes == [
                "write /nowhere/out.xml: it cannot be written; see that its folder is there and writable"
            ])
    }

    @Test func `a run whose digest is another fails, and says what to do when that is meant`() throws {
        let folder = try Folder(["a.lane"])
        let digest = try #require(run(["\(folder.path)/a.lane"]).lines.first { $0.hasPrefix("digest ") }).dropFirst(7)
        let list = "\(folder.path)/digests.txt"
        try Data("# scenario seed digest\na.lane 1 \(digest)\n".utf8).write(to: URL(filePath: list))
        #expect(run(["--digests", list]).code == .ok)
        #expect(run(["\(folder.path)/a.lane", "--digests", list]).code == .ok)
        let other = String(repeating: "0", count: 64)
        try Data("a.lane 1 \(other)\n".utf8).write(to: URL(filePath: list))
        let (code, lines, _) = run(["--digests", list])
        #expect(code == .failed)
        #expect(
            lines.contains(
                "  \(folder.path)/a.lane: the run came out otherwise than \(list):1 says: digest \(digest), not \(other); "
                    + "if that is meant, make it so with --renew"))
        #expect(run(["--digests", list, "--renew"]).code == .ok)
        let renewed = try #require(FileManager.default.contents(atPath: list))
        #expect(String(decoding: renewed, as: UTF8.self) == "a.lane 1 \(digest)\n")
        #expect(run(["--digests", list]).code == .ok)
        try Data("a.lane 1 12\n".utf8).write(to: URL(filePath: list))
        #expect(run(["--digests", list]).code == .badData)
    }
}
