import Exchange
import FoundationEssentials
import HTTP
import Lane
import Station
import Testing

@testable import Central

@Suite struct `The program central` {
    private let fixture: CentralFixture

    init() throws { fixture = try CentralFixture() }

    /// Puts a passage with one of its photos into the folder.
    private func deliver() throws {
        let server = try fixture.server()
        #expect(try server.deliver(try Sample.linesWithPassage()).status == 200)
        #expect(try server.deliver(Sample.photo, as: "/photos/2/front/1").status == 200)
        server.stop()
    }

    @Test func `helps, with an example for each command`() {
        #expect(fixture.central("--help").lines.first?.contains("example: ") == true)
        for command in CentralCommands.program.commands {
            let said = fixture.central(command.name.split(separator: " ").map(String.init) + ["--help"])
            #expect(said.code == .ok)
            #expect(said.lines.first?.contains("\nusage: central \(command.name)") == true)
            #expect(said.lines.first?.contains("\nexample: central \(command.name)") == true)
            for option in command.flags.union(command.options) { #expect(command.help.contains(option)) }
        }
    }

    @Test(arguments: [
        (["srve"], "central: unknown command 'srve'; did you mean \"serve\"?; see central --help"),
        (
            ["serve", "--listn", "x"],
            "central serve: unknown option --listn; did you mean \"--listen\"?; see central serve --help"
        ),
        (["serve", "--listen"], "central serve: --listen needs a value; see central serve --help"),
        (["serve", "--key", "k"], "central serve: --certificate and --key go together; see central serve --help"),
        (
            ["serve", "--list-fetches", "0"],
            "central serve: --list-fetches takes a number from 1 to 400; see central serve --help"
        ),
        (
            ["serve", "--listen", "unix:/tmp/x"],
            "central serve: --listen takes a numeric address and a port; see central serve --help"
        ),
        (["agreements"], "central agreements: which file of agreements?; see central agreements --help"),
        (["agreements", "a", "b"], "central agreements: unexpected word 'b'; see central agreements --help"),
        (
            ["passages", "--station", "x"],
            "central passages: --station takes a station's number; see central passages --help"
        ),
    ]) func `answers a wrong command line with 64 and one line`(words: [String], note: String) {
        let console = fixture.console
        #expect(CentralCommands.program.run(words, console) == .usage)
        #expect(fixture.said.withLock { $0.notes } == [note])
    }

    @Test func `makes a key once, and shows its public half each time`() throws {
        let first = fixture.central("keys")
        #expect(first.code == .ok && first.notes.count == 1)
        let key = try SigningKey(file: fixture.folder.signingKey)
        #expect(first.lines == [key.publicKey.hex])
        let secret = try fixture.read("keys/list.key")
        let second = fixture.central("keys")
        #expect(second.lines == first.lines && second.notes.isEmpty)
        #expect(try fixture.read("keys/list.key") == secret)
    }

    @Test func `does not show a public half that belongs to another key`() throws {
        _ = fixture.central("keys")
        _ = try fixture.write("keys/list.pub", String(repeating: "0", count: 64) + "\n")
        let said = fixture.central("keys")
        #expect(said.code == .configuration && said.lines.isEmpty && said.notes.count == 1)
    }

    @Test func `checks agreements without publishing them`() throws {
        let file = try fixture.write("a.txt", "1234567890 approved\n1234567891 denied\n")
        let said = fixture.central("agreements", file, "--check")
        #expect(said.code == .ok && said.lines == ["\(file): agreements: 1, denials: 1, nothing wrong"])
        #expect(throws: (any Error).self) { try fixture.read("lists/agreements.list") }
    }

    @Test func `says as JSON what it has checked`() throws {
        let file = try fixture.write("a.txt", "1234567890 approved\n1234567890 blocked\n1234567891 denied\n")
        let said = fixture.central("agreements", file, "--check", "--json")
        #expect(said.code == .ok && said.lines == [#"{"agreements":1,"denials":1,"duplicates":1}"#])
        #expect(fixture.central("agreements", file, "--check", "--json", "--strict").code == .badData)
    }

    @Test func `reads agreements from no device: some never end`() throws {
        _ = fixture.central("keys")
        for words in [["agreements"], ["agreements", "change"]] {
            let said = fixture.central(words + ["/dev/zero"])
            #expect(said.code == .noInput && said.lines.isEmpty)
            #expect(said.notes == ["open /dev/zero: it is a device; name the file of agreements"])
        }
    }

    @Test func `decides between two lines of one number, shows both, and refuses them when it is to be strict`() throws
    {
        _ = fixture.central("keys")
        let file = try fixture.write("a.txt", "1234567890 approved\n# and once more\n12 3456789 0 blocked\n")
        for words in [["--check"], []] {
            let said = fixture.central(["agreements", file] + words)
            #expect(said.code == .ok)
            #expect(said.notes == ["\(file):1: this number stands on line 3 too, which is the more cautious and kept"])
        }
        #expect(fixture.central("agreements", file, "--strict", "--check").code == .badData)
        let said = fixture.central("agreements", file, "--strict", "--list", "strict")
        #expect(said.code == .badData && said.lines.isEmpty)
        #expect(throws: (any Error).self) { try fixture.read("lists/strict.list") }
    }

    @Test func `publishes agreements`() throws {
        let file = try fixture.write("a.txt", "1234567890 approved\n")
        #expect(fixture.central("agreements", file).code == .configuration)
        _ = fixture.central("keys")
        let said = fixture.central("agreements", file, "--list", "night")
        #expect(said.code == .ok && said.notes.isEmpty)
        #expect(said.lines.first?.hasPrefix("published night ") == true)
        #expect(said.lines.first?.hasSuffix(".1: agreements: 1, denials: 0") == true)
        #expect(try !fixture.read("lists/night.list").isEmpty)
    }

    @Test func `shows all that is wrong with agreements, publishes nothing, and ends with 65`() throws {
        _ = fixture.central("keys")
        let file = try fixture.write("a.txt", "1234567890 aproved\n123 denied\n" + String(repeating: "x\n", count: 30))
        let said = fixture.central("agreements", file)
        #expect(said.code == .badData && said.lines.isEmpty)
        #expect(said.notes.count == 21)
        #expect(said.notes[0].hasPrefix("\(file):1:12: expected a status: "))
        #expect(said.notes[1] == "\(file):2:1: expected 10 or 16 digits, found 3")
        #expect(said.notes[20] == "\(file): and 12 more")
        #expect(throws: (any Error).self) { try fixture.read("lists/agreements.list") }
        #expect(fixture.central("serve", "--agreements", file).code == .badData)
    }

    @Test func `ends with 66 when the input is not there`() {
        let path = fixture.folder.path
        let file = fixture.central("agreements", "\(path)/none.txt")
        #expect(file.code == .noInput)
        #expect(file.notes == ["open \(path)/none.txt: there is no such file; name the file of agreements"])
        for command in ["passages", "photos", "records", "rejected"] {
            let said = fixture.central(command)
            #expect(said.code == .noInput && said.lines.isEmpty)
            let note = "\(path) holds no passages; start central serve there, or name another --folder"
            #expect(said.notes == [note])
        }
    }

    @Test func `shows passages with their tag redacted, and in clear when asked`() throws {
        try deliver()
        let said = fixture.central("passages")
        let row =
            "7          2         1     2026-01-01T00:00:00.123Z  notOnList             "
            + "3/30    printed:10-digits         1/2     unsettled"
        #expect(said.code == .ok)
        #expect(said.lines.dropFirst().first == row)
        #expect(said.lines.last == "\(Sample.journal): 2 records, 1 passages, 1 photos, 0 rejected")
        #expect(fixture.central("passages", "--clear").lines.contains { $0.contains("printed:1234567890 ") })
        #expect(fixture.central("passages", "--station", "8").lines.count == 1)
    }

    @Test func `shows passages as JSON`() throws {
        try deliver()
        let said = fixture.central("passages", "--json")
        let line =
            #"{"flags":[],"journal":"0000000000000123000000000000abcd","lane":1,"outcome":"notOnList","photos":1,"#
            + #""photosMissing":["unsettled"],"photosNamed":1,"resultFin":48,"resultOp":3,"sequence":2,"station":7,"#
            + #""tag":"printed:10-digits","time":"2026-01-01T00:00:00.123Z"}"#
        #expect(said.lines == [line])
    }

    @Test func `shows photos and where they are`() throws {
        try deliver()
        let path = "photos/7/0000000000000123000000000000abcd/2-front-1.jpg"
        let row = "7          2         1     2026-01-01T00:00:00.123Z  front             1   7         "
        #expect(fixture.central("photos").lines.dropFirst() == [row + "\(fixture.folder.path)/\(path)"])
        #expect(fixture.central("photos", "--json").lines.first?.contains("\"path\":\"\(path)\"") == true)
    }

    @Test func `shows what was rejected, and why`() throws {
        let server = try fixture.server()
        let lines = Sample.chain([Sample.body(1), Sample.body(2, version: 2), Sample.body(3, of: Sample.otherStation)])
        #expect(try server.deliver(lines).status == 200)
        server.stop()
        fixture.said.withLock { $0 = ([], []) }
        let rows = [(2, "version", lines[1].bytes.count), (3, "station", lines[2].bytes.count)]
        #expect(
            fixture.central("rejected").lines.dropFirst()
                == rows.map { row in
                    "7          0000000000000123000000000000abcd  \(row.0)         \(row.1)  \(row.2)"
                }[...])
        #expect(
            fixture.central("rejected", "--json").lines
                == rows.map { row in
                    #"{"bytes":\#(row.2),"journal":"0000000000000123000000000000abcd","reason":"\#(row.1)","#
                        + #""sequence":\#(row.0),"station":7}"#
                })
        #expect(fixture.central("rejected", "--station", "8").lines.count == 1)
    }

    @Test func `serves until it is stopped, and says where`() throws {
        _ = fixture.central("keys")
        let file = try fixture.write("a.txt", "1234567890 approved\n")
        let fixture = fixture
        let serve = Command.serving(from: {}) {
            let line = fixture.said.withLock { $0.lines.last } ?? ""
            #expect(line.hasPrefix("listening on http://127.0.0.1:"))
            do {
                var client = Client()
                let endpoint = try Endpoint(String(line.dropFirst("listening on ".count)))
                #expect(try client.perform(Request(.get, endpoint, "/v1/lists/agreements")).status == 200)
            } catch {
                Issue.record(error)
            }
        }
        let words = ["--folder", fixture.folder.path, "--listen", "127.0.0.1:0", "--agreements", file]
        let arguments = try Arguments(words, options: serve.options)
        #expect(try serve.run(arguments, fixture.console) == .ok)
        #expect(fixture.said.withLock { $0.lines.count } == 1)
    }

    @Test func `does not speak plain http to a network, nor without its certificate`() {
        #expect(fixture.central("serve", "--listen", "0.0.0.0:0").code == .configuration)
        #expect(fixture.central("serve", "--listen", "nowhere").code == .usage)
        let missing = fixture.central("serve", "--listen", "127.0.0.1:0", "--certificate", "/none", "--key", "/none")
        #expect(missing.code == .configuration && missing.notes.count == 1)
    }

    @Test func `ends with 69 when the folder or the address is taken`() throws {
        let server = try fixture.server()
        #expect(fixture.central("serve", "--listen", "127.0.0.1:0").code == .unavailable)
        let other = try CentralFixture()
        #expect(other.central("serve", "--listen", "127.0.0.1:\(server.port)").code == .unavailable)
        server.stop()
    }

    @Test func `ends with 73 when the folder cannot be made`() throws {
        let file = try fixture.write("file", "")
        let console = fixture.console
        #expect(CentralCommands.program.run(["keys", "--folder", file + "/x"], console) == .cannotCreate)
        #expect(
            CentralCommands.program.run(["serve", "--listen", "127.0.0.1:0", "--folder", file], console)
                == .cannotCreate)
    }
}
