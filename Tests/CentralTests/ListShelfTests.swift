import Exchange
import HTTP
import Lane
import Storage
import Synchronization
import Testing

@testable import Central

/// A clock that a test sets.
private final class ManualClock: Sendable {
    let now = Mutex(Instant(nanoseconds: 1_000_000_000_000))
    func forward(_ interval: Interval) { now.withLock { $0 = $0 + interval } }
}

@Suite struct `The shelf of lists` {
    private let fixture: CentralFixture
    private let publisher: ListPublisher

    init() throws {
        fixture = try CentralFixture()
        _ = fixture.central("keys")
        publisher = try ListPublisher(folder: fixture.folder)
    }

    private func offer(_ server: borrowing CentralServer, after version: String? = nil) throws -> ListOffer {
        let answer = try server.ask(.get, "/v1/lists/agreements" + (version.map { "?after=\($0)" } ?? ""))
        #expect(answer.status == 200)
        return try ListOffer(json: answer.body)
    }

    @Test func `offers a list as soon as it is published, and gives it out whole and in pieces`() throws {
        let server = try fixture.server()
        #expect(try server.ask(.get, "/v1/lists/agreements").status == 404)
        for number in UInt32(1)...3 {
            let version = try publisher.publish("1234567890 approved").version
            let offer = try offer(server)
            #expect(offer.version == version && offer.version.version == number && offer.newest == version)
            #expect(offer.name == "agreements" && offer.kind == .whole && offer.after == nil)
            let plain = "/v1/lists/agreements/\(version.dotted).list"
            let whole = try server.ask(.get, plain)
            #expect(whole.status == 200 && whole.body.count == offer.listBytes)
            #expect(try AgreementList(bytes: whole.body, trusting: [publisher.publicKey]).version == version)
            let first = try server.ask(.get, plain, headers: ["Range": "bytes=0-99"])
            let rest = try server.ask(.get, plain, headers: ["Range": "bytes=100-"])
            #expect(first.status == 206 && first.body + rest.body == whole.body)
            #expect(first.headers["ETag"] == whole.headers["ETag"] && rest.headers["ETag"] == whole.headers["ETag"])
            #expect(try server.ask(.get, "/v1/lists/agreements?after=\(version.dotted)").status == 304)
        }
        server.stop()
    }

    @Test func `says of a whole list and of a change how long it is until it is used`() throws {
        let shelf = fixture.shelf { Instant(nanoseconds: 1) }
        var settings = ListPublisher.Settings()
        let text = (0..<100).map { "10000000\($0 / 10)\($0 % 10) approved" }.joined(separator: "\n")
        for wait in [30, 90] {
            settings.activeFrom = UTC(milliseconds: CentralFixture.now.milliseconds + Int64(wait) * 1_000)
            let last = try publisher.current(AgreementList.defaultName)?.version
            try publisher.publish(wait == 30 ? text : text + "\n1000000100 denied", settings)
            guard case .bytes(let bytes) = shelf.offer("agreements", after: last).body else {
                Issue.record("no offer")
                return
            }
            let offer = try ListOffer(json: bytes)
            #expect(offer.activeIn == wait && offer.kind == (wait == 30 ? .whole : .change))
        }
    }

    @Test func `names other contents by other tags, also over restarts`() throws {
        let version = try publisher.publish("1234567890 approved").version
        let path = "/v1/lists/agreements/\(version.dotted).list"
        var tags: [String?] = []
        for _ in 1...2 {
            let server = try fixture.server()
            tags.append(try server.ask(.get, path).headers["ETag"])
            server.stop()
        }
        #expect(tags[0] != nil && tags[0] == tags[1])
        // A central server that was restored and publishes another list under the same name.
        let file = fixture.folder.list("agreements", ListFile(version, .whole))
        try DurableFile.replace(file, with: try fixture.read("lists/agreements.list"))
        let server = try fixture.server()
        let answer = try server.ask(
            .get, path, headers: ["Range": "bytes=100-", "If-Range": try #require(tags[0])])
        #expect(answer.status == 200 && answer.headers["ETag"] != tags[0])
        server.stop()
    }

    @Test func `gives out a list that was published before there was a history`() throws {
        let version = try publisher.publish("1234567890 approved").version
        for file in try ListHistory.files(of: "agreements", in: fixture.folder).keys {
            try delete(fixture.folder.list("agreements", file))
        }
        let server = try fixture.server()
        let offer = try offer(server)
        #expect(offer.encoding == .identity && offer.version == version)
        #expect(try server.ask(.get, offer.path).body.count == offer.bytes)
        server.stop()
    }

    @Test func `gives out nothing that is not published yet`() throws {
        let version = try publisher.publish("1234567890 approved").version
        let next = ListVersion(epoch: version.epoch, version: 2)
        let built = fixture.folder.list("agreements", ListFile(next, .whole))
        try DurableFile.replace(built, with: try fixture.read("lists/agreements.list"))
        let server = try fixture.server()
        #expect(try offer(server).newest == version)
        #expect(try server.ask(.get, "/v1/lists/agreements/\(next.dotted).list").status == 404)
        server.stop()
    }

    @Test(arguments: [0, 256, 330]) func `does not give out a list that is damaged`(place: Int) throws {
        try publisher.publish("1234567890 approved")
        var bytes = try fixture.read("lists/agreements.list")
        bytes[place] ^= 1
        try DurableFile.replace(fixture.folder.list("agreements"), with: bytes)
        for file in try ListHistory.files(of: "agreements", in: fixture.folder).keys {
            try delete(fixture.folder.list("agreements", file))
        }
        let server = try fixture.server()
        for _ in 1...2 {
            let answer = try server.ask(.get, "/v1/lists/agreements")
            #expect(answer.status == 503 && answer.headers["Retry-After"] == "5")
        }
        server.stop()
        #expect(fixture.said.withLock { $0.notes.count } == 2)
    }

    @Test func `does not give out a list of a key that is not its own`() throws {
        try publisher.publish("1234567890 approved")
        let other = try CentralFixture()
        _ = other.central("keys")
        try delete(fixture.folder.publicKey)
        try PublicKey(file: other.folder.publicKey).write(to: fixture.folder.publicKey)
        let server = try fixture.server()
        #expect(try server.ask(.get, "/v1/lists/agreements").status == 503)
        server.stop()
    }

    @Test func `tells stations to wait, each for another time, while too many fetch, and lets the first ones end`()
        throws
    {
        let version = try publisher.publish("1234567890 approved").version
        let clock = ManualClock()
        let shelf = fixture.shelf(ListShelf.Limits(fetches: 2, free: 0)) { clock.now.withLock { $0 } }
        let file = ListFile(version, .whole)
        var underWay = (1...2).map { _ in shelf.file("agreements", file, isFirst: true) }
        #expect(underWay.allSatisfy { $0.status == 200 && $0.hold != nil })
        let waiting = (1...3).map { _ in shelf.offer("agreements", after: nil) }
        #expect(waiting.map(\.status) == [503, 503, 503])
        #expect(waiting.map { $0.headers["Retry-After"] } == ["5", "6", "7"])
        #expect(shelf.file("agreements", file, isFirst: true).status == 503)
        #expect(shelf.file("agreements", file, isFirst: false).status == 200)
        underWay.removeLast()
        #expect(shelf.offer("agreements", after: nil).status == 200)
        // Who has the newest version waits for nobody.
        underWay.append(shelf.file("agreements", file, isFirst: true))
        #expect(shelf.offer("agreements", after: version).status == 304)
    }

    @Test func `lets small files pass by the gate`() throws {
        let version = try publisher.publish("1234567890 approved").version
        let clock = ManualClock()
        let shelf = fixture.shelf(ListShelf.Limits(fetches: 0)) { clock.now.withLock { $0 } }
        #expect(shelf.offer("agreements", after: nil).status == 200)
        #expect(shelf.file("agreements", ListFile(version, .whole), isFirst: true).hold == nil)
    }

    @Test func `keeps a file open for who has begun to fetch it, though it is tidied away meanwhile, and for a time`()
        throws
    {
        let version = try publisher.publish("1234567890 approved").version
        let clock = ManualClock()
        let shelf = fixture.shelf(ListShelf.Limits(free: 0)) { clock.now.withLock { $0 } }
        let file = ListFile(version, .whole)
        let tag = shelf.file("agreements", file, isFirst: true).headers["ETag"]
        for _ in 1...3 { try publisher.publish("1234567890 blocked") }
        #expect(FileStamp(of: fixture.folder.list("agreements", file)) == nil)
        for _ in 1...3 {
            clock.forward(HeldFiles.longest)
            #expect(shelf.file("agreements", file, isFirst: false).headers["ETag"] == tag)
        }
        clock.forward(HeldFiles.longest + .seconds(1))
        #expect(shelf.file("agreements", file, isFirst: false).status == 404)
    }
}
