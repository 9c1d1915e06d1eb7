import Devices
import FoundationEssentials
import Glibc
import Lane
import Testing

@testable import Station

extension ProcessTests {
    @Suite struct Central {
        @Test func `whatever central answers, vehicles are decided, and everything is delivered once it is well`()
            throws
        {
            let site = try Site(withCentral: true)
            let central = try #require(site.central)
            try site.start()
            try site.awaitReading()
            try site.awaitNo(.noList)
            for (manner, words) in Self.bad {
                central.manner = manner
                try site.drive(tag: Site.tag)
                try site.awaitAlarm(.centralUnreachable, because: words)
                central.manner = .well
                try site.awaitNo(.centralUnreachable)
                try site.awaitDelivery()
            }
            central.close()
            for (words, complaint) in Self.blunt {
                let server = try BluntServer(port: central.port, saying: words)
                try site.drive(tag: Site.tag)
                try site.awaitAlarm(.centralUnreachable, because: complaint)
                server.stop()
            }
            try site.drive(tag: Site.tag)
            try site.awaitAlarm(.centralUnreachable, because: "connection refused; nothing listens there")
            try site.stop()
            try site.start()
            try site.awaitAlarm(.centralUnreachable)
            try central.open()
            try site.awaitDelivery()
            try site.awaitNo(.centralUnreachable)
            try site.finish()
        }

        private static let bad: [(CentralFront.Manner, String)] = [
            (.status(500), "central answered 500"),
            (.says("<!DOCTYPE html><title>Welcome to our hotel</title>"), "200 with something that is no answer"),
            (.says(""), "200 with something that is no answer"),
            (.redirects, "central answered 301; redirects are not followed, check the address of central"),
            (.forAnotherJournal, "the answer is for another journal"),
        ]

        private static let blunt = [
            ("", "connection lost before the answer ended"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{", "connection lost before the answer ended"),
            ("SSH-2.0-OpenSSH_9.2p1\r\n", "the answer is not HTTP"),
        ]

        @Test func `a central server that hangs is an alarm after a while, and stops nothing`() throws {
            let site = try Site(withCentral: true)
            let central = try #require(site.central)
            try site.start()
            try site.awaitReading()
            try site.awaitDelivery()
            central.signal(SIGSTOP)
            try site.drive(tag: Site.tag)
            try site.awaitAlarm(.centralUnreachable, because: "no byte for 20 s")
            try site.drive()
            try site.stop()
            try site.start()
            central.signal(SIGCONT)
            try site.awaitDelivery()
            try site.awaitNo(.centralUnreachable)
            try site.finish()
        }

        @Test func `a list that is damaged, not signed by the key, or older is refused, and the old one stays`() throws
        {
            let site = try Site(withCentral: true)
            let central = try #require(site.central)
            let path = "\(central.folder)/lists/agreements.list"
            let first = try bytes(path)
            try central.publish(["\(Site.tag) approved", "1000000022 blocked"])
            try site.start()
            let version = try #require(site.wait("a list") { $0.list != nil }.list)
            // Nothing new is offered until the bad ones are.
            central.manner = .gives(list: first, as: ListVersion(epoch: version.epoch, version: version.version))
            try central.publish(["\(Site.tag) approved", "1000000022 approved"])
            let next = ListVersion(epoch: version.epoch, version: version.version + 1)
            for (list, words) in Self.bad(try bytes(path), older: first) {
                central.manner = .gives(list: list, as: next)
                try site.awaitAlarm(.listRefused, because: words)
                let now = try #require(site.wait("a list") { _ in true }.list)
                #expect(now.version == version.version && now.agreements == 2)
                try site.drive(tag: Site.tag)
            }
            central.manner = .well
            try site.wait("the next list") { $0.list?.version == next.version }
            try site.awaitNo(.listRefused)
            try site.awaitDelivery()
            try site.finish()
        }

        @Test
        func `a list file that is cut under the running station gives way to the one before, until it comes again`()
            throws
        {
            let site = try Site(withCentral: true)
            let central = try #require(site.central)
            try site.start()
            let first = try #require(site.wait("a list") { $0.list != nil }.list)
            let older = try bytes("\(central.folder)/lists/agreements.list")
            try central.publish(["\(Site.tag) approved", "1000000022 blocked"])
            try site.wait("the next list") { $0.list?.version == first.version + 1 }
            try site.awaitReading()
            // It is not to come again before it was missed.
            central.manner = .gives(list: older, as: ListVersion(epoch: first.epoch, version: first.version))
            #expect(unsafe truncate("\(site.state)/agreements.list", 0) == 0)
            try site.drive(tag: Site.tag)
            try site.awaitAlarm(.listDamaged, because: "not all of the list can be read from the disk")
            try site.awaitLogged("list.unreadable")
            try site.wait("the list before") { $0.list?.version == first.version }
            try site.drive(tag: Site.tag)
            central.manner = .well
            try site.awaitNo(.listDamaged)
            try site.wait("the next list again") { $0.list?.version == first.version + 1 }
            try site.finish()
        }

        /// The same list with one thing wrong, and a whole one that is older.
        private static func bad(_ good: [UInt8], older: [UInt8]) -> [([UInt8], String)] {
            var unsigned = good
            unsigned[256] ^= 1
            var damaged = good
            damaged[good.count - 1] ^= 1
            return [
                (unsigned, "list's signature is wrong"), (damaged, "list's content is damaged"),
                (Array(good.dropLast(5)), "list has \(good.count - 5) bytes of \(good.count)"),
                (Array("<!DOCTYPE html>".utf8), "bytes of"), (older, "is not higher than"),
            ]
        }

        private func bytes(_ path: String) throws -> [UInt8] {
            Array(try #require(FileManager.default.contents(atPath: path)))
        }
    }
}
