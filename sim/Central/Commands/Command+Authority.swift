import Devices
import HTTP
import Lane
import Station

extension Command {
    static let authority = Command(
        "authority",
        "makes the authority by which stations and this server know each other",
        help: """
            usage: central authority --host NAME [--host NAME…] [--use-next [--leave-behind]] [--folder DIR]
                   central authority --next | --retire [--leave-behind] [--folder DIR]

            Makes the authority, unless there is one, and the server's certificate, anew each time; prints the authority's
            SHA-256 fingerprint. From the next start on, central serve speaks https and asks stations for certificates.

              --host NAME     a name or numeric address by which stations reach this server: what stands in their url
              --next          make the authority that is to follow, unless there is one; says how many stations trust it
              --use-next      sign with the next authority from now on, the server's certificate too; the one before is
                              still taken from stations
              --retire        take certificates of the authority before no more
              --leave-behind  do so although stations are not ready: they have to be enrolled anew
              --folder DIR    where everything is kept (default: \(CentralCommands.defaultFolder)); the authority is
                              keys/authority.pem there, with its key: keep a copy where nobody else can read it

            Run it again with the same names before the server's certificate ends (two years), and start central serve
            again; stations need nothing. Whoever has lost the key makes another authority (delete keys/authority.*) and
            enrols all stations anew.

            To change the authority without a visit: --next, --use-next, --retire, and after each start central serve
            again. Stations learn by themselves, within two days of being online: a step that would shut some of them out
            names them, and is not done (exit code 75).

            example: central authority --host central.example --host 192.0.2.10
            example: central authority --next; later: central authority --use-next --host central.example
            """,
        flags: ["--next", "--use-next", "--retire", "--leave-behind"], options: ["--host"]
    ) { arguments, folder, console in
        let steps = ["--next", "--use-next", "--retire"].filter(arguments.has)
        guard steps.count <= 1 else { throw Arguments.UsageError("\(steps.joined(separator: " and ")) are days apart") }
        let change = AuthoritySteps(folder, isForced: arguments.has("--leave-behind"), console, now: WallClock.now())
        switch steps.first {
        case "--next": try change.makeNext()
        case "--retire": try change.retire()
        default:
            let hosts = arguments.all("--host")
            guard !hosts.isEmpty, hosts.allSatisfy(isHost) else {
                throw Arguments.UsageError("--host takes a name or a numeric address, without scheme and port")
            }
            if steps.first == "--use-next" { try change.useNext() }
            try change.make(hosts: hosts)
        }
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
