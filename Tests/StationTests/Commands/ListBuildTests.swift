import Exchange
import FoundationEssentials
import Glibc
import Lane
import Synchronization
import Testing

@testable import Station

/// `station list build` with tables larger than its memory, and what it makes beside the list.
@Suite struct `Building a list` {
    private static let rows = 40_000
    /// More than three quarters of the least memory, so that it goes through the file beside the list.
    private static let table = "number,status\n" + (0..<rows).map { "\(1_000_000_000 + $0),\n" }.joined()

    private static func built(
        _ table: String, _ bench: borrowing ListBench, memory: Int, _ more: [String] = []
    ) throws -> [String] {
        try bench.write(table, to: "t.csv")
        let words = ["--key", "\(bench.folder)/secret", "--version", "1.2", "--out", "\(bench.folder)/t.list"]
        let arguments = try Arguments(
            words + more, flags: Command.listBuild.flags, options: Command.listBuild.options)
        let said = Said()
        let order = try ListBuildOrder(arguments)
        try ListBuild(of: "\(bench.folder)/t.csv", order, said.console, memory: memory).run()
        return said.all
    }

    @Test func `a table larger than the memory comes to the same list, and leaves nothing else`() throws {
        let bench = try ListBench()
        let repeated = Self.table + "1000000007,blocked\n1000039999,approved\n"
        var lists: [AgreementList] = []
        for memory in [0, AgreementListWriter.memoryByDefault] {
            let said = try Self.built(repeated, bench, memory: memory)
            #expect(
                said == [
                    "\(bench.folder)/t.csv:9: left out: line 40002 names the same number as cautiously, or more",
                    "\(bench.folder)/t.csv:40003: left out: line 40001 names the same number as cautiously, or more",
                    "\(bench.folder)/t.list: agreements 1.2, 40000 entries",
                ])
            #expect(try bench.names() == ["public", "secret", "station.conf", "t.csv", "t.list"])
            lists.append(try AgreementList.open(path: "\(bench.folder)/t.list", trusting: [bench.key.publicKey]))
        }
        #expect(lists[0].count == Self.rows && lists[0].digest == lists[1].digest)
        let tag = try #require(TagNumber(.printed, value: 1_000_000_007, digits: 10))
        #expect(lists[0].entry(of: tag) == .agreement(Agreement(.blocked)))
    }

    @Test func `a list comes in parts that are verified alone and together`() throws {
        let bench = try ListBench()
        let said = try Self.built(Self.table, bench, memory: 0, ["--parts", "400 kB"])
        let parts = (1...3).map { "\(bench.folder)/agreements.1.2.\($0)-of-3" }
        #expect(Array(said.dropFirst()) == parts)
        for part in parts { #expect(try bench.size(part) <= 400_000) }
        let all = try bench.run("list verify \(parts.reversed().joined(separator: " ")) --trust @/public")
        #expect(all.code == .ok, "\(all.noted)")
        #expect(all.said.last?.hasPrefix("ok  parts      3 of 3, and they make agreements 1.2: its digest is ") == true)
        let one = try bench.run("list verify \(parts[1]) --trust @/public")
        #expect(one.code == .ok && one.said.last == "\(parts[1]): good")
        #expect(
            one.noted == ["note: it is one of 3 parts: name all of them, and it is checked that they make a list"])
        let two = try bench.run("list verify \(parts[0]) \(parts[2]) --trust @/public")
        #expect(two.code == .badData && two.noted == ["parts: part 2 of 3 is missing; fetch it"])
        let shown = try bench.run("list show \(parts[1]) --trust @/public")
        #expect(shown.said.first == "part  2 of 3 of the list agreements 1.2")
        let tiny = try bench.run(
            "list build @/t.csv --key @/secret --version 1.3 --out @/t.list --parts=1kB")
        #expect(tiny.code == .badData)
        #expect(tiny.noted.last?.hasSuffix("the list is written, its parts are not: say a larger --parts") == true)
    }

    @Test func `a change leads from the list before to the new one`() throws {
        let bench = try ListBench()
        try bench.build("number,status\n1000000001,\n1000000002,\n1000000003,blocked\n", "base")
        let said = try Self.built(
            "number,status,denial\n1000000001,,\n1000000002,blocked,\n1000000004,,\n1000000005,,yes\n", bench,
            memory: 0,
            ["--base", "\(bench.folder)/base.list", "--change", "\(bench.folder)/t.change"])
        #expect(said.last == "\(bench.folder)/t.change: agreements, from 1.1 to 1.2, 4 changes")
        let shown = try bench.run("list show @/t.change --trust @/public")
        #expect(shown.said.first == "change  agreements from 1.1 to 1.2, for lists of 1.1 only")
        #expect(shown.said.contains("changes  agreements 2, denials 1, removals 1"))
        let verified = try bench.run("list verify @/t.change --trust @/public")
        #expect(verified.code == .ok && verified.said.last == "\(bench.folder)/t.change: good")
        #expect(verified.said.contains("ok  changes    4, each is one, in order, no number twice"))
        let diff = try bench.run("list diff @/base.list @/t.change --trust @/public")
        #expect(diff.code == .failed)
        #expect(diff.said.contains("added 2, removed 1, same 1"), "\(diff)")
        let other = try bench.run("list diff @/t.list @/t.change --trust @/public")
        #expect(other.code == .badData)
        #expect(
            other.noted == [
                "\(bench.folder)/t.change: change is for list version 1.1 and no other; fetch the whole list"
            ])
        let first = try bench.run("list diff @/t.change @/base.list --trust @/public")
        #expect(
            first.noted == [
                "\(bench.folder)/t.change: it is a change; name the list first, and the change behind it"
            ])
        let late = try bench.run(
            "list build @/t.csv --key @/secret --version 1.4 --out @/u.list --base @/base.list --change @/u.change")
        #expect(late.code == .badData && late.noted[0].contains("no change leads from 1.1 to 1.4"))
        #expect(!(try bench.names().contains { $0.hasPrefix("u.") }))
    }

    @Test func `show and verify are told to programs as well`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "base")
        _ = try Self.built(
            "number\n1000000002\n", bench, memory: 0,
            ["--parts", "1kB", "--base", "\(bench.folder)/base.list", "--change", "\(bench.folder)/t.change"])
        let names = "@/t.list @/t.change @/agreements.1.2.1-of-1"
        let shown = try bench.run("list show \(names) --trust @/public --json")
        let reports = try JSONDecoder().decode([ListFileReport].self, from: Data(shown.said.joined().utf8))
        #expect(reports.map(\.kind) == ["whole", "change", "part"])
        #expect(reports.map(\.version) == ["1.2", "1.2", "1.2"] && Set(reports.map(\.digest)).count == 1)
        #expect(reports.map(\.entries) == [1, 1, 1] && reports[0].tally?.approved == 1)
        #expect(reports[1].predecessor == "1.1")
        #expect(reports[1].operations == .init(agreements: 1, denials: 0, removals: 1))
        #expect(reports[2].part == 1 && reports[2].parts == 1 && reports[2].issuers == nil)
        let verified = try bench.run("list verify \(names) @/none --trust @/public --json")
        #expect(verified.code == .noInput && verified.noted == [])
        let report = try JSONDecoder().decode(Command.VerifyReport.self, from: Data(verified.said.joined().utf8))
        #expect(!report.isGood && report.files.map(\.isGood) == [true, true, true, false])
        #expect(report.files.map(\.kind) == ["whole", "change", "part", nil])
        #expect(report.files[3].problem == "\(bench.folder)/none: No such file or directory; name a list file")
        #expect(report.problem == nil && report.files[0].checks.map(\.name).contains("digest"))
    }

    @Test func `a table that is no file and a folder that is not there are told before any work`() throws {
        let bench = try ListBench()
        let table = try bench.run("list build @ --key @/secret --version 1.1 --out @/t.list")
        #expect(table.code == .noInput && table.noted == ["open \(bench.folder): Is a directory"])
        try bench.write("number\n1000000001\n", to: "t.csv")
        let folder = try bench.run("list build @/t.csv --key @/secret --version 1.1 --out @/none/t.list")
        #expect(folder.code == .cannotCreate && folder.noted.count == 1)
        #expect(folder.noted[0].contains("its folder is not there, or may not be written"))
    }

    /// Needs the right to mount, as root in CI has.
    @Test(.enabled(if: getuid() == 0)) func `a full disk is told in one line, and nothing half stays on it`() throws {
        let bench = try ListBench()
        let disk = "\(bench.folder)/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        guard unsafe mount("none", disk, "tmpfs", 0, "size=1400k") == 0 else {
            Issue.record("root may not mount here")
            return
        }
        defer { _ = unsafe umount2(disk, Int32(MNT_DETACH)) }
        try bench.write(Self.table, to: "t.csv")
        let order = "list build @/t.csv --key @/secret --version 1.1 --out @/disk/t.list"
        let full = try bench.run("\(order) --parts 100kB")
        // The list has its place, parts beside it have none.
        #expect(full.code == .cannotCreate)
        #expect(full.said == ["\(disk)/t.list: agreements 1.1, 40000 entries"])
        #expect(full.noted.count == 1 && full.noted[0].contains("No space left on device; make room on the disk"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["t.list"])
        // A second list does not fit beside the first; the first stays.
        let again = try bench.run(order)
        #expect(again.code == .cannotCreate && again.said == [])
        #expect(again.noted.count == 1 && again.noted[0].hasSuffix("nothing was written"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk) == ["t.list"])
    }
}

/// What a command says.
private final class Said: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock(\.self) }
    var console: Console {
        Console(
            line: { line in self.lines.withLock { $0.append(line) } },
            note: { line in self.lines.withLock { $0.append(line) } })
    }
}
