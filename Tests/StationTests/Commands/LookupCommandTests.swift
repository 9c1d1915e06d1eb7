import FoundationEssentials
import Glibc
import Testing

@testable import Station

/// `station lookup` where the station cannot be asked.
@Suite struct `A tag that is looked up by a command` {
    @Test func `is asked for on the disk where no station runs`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "agreements")
        let run = try bench.run("lookup 1000000001 @/station.conf")
        #expect(run.code == .ok && run.said.contains { $0.hasPrefix("outcome  approved") }, "\(run)")
        #expect(run.noted.count == 1 && run.noted[0].hasSuffix("); this is what the list on its disk says:"))
    }

    @Test func `has no list where there is no central server`() throws {
        let bench = try ListBench()
        let central = "[central]\nurl = https://central.example\npublicKeys = \(ConfigurationSample.key)\n"
        let text = ConfigurationSample.least.changing(
            "id = 42\n", to: "id = 42\nstateFolder = \(bench.folder)\ncontrolSocket = \(bench.folder)/none.sock\n")
        try bench.write(text.changing(central, to: ""), to: "alone.conf")
        let run = try bench.run("lookup 1000000001 @/alone.conf")
        #expect(run.code == .unavailable && run.said == [])
        #expect(run.noted.count == 1 && run.noted[0].hasPrefix("no running station answers ("))
        #expect(run.noted[0].hasSuffix("and there is no list on its disk: no [central] in the configuration"))
    }

    /// Needs the right to become another user, as root in CI has.
    @Test(.enabled(if: getuid() == 0))
    func `is not judged for who may not ask the station, or not read its list`() throws {
        let bench = try ListBench()
        try bench.build("number\n1000000001\n", "agreements")
        let (socket, list) = ("\(bench.folder)/none.sock", "\(bench.folder)/agreements.list")
        let lookup = { (folder: String) in
            try Programs.run(
                "station", ["lookup", "1000000001", "\(folder)/station.conf"],
                through: ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"])
        }
        // The right to write is asked for before it is looked at whether it is a socket.
        try bench.write("", to: "none.sock")
        try #require(unsafe chmod(socket, 0o600) == 0)
        let asked = try lookup(bench.folder)
        #expect(asked.code == 77 && asked.output == "", "\(asked)")
        #expect(asked.errors.contains("permission denied; ask as root"))
        try FileManager.default.removeItem(atPath: socket)
        let read = try lookup(bench.folder)
        #expect(read.code == 77 && read.output == "", "\(read)")
        #expect(read.errors.hasPrefix("open \(list): permission denied; ask as root"))
        try #require(unsafe chmod(list, 0o644) == 0)
        let judged = try lookup(bench.folder)
        #expect(judged.code == 0 && judged.output.contains("\noutcome  approved"), "\(judged)")
    }
}
