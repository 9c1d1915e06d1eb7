import FoundationEssentials
import Glibc
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Lists {
        private static let stopped = "no station runs: the list is in its folder, and is used from the next start\n"

        /// Builds a list by hand, signed by central's own key, of an epoch above its lists.
        private func build(_ version: String, _ statuses: [String], in site: Site) throws -> String {
            let central = try #require(site.central)
            let table = "number,status\n" + statuses.map { "\(Site.tag),\($0)\n" }.joined()
            try site.write(table, to: "\(site.folder)/t.csv")
            let path = "\(site.folder)/\(version).list"
            let built = try station(
                [
                    "list", "build", "\(site.folder)/t.csv", "--key", "\(central.folder)/keys/list.key", "--version",
                    version,
                ]
                    + ["--out", path])
            #expect(built.code == 0, "\(built.errors)")
            return path
        }

        private func station(_ words: [String]) throws -> (code: Int32?, output: String, errors: String) {
            try Programs.run("station", words)
        }

        private func order(_ words: [String], _ site: Site) throws -> (code: Int32?, output: String, errors: String) {
            try station(["list"] + words + ["--configuration", site.configuration])
        }

        @Test func `a person's list is taken by the running station, and by the folder of one that is stopped`() throws
        {
            let site = try Site(withCentral: true)
            try site.start()
            let first = try #require(site.wait("a list") { $0.list != nil }.list)
            let epoch = first.epoch + 1
            let running = try order(["adopt", build("\(epoch).1", ["approved"], in: site)], site)
            #expect(running.code == 0 && running.output == "list \(epoch).1 is in force\n", "\(running)")
            #expect(running.errors == "")
            try site.wait("the list") { $0.list.map { $0.epoch == epoch && $0.version == 1 } ?? false }
            let older = try order(["adopt", build("\(first.epoch).9", ["approved"], in: site)], site)
            #expect(older.code == 1)
            #expect(
                older.errors == "not done: list \(first.epoch).9 is not higher than \(epoch).1, which was in force\n")
            try site.stop()
            let stopped = try order(["adopt", build("\(epoch).2", ["blocked"], in: site)], site)
            #expect(stopped.code == 0 && stopped.output == "list \(epoch).2 is in force\n", "\(stopped)")
            #expect(stopped.errors == Self.stopped)
            try site.start()
            try site.wait("the list") { $0.list.map { $0.epoch == epoch && $0.version == 2 } ?? false }
            let back = try order(["back"], site)
            #expect(
                back.code == 0 && back.output.hasPrefix("list \(epoch).1 is in force; \(epoch).2 is not taken again"))
            try site.stop()
            // It went back once; the folder remembers, whoever asks.
            let again = try order(["adopt", "\(site.folder)/\(epoch).2.list"], site)
            #expect(again.code == 1)
            #expect(again.errors == "not done: list \(epoch).2 is not higher than \(epoch).2, which was in force\n")
            #expect(try order(["back"], site).code == 1)
            try site.start()
            try site.wait("the list before") { $0.list.map { $0.epoch == epoch && $0.version == 1 } ?? false }
            try site.finish()
        }

        /// Needs the right to become another user, as root in CI has.
        @Test(.enabled(if: getuid() == 0)) func `what root takes by hand belongs to the folder's owner`() throws {
            let site = try Site(withCentral: true)
            let nobody: UInt32 = 65_534
            try FileManager.default.createDirectory(atPath: site.state, withIntermediateDirectories: false)
            try #require(unsafe chown(site.state, nobody, nobody) == 0)
            let path = try build("9.1", ["approved"], in: site)
            try #require(unsafe chmod(path, 0o600) == 0)
            let refused = try order(["adopt", path], site)
            #expect(refused.code == 1 && refused.errors == "not done: open \(path): Permission denied\n")
            try #require(unsafe chmod(path, 0o644) == 0)
            let taken = try order(["adopt", path], site)
            #expect(taken.code == 0, "\(taken.errors)")
            for name in ["lock", "agreements.list"] {
                var status = stat()
                try #require(unsafe stat("\(site.state)/\(name)", &status) == 0)
                #expect(status.st_uid == nobody && status.st_gid == nobody, "\(name)")
            }
        }
    }
}
