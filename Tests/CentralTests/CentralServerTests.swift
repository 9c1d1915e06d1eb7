import Exchange
import HTTP
import Lane
import Storage
import Testing

@testable import Central

@Suite struct `The central server` {
    private let fixture: CentralFixture
    private let lines = Sample.lines(5)

    init() throws { fixture = try CentralFixture() }

    @Test func `takes records once, whatever is sent again, and goes on after a restart`() throws {
        do {
            let server = try fixture.server()
            let first = try BatchAnswer(json: try server.deliver(lines[..<3]).body)
            #expect(first.contiguous == Sequence(3) && first.digest == lines[2].digest && first.rejected.isEmpty)
            let again = try BatchAnswer(json: try server.deliver(lines[1..<4]).body)
            #expect(again.contiguous == Sequence(4))
            server.stop()
        }
        let server = try fixture.server()
        let position = try PositionAnswer(json: try server.ask(.get, Sample.journal.path + "/position").body)
        #expect(
            position
                == PositionAnswer(journal: Sample.journal.journal, contiguous: Sequence(4), digest: lines[3].digest))
        let rest = try BatchAnswer(json: try server.deliver(lines).body)
        #expect(rest.contiguous == Sequence(5) && rest.digest == lines[4].digest)
        server.stop()
    }

    @Test func `takes a batch in which a byte was damaged up to the damage`() throws {
        let server = try fixture.server()
        let damaged = RecordLine(digest: lines[2].digest, body: Sample.body(3, rest: ",\"x\":1"))
        let answer = try server.deliver([lines[0], lines[1], damaged, lines[3]])
        #expect(answer.status == 409)
        let refusal = try Refusal(json: answer.body)
        #expect(refusal.error == .chain && refusal.expected == Sequence(3))
        #expect(try server.deliver(lines).status == 200)
        server.stop()
    }

    @Test func `serves many stations at a time, each batch durable when it is answered`() async throws {
        let server = try fixture.server()
        let endpoint = try Endpoint("http://127.0.0.1:\(server.port)")
        let answers = try await withThrowingTaskGroup(of: [BatchAnswer].self) { group in
            for station in 1...6 {
                group.addTask {
                    let name = JournalName(station: StationID(UInt32(station)), journal: Sample.journal.journal)
                    var client = Client()
                    return try Sample.lines(8, of: name).map { line in
                        let request = Request(.post, endpoint, name.path + "/records", body: line.bytes)
                        return try BatchAnswer(json: try client.perform(request).body)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.map(\.contiguous.number) == Array(1...8) })
        server.stop()
        let store = try CentralStore(folder: fixture.folder)
        #expect(try store.positions().count == 6)
        #expect(try store.positions().values.allSatisfy { $0.contiguous == Sequence(8) })
    }

    @Test func `holds a photo against its record`() throws {
        let server = try fixture.server()
        #expect(try server.deliver(Sample.photo, as: "/photos/2/front/1").status == 404)
        #expect(try server.deliver(try Sample.linesWithPassage()).status == 200)
        #expect(try server.deliver(Sample.photo + [0], as: "/photos/2/front/1").status == 409)
        #expect(try server.deliver(Sample.photo, as: "/photos/1/front/1").status == 409)
        for _ in 1...2 { #expect(try server.deliver(Sample.photo, as: "/photos/2/front/1").status == 200) }
        #expect(try server.deliver(Sample.photo + [0], as: "/photos/2/front/1").status == 409)
        #expect(try server.deliver(Sample.photo, as: "/photos/2/rear/1").status == 200)
        server.stop()
    }

    @Test func `lets one server have a folder`() throws {
        let server = try fixture.server()
        #expect(throws: FolderInUse.self) { _ = try fixture.server() }
        server.stop()
        let next = try fixture.server()
        next.stop()
    }

    @Test func `says what it refused and rejected, without a tag number`() throws {
        let server = try fixture.server()
        let lines = Sample.chain([Sample.body(1, version: 2), Sample.body(2)])
        #expect(
            try BatchAnswer(json: try server.deliver(lines).body).rejected == [
                .init(sequence: Sequence(1), reason: "version")
            ])
        #expect(try server.deliver(Sample.lines(5)[4...]).status == 409)
        server.stop()
        let journal = "station 7 journal 0000000000000123000000000000abcd"
        #expect(
            fixture.said.withLock { $0.notes } == [
                "record 1 of \(journal): rejected for its version",
                "records of \(journal): refused from 3 on: gap",
            ])
    }
}
