import Devices
import FoundationEssentials
import Glibc
import Testing

@testable import Station

@Suite struct `A command line` {
    private func parse(_ line: String) throws(Arguments.UsageError) -> Arguments {
        try Arguments(
            line.split(separator: " ").map(String.init), flags: ["--json", "--clear"], options: ["--from"], plain: 1)
    }

    @Test func `has flags, options with a value, and words of its own, in any order`() throws {
        let arguments = try parse("--json file.conf --from 12")
        #expect(arguments.has("--json") && !arguments.has("--clear") && !arguments.wantsHelp)
        #expect(arguments["--from"] == "12" && arguments.plain == ["file.conf"])
        #expect(try parse("--from=12")["--from"] == "12")
        #expect(try parse("--from=a=b")["--from"] == "a=b")
        #expect(try parse("-").plain == ["-"])
        #expect(try parse("-h").wantsHelp)
        #expect(try parse("--help").wantsHelp)
    }

    @Test(arguments: [
        ("a b", "unexpected word 'b'"), ("--from", "--from needs a value"), ("--from= 5", "--from needs a value"),
        ("--jsn", "unknown option --jsn"), ("--json=1", "unknown option --json"),
        ("-x", "unknown option -x"), ("--=", "unknown option --"),
    ])
    func `that cannot be taken says why`(line: String, message: String) {
        let error = #expect(throws: Arguments.UsageError.self) { try parse(line) }
        #expect(error?.message.hasPrefix(message) == true, "\(error?.message ?? "")")
    }
}

@Suite struct `A program of commands` {
    private let program = CommandProgram(
        "tool", "does things",
        [
            Command("go", "goes", help: "usage: tool go", flags: ["--far"], plain: 1) { arguments in
                arguments.has("--far") ? .ok : .failed
            },
            Command("journal export", "prints", help: "usage") { _ in throw CommandFailure(.inputOutput, "no journal")
            },
            Command("break", "breaks", help: "usage") { _ in throw Odd() },
        ])
    private struct Odd: Error {}

    @Test(
        arguments: [
            ([], 64), (["help"], 0), (["--help"], 0), (["-h"], 0), (["--version"], 0), (["go", "--far"], 0),
            (["go"], 1),
            (["go", "--help"], 0), (["go", "a", "b"], 64), (["go", "--fra"], 64), (["gone"], 64), (["journal"], 64),
            (["journal", "export"], 74), (["break"], 70),
        ] as [([String], Int32)])
    func `ends with the exit code that says what became of it`(words: [String], code: Int32) {
        #expect(program.run(words) == code)
    }

    @Test func `tells the commands that begin with a word`() throws {
        let bench = try ListBench()
        for (line, code) in [("list", ExitCode.usage), ("list --help", .ok), ("list help", .ok)] {
            let run = try bench.run(line)
            #expect(run.code == code && run.noted == [])
            #expect(run.said.first == "usage: station list COMMAND [...]")
            #expect(run.said.last == "station list COMMAND --help says more.")
            #expect(run.said.filter { $0.hasPrefix("  list ") }.count == 6 && run.said.count == 8)
        }
    }

    @Test func `of the station: every command has a help with its usage, and an example`() {
        for command in StationCommands.program.commands {
            #expect(command.help.hasPrefix("usage: station \(command.name)"), "\(command.name)")
            #expect(command.help.contains("\nexample: station "), "\(command.name)")
            #expect(StationCommands.program.run(command.name.split(separator: " ").map(String.init) + ["--help"]) == 0)
        }
    }

    @Test(arguments: [
        ["check"], ["status"], ["watch"], ["journal", "export"], ["lamps", "dark"], ["lookup", "1234567890"],
    ])
    func `of the station: a configuration that is not there is exit code 66, one with errors 78`(words: [String]) throws
    {
        #expect(StationCommands.program.run(words + ["/nonexistent/station.conf"]) == 66)
        #expect(StationCommands.program.run(words + ["/dev/null"]) == 66, "no ordinary file")
        let path = "/tmp/station-\(UUID().uuidString.prefix(13)).conf"
        try Data("[station]\nid = x\n".utf8).write(to: URL(filePath: path))
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: path) } }
        #expect(StationCommands.program.run(words + [path]) == 78)
    }

    @Test func `that runs blocks the stop signals before it looks for its configuration`() throws {
        // In a thread of its own: it keeps its mask, and another's is not touched.
        let said = try Mailbox<(Int32, Bool)>(bound: 1)
        let thread = WorkerThread(named: "run") {
            let code = StationCommands.program.run(["run", "/nonexistent/station.conf"])
            var blocked = sigset_t()
            unsafe pthread_sigmask(SIG_BLOCK, nil, &blocked)
            let areBoth = unsafe sigismember(&blocked, SIGTERM) == 1 && sigismember(&blocked, SIGINT) == 1
            _ = said.offer((code, areBoth))
        }
        let hasEnded = thread.join(within: .seconds(30))
        #expect(hasEnded)
        let answers = said.takeAll()
        #expect(answers.map(\.0) == [66] && answers.map(\.1) == [true])
    }

    @Test func `of the station: a command line that cannot be taken`() {
        #expect(StationCommands.program.run(["config"]) == 64)
        #expect(StationCommands.program.run(["lookup"]) == 64)
        #expect(StationCommands.program.run(["lookup", "12x"]) == 65)
    }
}
