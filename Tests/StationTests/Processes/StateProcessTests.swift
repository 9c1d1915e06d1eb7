import Devices
import FoundationEssentials
import Glibc
import Lane
import Peripherals
import Storage
import TestSupport
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct StateFolder {
        private let files = FileManager.default

        @Test func `a state folder that cannot be made is an alarm; lights go on; all is delivered when it can be`()
            throws
        {
            let camera = try SimulatedCamera()
            let site = try Site(withCentral: true, camera: camera.port, state: "file/state")
            try site.write("no folder", to: "\(site.folder)/file")
            try site.start()
            try site.awaitAlarm(.journalNotWritable, because: "use \(site.folder)/file: Not a directory")
            try site.stop()
            try site.start()
            try site.awaitAlarm(.journalNotWritable)
            try site.awaitReading()
            try site.drive()
            try site.awaitAlarm(.photoStoreFull, because: "the disk failed")
            #expect(site.bank?.state.changes.contains { $0.places == .top } == true, "no tag lights the top place")
            try site.drive(tag: Site.tag)
            try site.reader.settle()
            #expect(site.reader.state.waiting == 1, "the reader keeps its read")
            try files.removeItem(atPath: "\(site.folder)/file")
            try site.awaitNo(.journalNotWritable)
            try site.awaitDelivery()
            try site.wait("an empty reader") { _ in site.reader.state.waiting == 0 }
            try site.drive()
            try site.awaitNo(.photoStoreFull)
            try site.wait("a photo") { $0.lanes[0].photosTaken == 1 }
            let second = try Programs.run("station", ["run", site.configuration])
            #expect(second.code == 75, "the folder is ours by now")
            try site.finish()
        }

        @Test func `systemd is told when the station serves its lanes, that it lives, and that it stops`() throws {
            let site = try Site()
            let systemd = try DatagramSocket("\(site.folder)/notify")
            try site.start(through: ["/usr/bin/env", "NOTIFY_SOCKET=\(site.folder)/notify"])
            let patience = Int32(Site.patience.milliseconds)
            #expect(systemd.next(within: patience) == "READY=1")
            #expect(systemd.next(within: patience) == "READY=1\nWATCHDOG=1")
            try site.finish()
            var last: String?
            while let word = systemd.next(within: 0) { last = word }
            #expect(last == "STOPPING=1")
        }

        @Test func `a journal that is no database is set aside, counted, and a new one begun`() throws {
            let site = try Site(withCentral: true)
            try files.createDirectory(atPath: site.state, withIntermediateDirectories: true)
            let rubbish = String(repeating: "this is no database\n", count: 500)
            try site.write(rubbish, to: "\(site.state)/journal.sqlite")
            try site.start()
            let reason = try site.awaitAlarm(.journalSetAside)
            #expect(reason.contains("it is now \(site.state)/journal.sqlite.set-aside-1"))
            #expect(site.read("\(site.state)/journal.sqlite.set-aside-1") == rubbish)
            try site.awaitReading()
            try site.drive(tag: Site.tag)
            try site.awaitDelivery()
            try site.stop()
            try site.start()
            try site.awaitNo(.journalSetAside)
            try site.finish()
        }

        @Test func `a truncated journal is set aside, and the station delivers from a new one`() throws {
            let site = try siteThatHasDelivered()
            let path = "\(site.state)/journal.sqlite"
            try fold(path)
            let size = try #require(files.contents(atPath: path)).count
            try #require(unsafe truncate(path, off_t(size / 2 + 100)) == 0)
            try site.start()
            #expect(try site.awaitAlarm(.journalSetAside).contains("database disk image is malformed"))
            try site.awaitReading()
            try site.drive(tag: Site.tag)
            try site.awaitDelivery()
            try site.finish()
        }

        @Test func `a journal restored from an old copy is replaced, and its records are not sent again`() throws {
            let site = try siteThatHasDelivered()
            let path = "\(site.state)/journal.sqlite"
            try fold(path)
            try files.copyItem(atPath: path, toPath: "\(site.folder)/copy")
            try site.start()
            try site.awaitReading()
            try site.drive(tag: Site.tag)
            try site.awaitDelivery()
            try site.stop()
            try fold(path)
            try files.removeItem(atPath: path)
            try files.copyItem(atPath: "\(site.folder)/copy", toPath: path)
            try site.start()
            try site.awaitAlarm(.journalReplaced)
            try site.awaitReading()
            try site.drive(tag: Site.tag)
            try site.awaitDelivery()
            try site.finish()
        }

        private func siteThatHasDelivered() throws -> Site {
            let site = try Site(withCentral: true)
            try site.start()
            try site.awaitReading()
            try site.drive(tag: Site.tag)
            try site.awaitDelivery()
            try site.stop()
            return site
        }

        /// Copies the write-ahead log into the journal's file, and takes the log away.
        private func fold(_ path: String) throws {
            let database = try Database(path: path, access: .readWrite)
            // Before its first statement a connection does not know of the log.
            _ = try database.integer("SELECT count(*) FROM record")
            try database.checkpoint()
            _ = consume database
            for ending in ["-wal", "-shm"] where files.fileExists(atPath: path + ending) {
                try files.removeItem(atPath: path + ending)
            }
        }

        @Test func `a second station in the folder ends at once; a killed one leaves nothing in the way`() throws {
            let site = try Site()
            try site.start()
            let second = try Programs.run("station", ["run", site.configuration])
            #expect(second.code == 75)
            #expect(
                second.errors
                    == "another station runs in \(site.state); stop it first, or give this one its own stateFolder\n")
            try site.awaitReading()
            try site.kill()
            #expect(files.fileExists(atPath: "\(site.folder)/control.sock"), "the socket was left behind")
            try site.start()
            try site.drive()
            try site.finish()
        }

        /// Needs the right to mount, as root in CI has.
        @Test(.enabled(if: getuid() == 0))
        func `a full disk takes the journal's reserve, then it is an alarm, and room ends it`() throws {
            let site = try Site(withCentral: true, state: "disk/state")
            try site.write(site.read(site.configuration) + "\n[journal]\nreserve = 200 kB\n", to: site.configuration)
            guard let disk = SmallDisk(at: "\(site.folder)/disk") else {
                Issue.record("root may not mount here")
                return
            }
            site.mounted = "\(site.folder)/disk"
            try site.start()
            try site.awaitReading()
            try site.awaitDelivery()
            try site.awaitFile("\(site.state)/\(Reserve.name)", of: 200_000)
            try disk.fill()
            // What is preallocated in the log takes some vehicles still.
            for _ in 1...50 where !site.isSet(.reserveGone) { try site.drive(tag: Site.tag) }
            #expect(!files.fileExists(atPath: "\(site.state)/\(Reserve.name)"))
            try site.awaitNo(.journalNotWritable)
            try site.awaitDelivery()
            for _ in 1...50 where !site.isSet(.journalNotWritable) { try site.drive(tag: Site.tag) }
            #expect(try site.awaitAlarm(.journalNotWritable).contains("make room on the disk"))
            try site.drive()
            try disk.makeRoom()
            try site.awaitNo(.journalNotWritable)
            try site.awaitDelivery()
            try disk.fill()
            try site.drive(tag: Site.tag)
            try site.finish()
        }
    }
}

/// A file system of a megabyte.
private struct SmallDisk {
    private let path: String
    private var filler: String { "\(path)/filler" }

    init?(at path: String) {
        guard unsafe mkdir(path, 0o755) == 0, unsafe mount("none", path, "tmpfs", 0, "size=1m") == 0 else { return nil }
        self.path = path
    }

    /// Leaves no room at all.
    func fill() throws {
        let file = unsafe open(filler, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        try #require(file >= 0)
        let page = [UInt8](repeating: 0, count: 4_096)
        while unsafe write(file, page, page.count) > 0 {}
        close(file)
    }

    func makeRoom() throws { try FileManager.default.removeItem(atPath: filler) }
}
