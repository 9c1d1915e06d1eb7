import Exchange
import HTTP
import Lane
import Storage

/// The central server's authority, in the folder's `keys`:
///
///     authority.key, authority.pem     signs the certificates of stations and of this server; stations trust it
///     server.key, server.pem           by which this server shows who it is
struct AuthorityFiles {
    /// The authority outlives the computers: all stations have to be enrolled anew when it ends.
    static let authorityLife = Interval.days(3_650)
    /// Renewed by running `central authority` again; stations need nothing.
    static let serverLife = Interval.days(730)
    private static let warnWithin = Interval.days(60)
    /// PEM files here have less than 2 KB.
    private static let mostBytes = 65_536

    private let folder: CentralFolder

    init(_ folder: CentralFolder) { self.folder = folder }

    var certificate: String { folder.keys + "/authority.pem" }
    var key: String { folder.keys + "/authority.key" }
    var server: Identity {
        Identity(certificate: folder.keys + "/server.pem", key: folder.keys + "/server.key")
    }

    /// The authority; nil when none was made.
    func load() throws -> Authority? {
        guard FileStamp(of: certificate) != nil else { return nil }
        try KeyFile.requirePrivate(key)
        return try Authority(certificate: bytes(certificate), key: bytes(key))
    }

    /// The certificate by which this server shows who it is; nil when none was made.
    func loadServer() throws -> Certificate? {
        guard FileStamp(of: server.certificate) != nil else { return nil }
        try KeyFile.requirePrivate(server.key)
        return try Certificate(pem: bytes(server.certificate))
    }

    /// Says so when this server's certificate ends soon: stations will not know it then.
    func warn(at now: UTC, _ report: (String) -> Void) throws {
        guard let ends = try loadServer()?.validity.ends, ends < now + Self.warnWithin else { return }
        report(
            "\(server.certificate) ends at \(ends.text): run central authority with the same --host, and start again")
    }

    /// Makes the authority unless there is one; true when it was made. A key without its certificate, as a power cut between both
    /// leaves it, was never used.
    func make(at now: UTC) throws -> Bool {
        guard FileStamp(of: certificate) == nil else { return false }
        let (authority, secret) = try Authority.make(
            named: "Bomstasjon authority", Validity(from: now, for: Self.authorityLife))
        try makeFolder(folder.path)
        try makeFolder(folder.keys, mode: 0o700)
        try DurableFile.replace(key, with: Array(secret.utf8), mode: 0o600)
        try DurableFile.replace(certificate, with: Array(authority.certificate.pem.utf8), mode: 0o644)
        return true
    }

    /// Makes the server's key and certificate, anew where there are some.
    func makeServer(_ authority: Authority, hosts: [String], at now: UTC) throws -> Certificate {
        let key = try PrivateKey.generate()
        let certificate = try authority.issue(server: key, hosts: hosts, Validity(from: now, for: Self.serverLife))
        try DurableFile.replace(server.key, with: Array(key.pem().utf8), mode: 0o600)
        try DurableFile.replace(server.certificate, with: Array(certificate.pem.utf8), mode: 0o644)
        return certificate
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        guard let file = try SourceFile(path) else { throw FileError("open", path, number: 2) }
        return try file.readAll(most: Self.mostBytes)
    }
}
