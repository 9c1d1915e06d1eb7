import Exchange
import HTTP
import Lane
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Sync

/// The link against a real server that answers as it is told, and notes what it was asked.
@Suite struct CentralLinkTests {
    /// What the server was asked, and what it answers.
    private final class Script: Sendable {
        let asked = Mutex<[ServerRequest]>([])
        let answer: @Sendable (ServerRequest) -> ServerResponse
        init(_ answer: @escaping @Sendable (ServerRequest) -> ServerResponse) { self.answer = answer }

        func take(_ request: ServerRequest) -> ServerResponse {
            asked.withLock { $0.append(request) }
            return answer(request)
        }
    }

    let folder: TemporaryFolder
    let journal: JournalID
    init() throws {
        folder = try TemporaryFolder()
        var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
        _ = try journal.commit((1...150).map { .seal(write($0, event, stamp(Int64($0)))) })
        self.journal = journal.opened.journal
    }

    private func server(_ script: Script) throws -> Server {
        try Server(ServerSettings(address: ListenAddress("unix:" + (folder / "http")))) { script.take($0) }
    }

    private func link() throws -> CentralLink {
        CentralLink(
            client: Client(), endpoint: try Endpoint("unix:" + (folder / "http")), station: StationID(42),
            folder: folder.path)
    }

    private func send(_ link: inout CentralLink, from: UInt64, records: Int = 500, bytes: Int = 1 << 20) -> UploadAnswer
    {
        link.send(journal, from: Sequence(from), mostRecords: records, mostBytes: bytes)
    }

    @Test func `records are sent as they are on the disk, from the sequence on, within the bounds`() throws {
        let answer = BatchAnswer(journal: journal, contiguous: Sequence(3), digest: .zero)
        let script = Script { _ in .json(200, answer.json) }
        let server = try server(script)
        var link = try link()
        let lines = try JournalReader(folder: folder.path).records(from: Sequence(1)).map(\.line)
        let ours = lines[2].digest
        #expect(send(&link, from: 1, records: 3) == .batch(answer, ours: ours))
        #expect(send(&link, from: 2, bytes: 1) == .batch(answer, ours: ours))
        #expect(send(&link, from: 149) == .batch(answer, ours: ours))
        #expect(send(&link, from: 1) == .batch(answer, ours: ours))
        let asked = script.asked.withLock { $0 }
        #expect(asked.map(\.path) == Array(repeating: "/v1/stations/42/journals/\(journal.hex)/records", count: 4))
        #expect(asked.map(\.method) == Array(repeating: .post, count: 4))
        #expect(asked[0].body == lines[..<3].flatMap(\.bytes))
        #expect(asked[1].body == lines[1].bytes)
        #expect(asked[2].body.filter { $0 == 0x0A }.count == 2)
        #expect(asked[3].body.filter { $0 == 0x0A }.count == 150)
        server.stop()
    }

    @Test func `after a question for the position nothing is sent that was read before it`() throws {
        let position = PositionAnswer(journal: journal, contiguous: Sequence(50), digest: .zero)
        let batch = BatchAnswer(journal: journal, contiguous: Sequence(50), digest: .zero)
        let server = try server(Script { $0.method == .get ? .json(200, position.json) : .json(200, batch.json) })
        var link = try link()
        let ours = try JournalReader(folder: folder.path).digest(of: Sequence(50))
        #expect(send(&link, from: 1, records: 50) == .batch(batch, ours: ours))
        let damaged = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
        try damaged.database.execute("UPDATE record SET body = x'7b7d' WHERE sequence = 51")
        #expect(link.askPosition(of: journal) == .position(position, ours: ours))
        guard case .damaged(at: Sequence(51), _) = send(&link, from: 51, records: 50) else {
            Issue.record("the damaged record was not read again")
            return
        }
        server.stop()
    }

    @Test func `the position comes with the digest that we have there`() throws {
        for (contiguous, isKnown) in [(0, true), (7, true), (151, false)] as [(UInt64, Bool)] {
            let answer = PositionAnswer(journal: journal, contiguous: Sequence(contiguous), digest: .zero)
            let server = try server(Script { _ in .json(200, answer.json) })
            var link = try link()
            let ours = try JournalReader(folder: folder.path).digest(of: Sequence(contiguous))
            #expect((ours != nil) == isKnown)
            #expect(link.askPosition(of: journal) == .position(answer, ours: ours))
            server.stop()
        }
    }

    @Test(arguments: [
        (ServerResponse.text(500, "oops"), "central answered 500"),
        (.text(200, "<html>log in</html>"), "central answered 200 with something that is no answer"),
        (.json(200, Array("{}".utf8)), "central answered 200 with something that is no answer"),
        (
            ServerResponse(status: 301, headers: ["Location": "http://elsewhere"]),
            "central answered 301; redirects are not followed, check the address of central"
        ),
        (.text(409, "no refusal"), "central answered 409"),
    ])
    func `what is not central's answer means nothing`(_ response: ServerResponse, _ reason: String) throws {
        let server = try server(Script { _ in response })
        var link = try link()
        #expect(link.askPosition(of: journal) == .later(reason, notBefore: nil))
        #expect(send(&link, from: 1) == .later(reason, notBefore: nil))
        server.stop()
    }

    @Test func `nothing there is later too`() throws {
        var link = try link()
        guard case .later(let reason, nil) = send(&link, from: 1) else {
            Issue.record("not later")
            return
        }
        #expect(reason.hasSuffix("no such socket; is the program running?"))
    }

    @Test func `central's refusals and its Retry-After are understood`() throws {
        let gap = Refusal(.gap, expected: Sequence(2), message: "missing")
        var server = try server(Script { _ in .json(409, gap.json) })
        var link = try link()
        #expect(send(&link, from: 3) == .refused(gap))
        server.stop()
        let busy = Refusal(.unavailable, message: "the disk is full")
        server = try self.server(
            Script { _ in ServerResponse(status: 503, headers: ["Retry-After": "5"], body: .bytes(busy.json)) })
        #expect(
            send(&link, from: 3) == .later("central answered 503: the disk is full", notBefore: .seconds(5)))
        server.stop()
        let tooMany = Refusal(.tooMany, message: "slower")
        server = try self.server(
            Script { _ in ServerResponse(status: 429, headers: ["Retry-After": "3"], body: .bytes(tooMany.json)) })
        #expect(send(&link, from: 3) == .later("central answered 429: slower", notBefore: .seconds(3)))
        server.stop()
    }

    @Test(arguments: [
        ("no\nALARM fake \u{1B}[2J tag 1234567890", "no?ALARM fake ?[2J tag #"),
        (String(repeating: "x", count: 200_000), String(repeating: "x", count: 200)),
    ])
    func `central's words are fit to be shown, whatever they are of`(_ words: String, _ shown: String) throws {
        var server = try server(Script { _ in .json(409, Refusal(.gap, message: words).json) })
        var link = try link()
        #expect(link.askPosition(of: journal) == .refused(Refusal(.gap, message: shown)))
        #expect(send(&link, from: 1) == .refused(Refusal(.gap, message: shown)))
        server.stop()
        server = try self.server(Script { _ in .json(404, Refusal(.notFound, message: words).json) })
        #expect(link.askList("national", after: nil) == .refused("central answered 404: \(shown)"))
        let download = ListDownload(folder: folder.path, name: "national")
        let piece = link.fetchPiece(of: .sample(), into: download)
        // An answer in place of a piece has to be shorter than this.
        let isRead = words.utf8.count < 60_000
        #expect(!isRead || piece == .beginAnew("central answered 404: \(shown)"))
        server.stop()
        let rejection = BatchAnswer.Rejection(sequence: Sequence(2), reason: words)
        let answer = BatchAnswer(journal: journal, contiguous: Sequence(3), digest: .zero, rejected: [rejection])
        server = try self.server(Script { _ in .json(200, answer.json) })
        guard case .batch(let taken, _) = send(&link, from: 1) else {
            Issue.record("no answer")
            return
        }
        #expect(taken.rejected.map(\.reason) == [shown])
        server.stop()
        let response = Response(
            status: 409, headers: [:], body: Refusal(.otherDigest, message: words).json)
        let name = PhotoName(sequence: Sequence(1), camera: "front", number: 1)
        #expect(PhotoAnswer(response, name) == .refused(name, reason: shown))
    }

    @Test func `a record that is not there, and a journal that was begun anew, are not sent`() throws {
        let script = Script { _ in .text(500, "asked") }
        let server = try server(script)
        var link = try link()
        guard case .damaged(at: Sequence(151), let reason) = send(&link, from: 151) else {
            Issue.record("not damaged")
            return
        }
        #expect(reason == "read the journal: record 151 is not here")
        _ = try Journal.open(folder: folder.path, context: context, stamp: stamp(1), settingAside: true)
        #expect(send(&link, from: 1) == .later("the journal was begun anew", notBefore: nil))
        server.stop()
    }

    // MARK: Photos and lists

    @Test func `a photo is sent with its digest, and counts as sent only by central's word`() throws {
        let image = [UInt8]((0..<200_000).map { UInt8(truncatingIfNeeded: $0) })
        try DurableFile.replace(folder / "a.jpg", with: image)
        let digest = Digest(of: image)
        do {
            var journal = try Journal.open(folder: folder.path, context: context, stamp: stamp(0))
            let results = [photo(.stored(digest, bytes: image.count, at: second(1)), camera: 1)]
            _ = try journal.commit([.seal(write(151, .passage(passage(1), photos: results), stamp(1)))])
        }
        let name = PhotoName(sequence: Sequence(151), camera: "rear", number: 1)
        let answers: [(ServerResponse, PhotoAnswer)] = [
            (.json(200, Array(#"{"status":"kept"}"#.utf8)), .sent(name)),
            (.text(200, "<html>"), .later("central answered 200, which is not central's answer", notBefore: nil)),
            (.json(404, Refusal(.notYet, message: "wait").json), .notYet(name)),
            (.json(404, Refusal(.notFound, message: "no").json), .later("central answered 404: no", notBefore: nil)),
            (.json(409, Refusal(.otherDigest, message: "another").json), .refused(name, reason: "another")),
        ]
        for (response, expected) in answers {
            let script = Script { _ in response }
            let server = try server(script)
            var link = try link()
            let path = folder / "a.jpg"
            #expect(link.sendPhoto(of: journal, after: nil, upTo: Sequence(151), file: { _ in path }) == expected)
            let asked = script.asked.withLock { $0 }
            #expect(asked.map(\.path) == ["/v1/stations/42/journals/\(journal.hex)/photos/151/rear/1"])
            #expect(asked.first?.body == image)
            #expect(asked.first?.headers["Content-Digest-BLAKE2b"] == digest.hex)
            server.stop()
        }
        var link = try link()
        #expect(
            link.sendPhoto(of: journal, after: nil, upTo: Sequence(151), file: { _ in "/nowhere" })
                == .refused(name, reason: "its file is gone"))
        try DurableFile.replace(folder / "a.jpg", with: image.dropLast())
        let path = folder / "a.jpg"
        #expect(
            link.sendPhoto(of: journal, after: nil, upTo: Sequence(151), file: { _ in path })
                == .refused(name, reason: "its file is damaged"))
        #expect(link.sendPhoto(of: journal, after: name, upTo: Sequence(151), file: { _ in path }) == .none)
    }
}
