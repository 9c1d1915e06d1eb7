import Exchange
import FoundationEssentials
import Glibc
import Lane
import Storage
import Testing

@testable import Station

/// `station list adopt` and `station list back` where no station runs: the bench's folder is the state folder.
@Suite struct `Lists of a station that does not run` {
    private static let stopped = "no station runs: the list is in its folder, and is used from the next start"

    private static func adopt(
        _ files: String, _ bench: borrowing ListBench
    ) throws -> (code: ExitCode, said: [String], noted: [String]) {
        try bench.run("list adopt \(files) --configuration @/station.conf")
    }

    private static func back(_ bench: borrowing ListBench) throws -> (code: ExitCode, said: [String], noted: [String]) {
        try bench.run("list back --configuration @/station.conf")
    }

    private static func inForce(_ bench: borrowing ListBench) throws -> [String] {
        try bench.run("list show --configuration @/station.conf").said.filter { $0.contains("agreements ") }
    }

    @Test func `a list is taken, then a change on it, then parts, and the one before comes back`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "a")
        let first = try Self.adopt("@/a.list", bench)
        #expect(first.code == .ok && first.said == ["list 1.1 is in force"], "\(first)")
        #expect(first.noted == [Self.stopped])
        try bench.build(
            "number\n1000000002\n", "b", version: "1.2", "--base @/a.list --change @/b.change")
        #expect(try Self.adopt("@/b.change", bench).said == ["list 1.2 is in force"])
        #expect(try bench.bytes("agreements.list") == bench.bytes("b.list"), "byte for byte what was signed")
        let rows = (0..<100).map { "\(1_000_000_000 + $0)\n" }.joined()
        try bench.build("number\n" + rows, "c", version: "1.3", "--parts=2kB")
        let parts = "@/agreements.1.3.2-of-2 @/agreements.1.3.1-of-2"
        #expect(try Self.adopt(parts, bench).said == ["list 1.3 is in force"])
        #expect(try bench.bytes("agreements.list") == bench.bytes("c.list"))
        #expect(try Self.inForce(bench) == ["list in force  agreements 1.3", "list before it  agreements 1.2"])
        let back = try Self.back(bench)
        #expect(back.code == .ok && back.noted == [Self.stopped])
        #expect(back.said == ["list 1.2 is in force; 1.3 is not taken again, only a higher version"])
        #expect(try Self.inForce(bench) == ["list in force  agreements 1.2"])
        let again = try Self.adopt("@/c.list", bench)
        #expect(again.code == .failed)
        #expect(again.noted == ["not done: list 1.3 is not higher than 1.3, which was in force"])
        let none = try Self.back(bench)
        #expect(none.code == .failed && none.noted == ["not done: there is no list before 1.2 on this disk"])
        #expect(try bench.names().allSatisfy { !$0.contains("building") && !$0.hasSuffix(".next") })
    }

    @Test func `a short file that is no list is not called cut, and a packed one is named`() throws {
        let bench = try ListBench()
        try bench.write("number\n1000000001\n", to: "a.csv")
        #expect(try Self.adopt("@/a.csv", bench).noted == ["not done: not an agreement list"])
        try Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]).write(to: URL(filePath: "\(bench.folder)/a.list.gz"))
        let packed = try Self.adopt("@/a.list.gz", bench)
        #expect(packed.code == .failed)
        #expect(packed.noted == ["not done: a packed file, not an agreement list; unpack it with gunzip"])
    }

    @Test func `a list of a single part is taken`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "a", version: "1.1", "--parts=1kB")
        #expect(try Self.adopt("@/agreements.1.1.1-of-1", bench).said == ["list 1.1 is in force"])
        #expect(try bench.bytes("agreements.list") == bench.bytes("a.list"))
    }

    /// Needs the right to mount, as root in CI has.
    @Test(.enabled(if: getuid() == 0)) func `a full disk is told in one line, and the list in force stays`() throws {
        let bench = try ListBench()
        let disk = "\(bench.folder)/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
        guard unsafe mount("none", disk, "tmpfs", 0, "size=\((StationLists.reserve >> 10) + 200)k") == 0 else {
            Issue.record("root may not mount here")
            return
        }
        defer { _ = unsafe umount2(disk, Int32(MNT_DETACH)) }
        let text = String(decoding: try bench.bytes("station.conf"), as: UTF8.self)
        try bench.write(
            text.changing("stateFolder = \(bench.folder)\n", to: "stateFolder = \(disk)\n"), to: "station.conf")
        try bench.build("number\n1000000001\n", "a")
        #expect(try Self.adopt("@/a.list", bench).code == .ok)
        try bench.build("number\n" + (0..<10_000).map { "\(1_000_000_000 + $0)\n" }.joined(), "b", version: "1.2")
        let full = try Self.adopt("@/b.list", bench)
        #expect(full.code == .failed && full.said == [])
        #expect(full.noted.count == 1 && full.noted[0].hasPrefix("not done: the list needs "))
        #expect(
            full.noted[0].contains(
                " bytes on the disk of \(disk) beside the one in force, and 67108864 (64 MiB) stay free"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk).sorted() == ["agreements.list", "lock"])
        #expect(try Self.inForce(bench) == ["list in force  agreements 1.1"])
    }

    @Test func `a list of the future waits in the folder`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "a", version: "1.1", "--active-from 2099-01-01")
        let taken = try Self.adopt("@/a.list", bench)
        #expect(taken.code == .ok && taken.said.count == 1)
        // Without a clock that somebody vouches for, nobody knows how long it would have to wait.
        let words = ["list 1.1 is verified, and waits until it is to be used", "list 1.1 is in force"]
        #expect(words.contains(taken.said[0]))
    }

    /// What is tried over list 1.3, and the line that says why it is not taken.
    @Test(arguments: [
        ("@/same.list", "list 1.3 is not higher than 1.3, which was in force"),
        ("@/older.list", "list 1.2 is not higher than 1.3, which was in force"),
        ("@/named.list", "it is the list national, not agreements"),
        ("@/bent.list", "list's content is damaged; fetch it again"),
        ("@/cut.list", "list has 380 bytes of 384; fetch it again"),
        ("@/station.conf", "not an agreement list"),
        ("@/pipe", "open @/pipe: not a file"), ("/dev/zero", "open /dev/zero: not a file"),
        ("@", "open @: not a file"),
        ("@/older.change", "change is for list version 1.1 and no other; fetch the whole list"),
        ("@/agreements.1.4.1-of-2", "part 2 of 2 is missing; fetch it"),
        ("@/agreements.1.4.1-of-2 @/agreements.1.5.2-of-2", "parts belong to different lists; name those of one"),
        ("@/agreements.1.4.1-of-2 @/agreements.1.4.1-of-2", "part 1 is there twice; name each part once"),
    ])
    func `what the running station refuses is refused`(_ files: String, _ words: String) throws {
        let bench = try ListBench()
        let table = "number\n1000000001\n"
        try bench.build(table, "oldest", version: "1.1")
        try bench.build(table, "older", version: "1.2", "--base @/oldest.list --change @/older.change")
        try bench.build(table, "same", version: "1.3")
        try bench.build(table, "named", version: "1.4", "--name national")
        let many = "number\n" + (0..<100).map { "\(1_000_000_000 + $0)\n" }.joined()
        try bench.build(many, "parts", version: "1.4", "--parts=2kB")
        try bench.build(many, "others", version: "1.5", "--parts=2kB")
        try bench.build(table, "good", version: "1.6")
        var good = try bench.bytes("good.list")
        try good.dropLast(4).write(to: URL(filePath: "\(bench.folder)/cut.list"))
        good[good.count - 1] ^= 1
        try good.write(to: URL(filePath: "\(bench.folder)/bent.list"))
        #expect(try Self.adopt("@/same.list", bench).code == .ok)
        try #require(unsafe mkfifo("\(bench.folder)/pipe", 0o600) == 0)
        let before = try bench.names()
        let refused = try Self.adopt(files, bench)
        #expect(refused.code == .failed)
        #expect(refused.said == [] && refused.noted == ["not done: \(words.replacing("@", with: bench.folder))"])
        #expect(try Self.inForce(bench) == ["list in force  agreements 1.3"])
        #expect(try bench.names() == before, "nothing is left of it")
    }

    @Test func `another key's list is refused, and one that is larger than listMemory`() throws {
        let bench = try ListBench()
        let strange = try ListBench()
        try strange.build("number\n1000000001\n", "a")
        let refused = try Self.adopt("\(strange.folder)/a.list", bench)
        #expect(refused.code == .failed)
        #expect(
            refused.noted == [
                "not done: list is signed with key \(strange.key.publicKey.id), not trusted here; check the configured keys"
            ])
        let text = String(decoding: try bench.bytes("station.conf"), as: UTF8.self)
        try bench.write(text.changing("[central]\n", to: "[central]\nlistMemory = 1 MB\n"), to: "station.conf")
        try bench.build("number\n" + (0..<50_000).map { "\(1_000_000_000 + $0)\n" }.joined(), "large")
        let large = try Self.adopt("@/large.list", bench)
        #expect(large.code == .failed)
        #expect(large.noted.count == 1 && large.noted[0].contains("bytes; listMemory allows 1000000: allow more"))
        #expect(try Self.back(bench).noted == ["not done: there is no list in force"])
    }

    @Test func `a damaged list gives way to the one before, and a person reads why`() throws {
        let bench = try ListBench()
        for (name, version) in [("a", "1.1"), ("b", "1.2")] {
            try bench.build("number\n1000000001\n", name, version: version)
            #expect(try Self.adopt("@/\(name).list", bench).code == .ok)
        }
        var bytes = try bench.bytes("agreements.list")
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: "\(bench.folder)/agreements.list"))
        let again = try Self.adopt("@/b.list", bench)
        #expect(again.code == .ok && again.said == ["list 1.2 is in force"])
        #expect(again.noted.count == 2 && again.noted[0].hasPrefix("list 1.2 on this disk is damaged"))
        #expect(try bench.names().contains("agreements.list.damaged"))
    }

    @Test func `an older list is not taken where the one in force was damaged, and nothing is before it`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "a", version: "5.1")
        try bench.build("number\n1000000001\n", "b", version: "5.2")
        #expect(try Self.adopt("@/b.list", bench).code == .ok)
        var bytes = try bench.bytes("agreements.list")
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: URL(filePath: "\(bench.folder)/agreements.list"))
        let older = try Self.adopt("@/a.list", bench)
        #expect(older.code == .failed && older.said == [])
        #expect(older.noted.last?.hasPrefix("not done: list 5.1 is older than 5.2, which was in force") == true)
        #expect(try Self.adopt("@/b.list", bench).said == ["list 5.2 is in force"])
    }

    @Test func `a folder that another has, or that is not there, is left alone`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "a")
        do {
            let lock = try FolderLock(folder: bench.folder)
            let refused = try Self.adopt("@/a.list", bench)
            #expect(refused.code == .unavailable && refused.noted.count == 1)
            #expect(refused.noted[0].hasPrefix("\(bench.folder) is in use, by a station that does not answer ("))
            #expect(refused.noted[0].contains(") or by another command: try again"))
            _ = consume lock
        }
        #expect(try Self.adopt("@/a.list", bench).code == .ok, "it is free again")
        let text = String(decoding: try bench.bytes("station.conf"), as: UTF8.self)
        try bench.write(
            text.changing("stateFolder = \(bench.folder)\n", to: "stateFolder = \(bench.folder)/none\n"),
            to: "station.conf")
        let none = try Self.adopt("@/a.list", bench)
        #expect(none.code == .unavailable && none.noted[0].contains("\(bench.folder)/none: No such file or directory"))
        #expect(!(try bench.names().contains("none")))
    }
}
