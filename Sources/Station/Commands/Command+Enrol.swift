import Exchange
import HTTP
import Lane
import Storage
import Sync

extension Command {
    /// `station enrol`
    static let enrol = Command(
        "enrol", "get the certificate by which the station shows who it is",
        help: """
            usage: station enrol --code FILE|- [CONFIGURATION]

            Makes the station's key, shows the code to the central server of CONFIGURATION (/etc/bomstasjon/station.conf),
            and keeps the certificate that it gives: in the state folder, as its owner, with the key, which never leaves it.
            The station renews it by itself from then on. A running station uses it from its next question on.

              --code FILE   what central stations add printed: the code, and the authority by which the central server is
                            known; -: from standard input. The code is good once: when the answer is lost, ask for another.

            Exit code 0: enrolled, 1: refused, with the reason, 65: there is no code in FILE, 69: no answer.

            example: station enrol --code station-42.code
            """,
        options: ["--code"], plain: 1
    ) { arguments, console in
        guard let file = arguments["--code"] else {
            throw Arguments.UsageError("--code names the file with the code, or is -: a code is no argument")
        }
        let configuration = try StationCommands.configuration(arguments)
        guard let central = configuration.central, let endpoint = central.url, endpoint.isSecure else {
            throw CommandFailure(.configuration, "[central] url: certificates need https; write https://…")
        }
        guard central.clientCertificate == nil else {
            throw CommandFailure(
                .configuration,
                "[central] clientCertificate: it goes before what is enrolled; take it and clientKey out")
        }
        let paper = try paper(file)
        let folder = configuration.station.stateFolder
        try becomeOwner(of: folder)
        let ends = try enrol(paper, configuration.station.id, central, endpoint, folder)
        console.line("station \(configuration.station.id.number) is enrolled until \(ends.text)")
        return .ok
    }

    private static func paper(_ file: String) throws -> EnrolmentPaper {
        let path = file == "-" ? "/dev/stdin" : file
        guard let source = try SourceFile(path) else { throw CommandFailure(.noInput, "open \(file): there is none") }
        let text = String(decoding: try source.readAll(most: EnrolmentPaper.mostBytes), as: UTF8.self)
        guard let paper = EnrolmentPaper(text) else {
            throw CommandFailure(.badData, "\(file): no code on its first line; give what central stations add printed")
        }
        return paper
    }

    private static func enrol(
        _ paper: EnrolmentPaper, _ station: StationID, _ central: CentralSection, _ endpoint: Endpoint,
        _ folder: String
    ) throws -> UTC {
        let files = IdentityFiles(folder: folder)
        var trust = central.trust
        if let authority = paper.authority {
            try DurableFile.replace(files.newAuthority, with: Array(authority.utf8), mode: 0o600)
            trust.authorities = files.newAuthority
        }
        defer { remove(files.newAuthority) }
        var link = CentralLink(client: Client(trust: trust), endpoint: endpoint, station: station, folder: folder)
        do {
            return try link.enrol(paper.code, trusting: paper.authority, keepingIn: files).ends
        } catch let error as TransferError {
            throw CommandFailure(.unavailable, error.line)
        } catch let error as CertificateRefused {
            throw CommandFailure(.failed, "not enrolled: \(error)")
        }
    }

    /// It may not be there.
    private static func remove(_ path: String) { _ = SystemDisk().unlink(path) }
}
