import Testing

@testable import Station

struct CredentialTests {
    @Test(arguments: ["/etc/bomstasjon/station.key", "credential:station.key"])
    func `a path or the name of a credential is taken as it stands`(text: String) throws {
        let type = ValueType<String>.credential
        #expect(type.format(try type.parse(text)) == text)
    }

    @Test(arguments: ["credential:", "credential:a/b", "credential:..", "credential:.", "station.key"])
    func `what leads out of systemd's folder is refused`(text: String) {
        #expect(throws: ValueError.self) { try ValueType<String>.credential.parse(text) }
    }

    @Test func `a credential is looked for in systemd's folder, a path is not`() {
        let folder = "/run/credentials/bomstasjon.service"
        #expect(CentralSection.path(of: "credential:station.key", in: folder) == folder + "/station.key")
        #expect(CentralSection.path(of: "/etc/station.key", in: folder) == "/etc/station.key")
        #expect(CentralSection.path(of: "credential:station.key", in: nil) == "credential:station.key")
    }
}
