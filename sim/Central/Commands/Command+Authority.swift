import Devices
import HTTP
import Lane
import Station

extension Command {
    static let authority = Command(
        "authority",
        "makes the authority by which stations and this server know each other",
        help: """
            usage: central authority --host NAME [--host NAME…] [--folder DIR]

            Makes the authority, unless there is one, and the server's certificate, anew each time; prints the authority's
            SHA-256 fingerprint. From the next start on, central serve speaks https and asks stations for certificates.

              --host NAME    a name or numeric address by which stations reach this server: what stands in their url
              --folder DIR   where everything is kept (default: \(CentralCommands.defaultFolder)); the authority is
                             keys/authority.pem there, with its key: keep a copy where nobody else can read it

            Run it again with the same names before the server's certificate ends (two years), and start central serve
            again; stations need nothing. Whoever has lost the key makes another authority (delete keys/authority.*) and
            enrols all stations anew.

            example: central authority --host central.example --host 192.0.2.10
            """,
        options: ["--host"]
    ) { arguments, folder, console in
        let hosts = arguments.all("--host")
        guard !hosts.isEmpty, hosts.allSatisfy(isHost) else {
            throw Arguments.UsageError("--host takes a name or a numeric address, without scheme and port")
        }
        let files = AuthorityFiles(folder)
        let now = WallClock.now()
        if try files.make(at: now) {
            console.note("made \(files.certificate); keep a copy of \(files.key) where nobody else can read it")
        }
        guard let authority = try files.load() else { preconditionFailure("it was made just now") }
        let server = try files.makeServer(authority, hosts: hosts, at: now)
        console.note("made \(files.server.certificate), good until \(server.validity.ends.text)")
        console.line(try authority.certificate.fingerprint)
        return .ok
    }

    private static func isHost(_ text: String) -> Bool {
        (1...Endpoint.longestHost).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: Array("-.:".utf8).contains(byte)
                }
            }
    }
}
