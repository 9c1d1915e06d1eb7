import FoundationEssentials
import Testing

@testable import Station

/// `station list build` with files named twice, in several spellings.
@Suite struct `The files of a list in the making` {
    private static let order = "list build @/t.csv --key @/secret --version 1.2"

    private static func content(_ bench: borrowing ListBench) throws -> [String: Data] {
        var content: [String: Data] = [:]
        for name in try bench.names() where name != "keys" { content[name] = try bench.bytes(name) }
        return content
    }

    @Test(arguments: [
        ("--out @/secret", "--out", "--key"), ("--out @/t.csv", "--out", "the table"),
        ("--out @/./t.csv", "--out", "the table"), ("--out @/keys/secret", "--out", "--key"),
        ("--out @/link", "--out", "--key"), ("--out @/t", "--out", "--base"),
        ("--out @/base.list", "--out", "--base"), ("--out @/o.list --change @/keys/./secret", "--change", "--key"),
        ("--out @/o.list --change @/./base.list", "--change", "--base"),
        ("--out @/o.list --change @/keys/o.list", "--change", "--out"),
        ("--out @/o.list --change @/o.list.part", "--change", "--out"),
    ])
    func `none that is written takes the place of another`(files: String, option: String, other: String) throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "base")
        try bench.write("number\n1000000001\n1000000002\n", to: "t.csv")
        let manager = FileManager.default
        try manager.copyItem(atPath: "\(bench.folder)/base.list", toPath: "\(bench.folder)/t.part")
        try manager.createSymbolicLink(atPath: "\(bench.folder)/keys", withDestinationPath: bench.folder)
        try manager.createSymbolicLink(atPath: "\(bench.folder)/link", withDestinationPath: "secret")
        let before = try Self.content(bench)
        let base = files == "--out @/t" ? "t.part" : "base.list"
        let change = files.contains("--change") ? "" : " --change @/c.change"
        let run = try bench.run("\(Self.order) \(files)\(change) --base @/\(base)")
        #expect(run.code == .usage && run.said == [])
        let line =
            "station list build: \(option) takes a file of its own, not that of \(other); see station list build --help"
        #expect(run.noted == [line])
        #expect(try Self.content(bench) == before)
    }

    @Test(arguments: [
        ("agreements.1.2.1-of-1", true), ("agreements.1.2.7-of-9", true), ("agreements.1.2.1-of-1.part", true),
        ("agreements.1.3.1-of-1", false), ("agreements.1.2.csv", false), ("agreements.1.2.1-of-x", false),
    ])
    func `a table with the name of a part is none to divide the list beside`(name: String, isRefused: Bool) throws {
        let bench = try ListBench()
        try bench.write("number\n1000000001\n", to: name)
        let before = try bench.bytes(name)
        let run = try bench.run(
            "list build @/\(name) --key @/secret --version 1.2 --out @/o.list --parts=1kB")
        #expect(run.code == (isRefused ? .usage : .ok), "\(run.noted)")
        #expect(!isRefused || run.noted.count == 1 && run.noted[0].contains("the table has a name that --parts writes"))
        #expect(try bench.bytes(name) == before)
    }

    @Test(arguments: ["/dev/zero", "/dev/null"])
    func `a table is a file, and has an end`(path: String) throws {
        let bench = try ListBench()
        let run = try bench.run("list build \(path) --key @/secret --version 1.2 --out @/o.list")
        #expect(run.code == .noInput)
        #expect(run.noted == ["open \(path): not a file; write the table of agreements to one"])
        #expect(try bench.names() == ["public", "secret", "station.conf"])
    }
}
