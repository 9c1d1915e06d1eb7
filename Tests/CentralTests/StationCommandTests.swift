import Exchange
import FoundationEssentials
import HTTP
import Lane
import Testing

@testable import Central

@Suite struct `The commands about stations` {
    private let fixture: CentralFixture

    init() throws { fixture = try CentralFixture() }

    private func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(fixture.folder.path)/\(name)")
        return try #require(attributes[.posixPermissions] as? Int)
    }

    @Test func `authority makes one once, and the server's certificate each time`() throws {
        let first = fixture.central("authority", "--host", "central.example", "--host", "192.0.2.1")
        #expect(first.code == .ok && first.lines.count == 1 && first.notes.count == 2)
        let server = try AuthorityFiles(fixture.folder).loadServer()
        let again = fixture.central("authority", "--host=central.example")
        #expect(again.code == .ok && again.lines == first.lines && again.notes.count == 1)
        #expect(try AuthorityFiles(fixture.folder).loadServer() != server)
        for name in ["keys/authority.key", "keys/server.key"] { #expect(try mode(name) == 0o600) }
        #expect(try mode("keys") == 0o700)
        for words in [["authority"], ["authority", "--host", "https://a"], ["authority", "--host", ""]] {
            #expect(fixture.central(words).code == .usage)
        }
    }

    @Test func `add gives out a code once, list shows it without, withdraw ends it`() throws {
        #expect(fixture.central("stations", "add", "42").code == .configuration)
        _ = fixture.central("authority", "--host", "127.0.0.1")
        let added = fixture.central("stations", "add", "42", "--hours", "2")
        let code = try #require(added.lines.first.flatMap { EnrolmentCode($0) })
        #expect(added.code == .ok && added.lines.contains("-----BEGIN CERTIFICATE-----") && added.notes.count == 1)
        let register = try StationRegister(fixture.folder)
        #expect(try register.entry(of: StationID(42))?.code?.digest == code.digest(for: StationID(42)))
        #expect(try mode("stations.sqlite") == 0o600)
        let listed = fixture.central("stations", "list")
        #expect(listed.lines.count == 2 && listed.lines[1].hasPrefix("42         waits"))
        #expect(!listed.lines[1].contains(code.text))
        let row = try #require(fixture.central("stations", "list", "--json").lines.first)
        #expect(try StationRow(json: Array(row.utf8)).state == .waits)
        #expect(fixture.central("stations", "withdraw", "42").code == .ok)
        #expect(fixture.central("stations", "list").lines[1].hasPrefix("42         withdrawn"))
        #expect(fixture.central("stations", "withdraw", "43").code == .noInput)
        for words in [["add"], ["add", "0"], ["add", "x"], ["add", "1", "--hours", "0"], ["withdraw"]] {
            #expect(fixture.central(["stations"] + words).code == .usage)
        }
    }
}
