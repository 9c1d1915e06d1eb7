import Exchange
import HTTP
import Lane
import Storage

/// The central server's authority, in the folder's `keys`, and while it is changed one more:
///
///     authority.key, authority.pem                signs the certificates of stations and of this server; stations trust it
///     next-authority.key, next-authority.pem      is to sign later; stations learn to trust it
///     previous-authority.pem                      has signed before; certificates of stations may still be its
///     server.key, server.pem                      by which this server shows who it is
struct AuthorityFiles {
    /// What an authority is for.
    enum Role: String, CaseIterable {
        case present = "authority"
        case next = "next-authority"
        case previous = "previous-authority"
    }

    /// The authority outlives the computers: all stations have to be enrolled anew when it ends.
    static let authorityLife = Interval.days(3_650)
    /// Renewed by running `central authority` again; stations need nothing.
    static let serverLife = Interval.days(730)
    private static let warnWithin = Interval.days(60)
    /// PEM files here have less than 2 KB.
    private static let mostBytes = 65_536

    private let folder: CentralFolder

    init(_ folder: CentralFolder) { self.folder = folder }

    func certificate(_ role: Role) -> String { "\(folder.keys)/\(role.rawValue).pem" }
    func key(_ role: Role) -> String { "\(folder.keys)/\(role.rawValue).key" }
    var server: Identity {
        Identity(certificate: folder.keys + "/server.pem", key: folder.keys + "/server.key")
    }

    /// The authority that signs; nil when none was made.
    func load() throws -> Authority? {
        try finishChange()
        guard has(.present) else { return nil }
        try KeyFile.requirePrivate(key(.present))
        return try Authority(certificate: bytes(certificate(.present)), key: bytes(key(.present)))
    }

    /// The authority of that role; nil when there is none.
    func certificate(of role: Role) throws -> Certificate? {
        try finishChange()
        return has(role) ? try Certificate(pem: bytes(certificate(role))) : nil
    }

    /// By whose signature stations are known, and they know this server: the one that signs first.
    func trusted() throws -> [Certificate] { try Role.allCases.compactMap { try certificate(of: $0) } }

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

    /// Makes an authority unless there is one; true when it was made. A key without its certificate, as a power cut between both
    /// leaves it, was never used.
    func make(_ role: Role, at now: UTC) throws -> Bool {
        try finishChange()
        guard !has(role) else { return false }
        let (authority, secret) = try Authority.make(
            named: "Bomstasjon authority", Validity(from: now, for: Self.authorityLife))
        try makeFolder(folder.path)
        try makeFolder(folder.keys, mode: 0o700)
        try DurableFile.replace(key(role), with: Array(secret.utf8), mode: 0o600)
        try DurableFile.replace(certificate(role), with: Array(authority.certificate.pem.utf8), mode: 0o644)
        return true
    }

    /// Signs with the next authority from now on; the one before stays trusted, and its key is gone. It can be cut off after any step,
    /// and is ended by whatever looks at the authority next.
    func useNext() throws {
        try finishChange()
        precondition(has(.present) && has(.next), "there is one to change, and one to change to")
        // Before anything is changed: it may have been deleted.
        try KeyFile.requirePrivate(key(.next))
        try keepCopy(of: certificate(.present), as: certificate(.previous))
        try move(key(.next), to: key(.present))
        try finishChange()
    }

    /// Trusts the authority of before no more.
    func retire() throws {
        guard SystemDisk().unlink(certificate(.previous)) == 0 else {
            throw FileError("delete", certificate(.previous))
        }
        try syncFolder(folder.keys)
    }

    /// The next key has its new name, and its certificate not yet.
    private func finishChange() throws {
        guard has(.next), FileStamp(of: key(.next)) == nil, FileStamp(of: key(.present)) != nil,
            try PrivateKey(pem: bytes(key(.present))).fits(Certificate(pem: bytes(certificate(.next))))
        else { return }
        try move(certificate(.next), to: certificate(.present))
    }

    private func has(_ role: Role) -> Bool { FileStamp(of: certificate(role)) != nil }

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
