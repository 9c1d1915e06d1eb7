import Devices
import Exchange
import FoundationEssentials
import Lane
import Testing

@testable import Station

/// A folder with keys, a configuration and lists; commands are run in it as a person would.
struct ListBench: ~Copyable {
    let folder: String
    let key = SigningKey.generate()

    init() throws {
        folder = "/tmp/lists-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try key.write(to: "\(folder)/secret")
        try key.publicKey.write(to: "\(folder)/public")
        let text = ConfigurationSample.least.changing(
            "id = 42\n", to: "id = 42\nstateFolder = \(folder)\ncontrolSocket = \(folder)/none.sock\n"
        ).changing("publicKeys = \(ConfigurationSample.key)", to: "publicKeys = \(key.publicKey.hex)")
        try write(text, to: "station.conf")
    }

    deinit { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }

    func bytes(_ name: String) throws -> Data { try Data(contentsOf: URL(filePath: "\(folder)/\(name)")) }

    func size(_ path: String) throws -> Int { try Data(contentsOf: URL(filePath: path)).count }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
    }

    /// Runs `station` with these words; `@` stands for the folder.
    func run(_ line: String) throws -> (code: ExitCode, said: [String], noted: [String]) {
        let (lines, notes) = (try Mailbox<String>(bound: 512), try Mailbox<String>(bound: 512))
        let console = Console(line: { _ = lines.offer($0) }, note: { _ = notes.offer($0) })
        let words = line.split(separator: " ").map { String($0).replacing("@", with: folder) }
        let code = StationCommands.program.run(words, console)
        let cut = { (all: [String]) in all.flatMap { $0.split(separator: "\n").map(String.init) } }
        return (code, cut(lines.takeAll()), cut(notes.takeAll()))
    }

    /// Builds a list of a table.
    func build(_ table: String, _ name: String, version: String = "1.1", _ more: String = "") throws {
        try write(table, to: "\(name).csv")
        let (code, _, noted) = try run(
            "list build @/\(name).csv --key @/secret --version \(version) --out @/\(name).list \(more)")
        #expect(code == .ok, "\(noted)")
    }
}

@Suite struct `The commands about lists` {
    private static let table = """
        system,number,status,from,until,class,denial
        printed,1000000001,approved,,,light,
        printed,1000000002,blocked,,2027-01-01,,
        printed,1000000003,,,,,yes
        pan,18,overdue,,,heavy,

        """
    private static let numbers = ["1000000001", "1000000002", "1000000003"]

    @Test func `build, verify and show a list`() throws {
        let bench = try ListBench()
        try bench.build(Self.table, "a", "--issuers printed:10,pan:")
        let verified = try bench.run("list verify @/a.list --configuration @/station.conf")
        #expect(verified.code == .ok && verified.said.last == "\(bench.folder)/a.list: good")
        #expect(verified.said.filter { $0.hasPrefix("ok  ") }.count == 6)
        let shown = try bench.run("list show @/a.list --trust @/public")
        #expect(shown.code == .ok, "\(shown.noted)")
        #expect(shown.said.contains("status   approved 1, prepaid-low 0, overdue 1, blocked 1, denied 1"))
        #expect(shown.said.contains("class    light 1, heavy 1, not said 1; with dates 1"))
        #expect(shown.said.contains("issuers  pan:, printed:10"))
        #expect(shown.said.first == "list  agreements 1.1")
        let json = try bench.run("list show @/a.list --trust @/public --json")
        let reports = try JSONDecoder().decode([ListFileReport].self, from: Data(json.said.joined().utf8))
        #expect(reports.count == 1 && reports[0].tally?.denied == 1 && reports[0].isActive && !reports[0].isStale)
    }

    @Test func `show the lists of the station's folder, and say when there is none`() throws {
        let bench = try ListBench()
        let none = try bench.run("list show --configuration @/station.conf")
        #expect(none.code == .noInput)
        #expect(
            none.noted == [
                "\(bench.folder)/agreements.list: No such file or directory", "there is no list in \(bench.folder)",
            ])
        try bench.build(Self.table, "agreements")
        try FileManager.default.copyItem(
            atPath: "\(bench.folder)/agreements.list", toPath: "\(bench.folder)/agreements.list.previous")
        let shown = try bench.run("list show --configuration @/station.conf")
        #expect(
            shown.said.filter { $0.contains("agreements 1.1") } == [
                "list in force  agreements 1.1", "list before it  agreements 1.1",
            ])
        try bench.write("number\n1000000001\n", to: "agreements.list")
        let refused = try bench.run("list show --configuration @/station.conf")
        #expect(refused.code == .badData && refused.said.first == "list before it  agreements 1.1")
        #expect(refused.noted == ["\(bench.folder)/agreements.list: not an agreement list"])
        try bench.write("number\n1000000001\n", to: "agreements.list.previous")
        let bad = try bench.run("list show --configuration @/station.conf --json")
        #expect(bad.code == .badData && bad.said == [] && bad.noted.count == 3)
        #expect(bad.noted.last == "no list in \(bench.folder) is good")
    }

    @Test func `compare no damaged lists, and leave nothing of a change that is applied`() throws {
        let bench = try ListBench()
        try bench.build(Self.table, "a")
        try bench.build(
            Self.table + "printed,1000000004,,,,,\n", "b", version: "1.2", "--base @/a.list --change @/b.change")
        var bytes = try bench.bytes("b.list")
        bytes[bytes.count - 40] ^= 1
        try bytes.write(to: URL(filePath: "\(bench.folder)/bad.list"))
        for names in ["@/a.list @/bad.list", "@/bad.list @/a.list", "@/bad.list @/bad.list"] {
            let diff = try bench.run("list diff \(names) --trust @/public")
            #expect(diff.code == .badData && diff.said == [])
            #expect(diff.noted == ["\(bench.folder)/bad.list: list's content is damaged; fetch it again"])
        }
        let diff = { (folder: String, temporary: String) in
            try Programs.run(
                "station",
                ["list", "diff", "\(folder)/a.list", "\(folder)/b.change", "--trust", "\(folder)/public"],
                through: ["/usr/bin/env", "TMPDIR=\(temporary)"])
        }
        let before = try bench.names()
        let applied = try diff(bench.folder, bench.folder)
        #expect(applied.code == 1 && applied.output.contains("added 1, removed 0, same 4\n"), "\(applied)")
        #expect(try bench.names() == before)
        let none = try diff(bench.folder, "\(bench.folder)/none")
        #expect(none.code == 73 && none.output == "")
        #expect(none.errors.hasPrefix("apply \(bench.folder)/b.change in \(bench.folder)/none"), "\(none.errors)")
        #expect(none.errors.hasSuffix("No such file or directory; TMPDIR may name another folder\n"))
    }

    @Test func `refuse a damaged file, one of another key, one of another name, and none`() throws {
        let bench = try ListBench()
        try bench.build(Self.table, "a")
        var bytes = try Data(contentsOf: URL(filePath: "\(bench.folder)/a.list"))
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: "\(bench.folder)/bad.list"))
        let damaged = try bench.run("list verify @/bad.list --trust @/public")
        #expect(damaged.code == .badData)
        #expect(damaged.noted == ["\(bench.folder)/bad.list: list's content is damaged; fetch it again"])
        #expect(damaged.said.map { $0.prefix(13) } == ["ok  header   ", "ok  signature", "ok  issuers  "])
        let strange = try ListBench()
        let other = try bench.run("list verify @/a.list --configuration \(strange.folder)/station.conf")
        #expect(other.code == .badData && other.noted[0].contains("not trusted here; check the configured keys"))
        try bench.build(Self.table, "b", "--name national")
        let named = try bench.run("list verify @/b.list --configuration @/station.conf")
        #expect(named.code == .badData)
        #expect(
            named.noted[0].hasSuffix("it is the list national, not agreements; name that one, or set [central] list"))
        let none = try bench.run("list verify @/none.list --trust @/public")
        #expect(none.code == .noInput)
        #expect(none.noted == ["\(bench.folder)/none.list: No such file or directory; name a list file"])
    }

    @Test func `tell what differs between two lists, without the numbers unless they are asked for`() throws {
        let bench = try ListBench()
        try bench.build(Self.table, "a")
        try bench.build(
            """
            number,status,until,class,denial
            1000000001,approved,2028-01-01,light,
            1000000002,,,,yes
            1000000003,approved,,,
            1000000004,approved,,,

            """, "b", version: "1.2")
        let diff = try bench.run("list diff @/a.list @/b.list --trust @/public")
        #expect(diff.code == .failed)
        #expect(
            diff.said.prefix(3) == [
                "from agreements 1.1 to agreements 1.2", "added 1, removed 1, same 0",
                "changed: status 0, dates 1, class 0, denied 1, denied no more 1",
            ])
        #expect(diff.said.contains("removed  pan number of 2  overdue, heavy -> nothing"))
        #expect(diff.said.contains("added  printed number of 10  nothing -> approved"))
        #expect(!Self.numbers.contains { diff.said.joined().contains($0) })
        let clear = try bench.run("list diff @/a.list @/b.list --trust @/public --clear")
        #expect(clear.said.contains("undenied  printed:1000000003  denied -> approved"))
        let short = try bench.run("list diff @/a.list @/b.list --trust @/public --most 1")
        #expect(short.said.count == 5 && short.said.last == "and 4 more; --most shows them")
        let same = try bench.run("list diff @/a.list @/a.list --trust @/public --json")
        #expect(same.code == .ok && same.said.contains("    \"same\" : 4,"))
        #expect(try bench.run("list diff @/a.list --trust @/public").code == .usage)
    }

    @Test func `show everything that is wrong in a table, and write nothing`() throws {
        let bench = try ListBench()
        try bench.write("number,status\n1000000001,aproved\n12,approved\n", to: "t.csv")
        let built = try bench.run("list build @/t.csv --key @/secret --version 1.1 --out @/t.list")
        #expect(built.code == .badData)
        #expect(
            built.noted == [
                "\(bench.folder)/t.csv:2:12: expected a status: approved, prepaid-low, overdue, blocked; did you mean \"approved\"?",
                "\(bench.folder)/t.csv:3:1: expected 10 or 16 digits, found 2", "nothing was written",
            ])
        #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/t.list"))
    }

    @Test func `leave a list as it is where a strict one is not written`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "t")
        let before = try bench.bytes("t.list")
        try bench.write("number\n1000000001\n1000000002\n1000000001\n", to: "t.csv")
        let strict = try bench.run("list build @/t.csv --key @/secret --version 1.2 --out @/t.list --strict")
        #expect(strict.code == .badData)
        #expect(
            strict.noted == [
                "\(bench.folder)/t.csv:4: left out: line 2 names the same number as cautiously, or more",
                "\(bench.folder)/t.csv: lines to be left out: 1; with --strict nothing was written",
            ])
        #expect(try bench.bytes("t.list") == before)
        #expect(try bench.names() == ["public", "secret", "station.conf", "t.csv", "t.list"])
    }

    @Test func `keep the most cautious of several lines for a number, or none where they are strict`() throws {
        let bench = try ListBench()
        try bench.write("number,status,denial\n1000000001,approved,\n1000000001,,yes\n", to: "t.csv")
        let order = "list build @/t.csv --key @/secret --version 1.1 --out @/t.list"
        let strict = try bench.run("\(order) --strict")
        #expect(strict.code == .badData && strict.noted.last?.hasSuffix("nothing was written") == true)
        #expect(!FileManager.default.fileExists(atPath: "\(bench.folder)/t.list"))
        let built = try bench.run(order)
        #expect(built.code == .ok)
        #expect(
            built.noted == ["\(bench.folder)/t.csv:2: left out: line 3 names the same number as cautiously, or more"])
        #expect(built.said == ["\(bench.folder)/t.list: agreements 1.1, 1 entries"])
    }

    @Test(arguments: [
        ("list build", "name the table of agreements"), ("list build @/t.csv", "--key KEYFILE is missing"),
        ("list build @/t.csv --key @/secret", "--version takes epoch and version, as 7.1"),
        ("list build @/t.csv --key @/secret --version 7", "--version takes epoch and version, as 7.1"),
        ("list build @/t.csv --key @/secret --version 1.0", "as 7.1: both begin with 1"),
        ("list build @/t.csv --key @/secret --version 0.1", "as 7.1: both begin with 1"),
        ("list build @/t.csv --key @/secret --version 7.1", "--out FILE is missing"),
        (
            "list build @/t.csv --key @/secret --version 7.1 --out @/o --issuers pam:1",
            "--issuers: 'pam:1' is no issuer"
        ),
        ("list build @/t.csv --key @/secret --version 7.1 --out @/o --active-from now", "--active-from takes a time"),
        ("list build @/t.csv --key @/secret --version 7.1 --out @/o --stale-after 3", "--stale-after takes a duration"),
        ("list build @/t.csv --key @/secret --version 7.1 --out @/o --name a/b", "--name takes at most 16"),
        (
            "list build @/t.csv --key @/secret --version 7.1 --out @/o --parts 10",
            "--parts takes a size from 1 kB to 100 GB"
        ),
        ("list build @/t.csv --key @/secret --version 7.1 --out @/o --base @/b", "--base and --change go together"),
        (
            "list build @/t.csv --key @/secret --version 7.1 --out @/o --base @/b --change @/o",
            "--change takes a file of its own"
        ),
        ("list bild", "unknown command of 'list'; did you mean \"list build\"?; see station list --help"),
        ("list verify", "name the list file"), ("list adopt", "name the list file"),
        ("list diff", "name two list files"),
        ("list diff @/a @/b --most x", "--most takes a number of rows"),
    ])
    func `say what is missing on the command line`(_ line: String, _ said: String) throws {
        let bench = try ListBench()
        let run = try bench.run(line)
        #expect(run.code == .usage)
        #expect(run.noted.first?.contains(said) == true, "\(run.noted)")
    }

    @Test func `say that a file is not there, and that no station answers`() throws {
        let bench = try ListBench()
        let key = try bench.run("list build @/t.csv --key @/none --version 1.1 --out @/o")
        #expect(key.code == .noInput)
        let open = try bench.run("list build @/t.csv --key @/public --version 1.1 --out @/o")
        #expect(open.code == .noInput)
        #expect(
            open.noted == ["read key \(bench.folder)/public: it is a public key; name the file with the secret one"])
        let table = try bench.run("list build @/t.csv --key @/secret --version 1.1 --out @/o")
        #expect(table.code == .noInput)
        #expect(table.noted == ["open \(bench.folder)/t.csv: there is no such file; name the table of agreements"])
        let file = try bench.run("list adopt @/none.list --configuration @/station.conf")
        #expect(file.code == .noInput)
        #expect(
            file.noted == [
                "open \(bench.folder)/none.list: it is not there, or may not be read; name a list file"
            ])
    }
}
