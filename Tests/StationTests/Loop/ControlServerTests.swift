import Devices
import Exchange
import FoundationEssentials
import Glibc
import Lane
import Sync
import Testing

@testable import HTTP
@testable import Station

/// A control socket in a folder of its own, with a thread that answers as the decision thread does.
private struct Desk: ~Copyable {
    /// The number that its list approves; a printed one.
    static let approved = "1234567890"
    let socket: String
    let watchers: Watchers
    private let folder: String
    private let mailbox: Mailbox<Event>
    private let server: ControlServer

    init(answering: Bool = true, group: UInt32? = nil) throws {
        let folder = "/tmp/station-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let (mailbox, desk, watchers) = (try Mailbox<Event>(bound: 16), ReplyDesk<Answer>(), Watchers())
        let socket = folder + "/control.sock"
        let server = try ControlServer(
            socket: socket, group: group, mailbox: mailbox, desk: desk, watchers: watchers)
        if answering { Self.answer(mailbox, desk, try Self.list) } else { desk.finish() }
        (self.folder, self.socket, self.mailbox, self.watchers) = (folder, socket, mailbox, watchers)
        self.server = server
    }

    private static var list: AgreementList {
        get throws { try TestList.list([(try TagNumber(printed: approved), .agreement(Agreement(.approved)))]) }
    }

    private static func answer(_ mailbox: Mailbox<Event>, _ desk: ReplyDesk<Answer>, _ list: AgreementList) {
        var world = StationWorld()
        world.begin()
        world.load(list)
        let (machine, now) = (world.machine, world.now)
        _ = WorkerThread(named: "answers") {
            do {
                while let batch = try mailbox.waitForAll() {
                    for case .asked(let number, let question) in batch {
                        switch question {
                        case .listBack: desk.answer(number, .list(ListReply(isDone: true, text: "back")))
                        case .listAdopt(let paths):
                            desk.answer(number, .list(ListReply(isDone: false, text: paths.joined(separator: " "))))
                        case .status, .lookup: desk.answer(number, machine.answer(to: question, at: now))
                        }
                    }
                }
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    var client: StationClient { StationClient(socket: socket) }

    func ask(_ method: HTTP.Method, _ path: String, _ body: String = "") throws -> Response {
        var client = Client()
        return try client.perform(Request(method, try Endpoint("unix:\(socket)"), path, body: Array(body.utf8)))
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
        tag: TestList.tag(StationWorld.digits), aspect: "green", photos: 0, flags: [], motion: nil, decidedAfter: .zero)

    @Test func `answers the status as JSON`() throws {
        let desk = try Desk()
        let response = try desk.ask(.get, "/status")
        #expect(response.status == 200)
        let report = try desk.client.report()
        #expect(report.station == 42 && report.lanes.map(\.lane) == [1, 2])
        #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("\n}\n"))
        desk.stop()
    }

    @Test func `says what the list in force says of a tag, whose number comes in the body and in no answer`() throws {
        let desk = try Desk()
        let report = try desk.client.lookup("12 345 67 890")
        #expect(report.list?.name == "national" && report.list?.version == 1 && report.list?.agreements == 1)
        #expect(report.list?.file == "/var/lib/bomstasjon/national.list" && report.list?.isStale == false)
        #expect(report.outcome == "approved" && report.resultOp == 0 && report.light == "green" && !report.photo)
        #expect(try desk.client.lookup("1234567891").outcome == "notOnList")
        let answer = try desk.ask(.post, "/lookup", Desk.approved)
        #expect(answer.status == 200 && !String(decoding: answer.body, as: UTF8.self).contains(Desk.approved))
        for wrong in ["", "123456789", "12345678x0", "pan:12345"] {
            let refusal = try desk.ask(.post, "/lookup", wrong)
            #expect(refusal.status == 400)
            #expect(wrong.isEmpty || !String(decoding: refusal.body, as: UTF8.self).contains(wrong))
        }
        #expect(try desk.ask(.post, "/lookup", String(repeating: "1", count: 65)).status == 413)
        #expect(try desk.ask(.get, "/lookup").status == 405)
        desk.stop()
    }

    @Test(arguments: [true, false])
    func `is asked by the command lookup, which takes the list on the disk where no station answers`(isThere: Bool)
        throws
    {
        let desk = try Desk()
        let folder = desk.socket.dropLast("/control.sock".count)
        let socket = isThere ? desk.socket : "\(folder)/none.sock"
        let text = ConfigurationSample.least.changing(
            "id = 42\n", to: "id = 42\nstateFolder = \(folder)\ncontrolSocket = \(socket)\n")
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/station.conf"))
        let (lines, notes) = (try Mailbox<String>(bound: 64), try Mailbox<String>(bound: 64))
        let console = Console(line: { _ = lines.offer($0) }, note: { _ = notes.offer($0) })
        let code = StationCommands.program.run(["lookup", Desk.approved, "\(folder)/station.conf"], console)
        let (said, noted) = (lines.takeAll(), notes.takeAll())
        #expect(code == .ok && said.count == 9)
        #expect(said.contains { $0.hasPrefix("list     national 1.1, 1 agreements, issued ") } == isThere)
        #expect(said.contains("issuer   everybody's tags are accepted: there is no [issuer]"))
        #expect(said.contains("says     approved") == isThere && said.contains("list     none") != isThere)
        #expect(noted.first?.hasPrefix("no running station answers") == (isThere ? nil : true))
        #expect(!(said + noted).joined().contains(Desk.approved))
        desk.stop()
    }

    @Test func `cannot be connected to by others: owner only, or owner and group`() throws {
        for group in [nil, getegid()] as [UInt32?] {
            let desk = try Desk(group: group)
            var information = stat()
            #expect(unsafe stat(desk.socket, &information) == 0)
            #expect(information.st_mode & 0o7777 == (group == nil ? 0o600 : 0o660))
            #expect(information.st_uid == geteuid() && information.st_gid == getegid())
            desk.stop()
        }
    }

    @Test func `takes orders about the list, and says when they are done`() throws {
        let desk = try Desk()
        #expect(try desk.client.back() == ListReply(isDone: true, text: "back"))
        #expect(try desk.client.adopt(["/a", "/b"]) == ListReply(isDone: false, text: "/a /b"))
        for wrong in ["", "[]", "[\"a\"]", "{}", "/a"] {
            #expect(try desk.ask(.post, "/list/adopt", wrong).status == 400)
        }
        #expect(try desk.ask(.get, "/list/answer").status == 400)
        #expect(try desk.ask(.get, "/list/answer?number=999").status == 404)
        desk.stop()
    }

    @Test func `gives an order a number when it takes long, by which its answer is fetched`() throws {
        let desk = try Desk(answering: false)
        let first = try desk.ask(.post, "/list/back")
        #expect(first.status == 202)
        let number = String(decoding: first.body, as: UTF8.self).filter(\.isNumber)
        #expect(try desk.ask(.get, "/list/answer?number=\(number)").status == 202, "it waits still")
        desk.stop()
    }

    @Test func `knows its paths, and one method of each`() throws {
        let desk = try Desk()
        #expect(try desk.ask(.get, "/").status == 404)
        #expect(try desk.ask(.get, "/status/x").status == 404)
        #expect(try desk.ask(.post, "/status").status == 405)
        #expect(try desk.ask(.put, "/watch").status == 405)
        #expect(try desk.ask(.get, "/list/back").status == 405)
        #expect(try desk.ask(.post, "/list/answer?number=1").status == 405)
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
        #expect(ControlServer.mayOrder(caller(0, [])) && ControlServer.mayOrder(caller(getuid(), [])))
        #expect(!ControlServer.mayOrder(caller(54_321, [7, 8])) && !ControlServer.mayOrder(.network))
    }

    @Test func `that is not there is one line`() {
        let error = #expect(throws: (any Error).self) {
            try StationClient(socket: "/tmp/no-such-station.sock").report()
        }
        #expect(!"\(error.map { "\($0)" } ?? "")".contains("\n"))
        #expect(StationClient(socket: "/tmp/no-such-station.sock").status() == nil)
    }
}
