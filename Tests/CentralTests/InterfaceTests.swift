import Exchange
import FoundationEssentials
import HTTP
import Lane
import Storage
import Testing

@testable import Central

/// One status of one operation, as `openapi.yaml` or the server has it.
private struct Operation: Hashable, Comparable, CustomStringConvertible {
    let path: String
    let method: String
    let status: Int

    var description: String { "\(method) \(path) \(status)" }
    static func < (a: Operation, b: Operation) -> Bool { a.description < b.description }
}

/// What stands in `openapi.yaml`: paths at two spaces, methods at four, statuses at eight, as the file is laid out.
private struct InterfaceDocument {
    /// With the name of the body's schema, where there is one.
    var operations: [Operation: String] = [:]
    /// The words of an enumeration, by schema and member.
    var text: String

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        text = String(
            decoding: try Data(contentsOf: root.appending(path: "sim/Central/openapi.yaml")), as: UTF8.self)
        var path = ""
        var method = ""
        var last: Operation?
        for line in text.split(separator: "\n").prefix(while: { $0 != "components:" }) {
            let indent = line.prefix { $0 == " " }.count
            let word = line.dropFirst(indent)
            if indent == 2, word.hasPrefix("/") { path = String(word.dropLast()) }
            if indent == 4, ["get:", "put:", "post:", "delete:"].contains(word) {
                method = word.dropLast().uppercased()
                last = nil
            }
            if indent == 8, word.hasPrefix("'"), let status = Int(word.dropFirst().prefix(3)) {
                last = Operation(path: path, method: method, status: status)
            }
            guard let last else { continue }
            let schema =
                word.hasPrefix("$ref: '#/components/schemas/") && indent == 16 ? word.split(separator: "/").last : nil
            operations[last] = schema.map { String($0.dropLast()) } ?? operations[last] ?? ""
        }
    }
}

@Suite struct `The interface` {
    private let fixture: CentralFixture
    private let document: InterfaceDocument
    private let position = "/v1/stations/{station}/journals/{journal}/position"
    private let records = "/v1/stations/{station}/journals/{journal}/records"
    private let photos = "/v1/stations/{station}/journals/{journal}/photos/{sequence}/{camera}/{n}"

    init() throws {
        fixture = try CentralFixture()
        document = try InterfaceDocument()
    }

    @Test func `is written down with every status that the server gives, and no other`() throws {
        let server = try fixture.server()
        var seen: [Operation: String] = [:]
        func note(_ path: String, _ method: String, _ answer: Response) {
            let operation = Operation(path: path, method: method, status: answer.status)
            seen[operation] = schema(of: answer)
            if answer.status == 503 { #expect(answer.headers["Retry-After"] != nil) }
        }
        try askForLists(server, note)
        let lines = try Sample.linesWithPassage()
        note("/v1/health", "GET", try server.ask(.get, "/v1/health"))
        note(position, "GET", try server.ask(.get, Sample.journal.path + "/position"))
        note(position, "GET", try server.ask(.get, "/v1/stations/7/journals/7/position"))
        note(records, "POST", try server.deliver(lines))
        note(records, "POST", try server.deliver(Sample.lines(4)[3...]))
        note(records, "POST", try server.ask(.post, Sample.journal.path + "/records", body: [0x7B]))
        note(records, "POST", try server.ask(.post, "/v1/stations/0/journals/7/records"))
        note(records, "POST", try server.deliver(Sample.lines(UInt64(Reception.mostRecords) + 1)))
        note(photos, "PUT", try server.deliver(Sample.photo, as: "/photos/2/front/1"))
        note(photos, "PUT", try server.deliver(Sample.photo, as: "/photos/9/front/1"))
        note(photos, "PUT", try server.deliver([1], as: "/photos/2/front/2"))
        note(photos, "PUT", try server.ask(.put, Sample.journal.path + "/photos/2/front/1", body: [1]))
        let large = [UInt8](repeating: 0, count: Reception.mostPhotoBytes + 1)
        note(photos, "PUT", try server.deliver(large, as: "/photos/2/front/1"))
        try Database(path: fixture.folder.database, access: .readWrite).execute("DROP TABLE photos; DROP TABLE records")
        note(records, "POST", try server.deliver(Sample.chain([Sample.body(3)], after: lines[1].digest)))
        note(photos, "PUT", try server.deliver(Sample.photo, as: "/photos/2/front/1"))
        server.stop()
        try askForCertificates(note)

        #expect(seen.keys.sorted() == document.operations.keys.sorted())
        for (operation, schema) in seen { #expect(document.operations[operation] == schema, "\(operation)") }
    }

    private func askForLists(
        _ server: borrowing CentralServer, _ note: (String, String, Response) -> Void
    ) throws {
        let path = "/v1/lists/{name}"
        let list = "/v1/lists/agreements"
        note(path, "GET", try server.ask(.get, list))
        _ = fixture.central("keys")
        let version = try ListPublisher(folder: fixture.folder).publish("1234567890 approved").version
        note(path, "GET", try server.ask(.get, list))
        note(path, "GET", try server.ask(.get, list + "?after=\(version.dotted)"))
        note(path, "GET", try server.ask(.get, list + "?after=newest"))
        let file = "\(list)/\(version.dotted).list"
        let filePath = "/v1/lists/{name}/{file}"
        note(filePath, "GET", try server.ask(.get, file))
        note(filePath, "GET", try server.ask(.get, file, headers: ["Range": "bytes=0-9"]))
        note(filePath, "GET", try server.ask(.get, file, headers: ["Range": "bytes=9999-"]))
        note(filePath, "GET", try server.ask(.get, "\(list)/1.1.list"))
        let busy = try CentralFixture()
        _ = busy.central("keys")
        try ListPublisher(folder: busy.folder).publish("1234567890 approved")
        let full = try busy.server(ListShelf.Limits(fetches: 0, free: 0))
        note(filePath, "GET", try full.ask(.get, file))
        note(path, "GET", try full.ask(.get, list))
        full.stop()
        _ = try fixture.write("lists/agreements.list", "no list")
        note(path, "GET", try server.ask(.get, list))
    }

    private func askForCertificates(_ note: (String, String, Response) -> Void) throws {
        let (enrolment, renewal) = ("/v1/stations/{station}/enrolment", "/v1/stations/{station}/certificate")
        let bare = try CentralFixture()
        let plain = try bare.server()
        note(enrolment, "POST", try plain.ask(.post, "/v1/stations/7/enrolment"))
        note(renewal, "POST", try plain.ask(.post, "/v1/stations/7/certificate"))
        plain.stop()
        let secured = try CentralFixture()
        _ = secured.central("authority", "--host", "127.0.0.1")
        let code = try #require(secured.central("stations", "add", "7").lines.first)
        let server = try secured.server()
        let files = AuthorityFiles(secured.folder)
        let endpoint = try Endpoint("https://127.0.0.1:\(server.port)")
        let key = try PrivateKey.generate()
        let request = try CertificateRequest(for: key, name: "station").pem
        func ask(_ path: String, _ body: [UInt8], showing identity: String? = nil) throws -> Response {
            var client = Client(
                trust: Trust(
                    authorities: files.certificate(.present),
                    identity: identity.map { Identity(certificate: $0, key: $0) }))
            return try client.perform(Request(.post, endpoint, path, body: body))
        }
        let good = EnrolmentRequest(code: code, request: request).json
        note(enrolment, "POST", try ask("/v1/stations/7/enrolment", [1]))
        let answer = try ask("/v1/stations/7/enrolment", good)
        note(enrolment, "POST", answer)
        note(enrolment, "POST", try ask("/v1/stations/7/enrolment", good))
        let certificate = try CertificateAnswer(json: answer.body).certificate
        let identity = try secured.write("identity.pem", try key.pem() + certificate)
        let renew = RenewalRequest(request: request).json
        note(renewal, "POST", try ask("/v1/stations/7/certificate", renew, showing: identity))
        note(renewal, "POST", try ask("/v1/stations/7/certificate", [1], showing: identity))
        note(renewal, "POST", try ask("/v1/stations/7/certificate", renew))
        note(renewal, "POST", try ask("/v1/stations/8/certificate", renew, showing: identity))
        try Database(path: secured.folder.stations, access: .readWrite).execute("DROP TABLE stations")
        note(renewal, "POST", try ask("/v1/stations/7/certificate", renew, showing: identity))
        note(enrolment, "POST", try ask("/v1/stations/7/enrolment", good))
        for _ in 1...AttemptLimit.most { note(enrolment, "POST", try ask("/v1/stations/7/enrolment", [1])) }
        server.stop()
    }

    /// The name of the schema that the body follows.
    private func schema(of answer: Response) -> String {
        guard answer.headers["Content-Type"] == "application/json" else { return "" }
        if answer.status >= 400 { return follows(Refusal.self, answer) ? "Refusal" : "another" }
        if follows(BatchAnswer.self, answer) { return "BatchAnswer" }
        if follows(PositionAnswer.self, answer) { return "PositionAnswer" }
        if follows(ListOffer.self, answer) { return "ListOffer" }
        if follows(CertificateAnswer.self, answer) { return "CertificateAnswer" }
        return answer.body.starts(with: Array(#"{"status":""#.utf8)) ? "Status" : "another"
    }

    private func follows<M: Message>(_ type: M.Type, _ answer: Response) -> Bool {
        do {
            _ = try M(json: answer.body)
            return true
        } catch {
            return false
        }
    }

    @Test func `names the words and limits of the server`() {
        let reasons = Reception.Rejection.Reason.allCases.map(\.rawValue).joined(separator: ", ")
        #expect(document.text.contains("enum: [\(reasons)]"))
        #expect(document.text.contains("at most 5 000 records and 5 MiB"))
        #expect(Reception.mostRecords == 5_000 && Reception.mostBatchBytes == 5 << 20)
        #expect(document.text.contains("At most 4 MiB.") && Reception.mostPhotoBytes == 4 << 20)
        #expect(document.text.contains("pattern: '^[A-Za-z0-9._-]{1,\(RecordContext.longestName)}$'"))
    }

    @Test func `answers another method with 405 and what is allowed`() throws {
        let server = try fixture.server()
        for (path, allowed) in [
            ("/v1/health", "GET"), (Sample.journal.path + "/records", "POST"),
            (Sample.journal.path + "/photos/1/front/1", "PUT"),
        ] {
            let answer = try server.ask(.delete, path)
            #expect(answer.status == 405 && answer.headers["Allow"] == allowed)
        }
        #expect(try server.ask(.head, "/v1/health").status == 200)
        server.stop()
    }

    @Test(arguments: [
        "/", "/v1", "/v2/health", "/v1/health/x", "/v1/lists", "/v1/lists/a/b", "/v1/lists/a/1.1.list/c",
        "/v1/lists/lock",
        "/v1/lists/..", "/v1/lists/../1.1.list", "/v1/lists/a/1.1.list.part", "/v1/lists/a/01.1.list",
        "/v1/lists/seventeen-letters",
        "/v1/lists/..%2Fkeys%2Flist", "/v1/stations/7/journals/0123/position",
        "/v1/stations/07/journals/0000000000000123000000000000abcd/position",
        "/v1/stations/-7/journals/0000000000000123000000000000abcd/position",
        "/v1/stations/1000000000/journals/0000000000000123000000000000abcd/position",
        "/v1/stations/7/journals/0000000000000123000000000000ABCD/position",
        "/v1/stations/7/journals/0000000000000123000000000000abcd/photos/0/front/1",
        "/v1/stations/7/journals/0000000000000123000000000000abcd/photos/1/fr%2Font/1",
        "/v1/stations/7/journals/0000000000000123000000000000abcd/photos/1/front/100",
        "/v1/stations/7/journals/0000000000000123000000000000abcd/photos/99999999999999999999/front/1",
    ]) func `does not know other paths`(path: String) throws {
        let server = try fixture.server()
        let answer = try server.ask(.get, path)
        #expect(answer.status == 404)
        #expect(try Refusal(json: answer.body).error == .notFound)
        server.stop()
    }
}
