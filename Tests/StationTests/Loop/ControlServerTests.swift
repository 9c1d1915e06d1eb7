import Devices
import FoundationEssentials
import Lane
import Testing

@testable import HTTP
@testable import Station

/// A control socket in a folder of its own, with a thread that answers as the decision thread does.
private struct Desk: ~Copyable {
    let socket: String
    let watchers: Watchers
    private let folder: String
    private let mailbox: Mailbox<Event>
    private let server: ControlServer

    init(answering: Bool = true) throws {
        let folder = "/tmp/station-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let (mailbox, desk, watchers) = (try Mailbox<Event>(bound: 16), ReplyDesk<StatusReport>(), Watchers())
        let socket = folder + "/control.sock"
        let server = try ControlServer(
            socket: socket, group: nil, mailbox: mailbox, desk: desk, watchers: watchers)
        if answering { Self.answer(mailbox, desk) } else { desk.finish() }
        (self.folder, self.socket, self.mailbox, self.watchers) = (folder, socket, mailbox, watchers)
        self.server = server
    }

    private static func answer(_ mailbox: Mailbox<Event>, _ desk: ReplyDesk<StatusReport>) {
        var world = StationWorld()
        world.begin()
        let report = world.machine.report(at: world.now)
        _ = WorkerThread(named: "answers") {
            do {
                while let batch = try mailbox.waitForAll() {
                    for case .status(let question) in batch { desk.answer(question, report) }
                }
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    var client: StationClient { StationClient(socket: socket) }

    func ask(_ method: HTTP.Method, _ path: String) throws -> Response {
        var client = Client()
        return try client.perform(Request(method, try Endpoint("unix:\(socket)"), path))
    }

    consuming func stop() {
        mailbox.close()
        let (watchers, folder) = (watchers, folder)
        server.stop(watchers)
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record("\(error)") }
    }
}

@Suite struct `The control socket` {
    private let notice = PassageNotice(
        moment: .decided, sequence: Sequence(1), lane: LaneNumber(1), utc: UTC(milliseconds: 0), outcome: .approved,
        tag: TestList.tag(StationWorld.digits), aspect: "green", photos: 0, flags: [], decidedAfter: .zero)

    @Test func `answers the status as JSON`() throws {
        let desk = try Desk()
        let response = try desk.ask(.get, "/status")
        #expect(response.status == 200)
        let report = try desk.client.report()
        #expect(report.station == 42 && report.lanes.map(\.lane) == [1, 2])
        #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("\n}\n"))
        desk.stop()
    }

    @Test func `knows two paths, and GET only`() throws {
        let desk = try Desk()
        #expect(try desk.ask(.get, "/").status == 404)
        #expect(try desk.ask(.get, "/status/x").status == 404)
        #expect(try desk.ask(.post, "/status").status == 405)
        #expect(try desk.ask(.put, "/watch").status == 405)
        desk.stop()
    }

    @Test func `says so when the decision thread does not answer`() throws {
        let desk = try Desk(answering: false)
        #expect(try desk.ask(.get, "/status").status == 503)
        let error = #expect(throws: StationClient.Unanswered.self) { try StationClient(socket: desk.socket).report() }
        #expect(error?.description == "the decision thread does not answer")
        desk.stop()
    }

    @Test(arguments: [false, true]) func `delivers passages to those who watch`(clear: Bool) throws {
        let desk = try Desk()
        let lines = try Mailbox<WatchLine>(bound: 4_096)
        let client = desk.client
        let thread = WorkerThread(named: "watch") {
            do {
                try client.watch(clear: clear) { _ = lines.offer($0) }
            } catch {
                Issue.record("\(error)")
            }
        }
        var poller = Poller(slots: 1)
        poller.watch(0, lines.descriptor)
        // The watcher joins when its request has come; until then nobody is told.
        while poller[0].isEmpty {
            desk.watchers.tell(notice)
            try poller.wait(until: MonotonicClock.now() + .milliseconds(5))
        }
        #expect(lines.takeAll().allSatisfy { $0 == WatchLine(notice, clear: clear) })
        desk.watchers.finish()
        let hasEnded = thread.join(within: .seconds(30))
        #expect(hasEnded, "the stream ends with the station")
        desk.stop()
    }

    @Test func `has a bound on those who watch, and says so`() throws {
        let desk = try Desk()
        let outboxes = (0..<Watchers.most).map { _ in desk.watchers.join(clear: false) }
        #expect(outboxes.allSatisfy { $0 != nil } && desk.watchers.join(clear: false) == nil)
        let socket = desk.socket
        let error = #expect(throws: StationClient.Unanswered.self) { try StationClient(socket: socket).watch { _ in } }
        #expect(error?.description == "too many are watching already")
        outboxes.first??.close()
        #expect(desk.watchers.join(clear: false) != nil, "the place of one that went is free")
        desk.stop()
    }

    @Test func `cuts off a watcher that does not keep up, and holds nobody back`() throws {
        let watchers = Watchers()
        let (slow, other) = (try #require(watchers.join(clear: false)), try #require(watchers.join(clear: true)))
        for _ in 0..<10_000 where !slow.isClosed { watchers.tell(notice) }
        #expect(slow.isClosed && other.isClosed)
        watchers.finish()
    }

    @Test func `answers root, the station's own user and its group, and nobody else`() {
        func caller(_ user: UInt32, _ groups: Set<UInt32>) -> Peer {
            .local(.init(process: 1, user: user, groups: groups))
        }
        #expect(ControlServer.isAllowed(caller(0, []), group: nil))
        #expect(ControlServer.isAllowed(caller(54_321, [7, 8]), group: 8))
        #expect(!ControlServer.isAllowed(caller(54_321, [7, 8]), group: 9))
        #expect(!ControlServer.isAllowed(caller(54_321, [7, 8]), group: nil))
        #expect(!ControlServer.isAllowed(.network, group: 8))
    }

    @Test func `that is not there is one line`() {
        let error = #expect(throws: (any Error).self) {
            try StationClient(socket: "/tmp/no-such-station.sock").report()
        }
        #expect(!"\(error.map { "\($0)" } ?? "")".contains("\n"))
        #expect(StationClient(socket: "/tmp/no-such-station.sock").status() == nil)
    }
}
