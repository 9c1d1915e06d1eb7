import Exchange
import HTTP
import Storage

/// By what the station shows who it is, and knows the central server, in its state folder:
///
///     identity.pem      the station's key and its certificate, mode 0600: one file, so that both change at once
///     authority.pem     the authority that signed it, and the central server's certificate; while it is changed, both
///
/// The key is made here and leaves this computer never. Each certificate has a key of its own: a key that somebody copied is of no use
/// to him once the next certificate is there and the old one has ended.
package struct IdentityFiles: Hashable, Sendable {
    /// A key and its certificate have less than 2 KB.
    private static let mostBytes = 65_536
    /// Two while one takes the place of the other.
    private static let mostAuthorities = 4

    private let folder: String

    /// - Parameter folder: the state folder.
    package init(folder: String) { self.folder = folder }

    package var identity: String { folder + "/identity.pem" }
    package var authority: String { folder + "/authority.pem" }
    /// An authority that is trusted for one enrolment alone.
    package var newAuthority: String { folder + "/authority.new" }

    /// From when to when the certificate is good; nil when the station is not enrolled.
    package func validity() throws -> Validity? {
        try bytes(of: identity).map { try Certificate(pem: $0).validity }
    }

    /// Puts a new key and its certificate in the place of those before, durably; an error when they do not belong together, and
    /// then nothing is changed.
    package func keep(_ pem: String, for key: borrowing PrivateKey) throws -> Validity {
        let certificate = try Certificate(pem: Array(pem.utf8))
        guard try key.fits(certificate) else {
            throw CertificateError("take the certificate", "central gave one that is for another key")
        }
        try DurableFile.replace(identity, with: Array((key.pem() + certificate.pem).utf8), mode: 0o600)
        return certificate.validity
    }

    /// Trusts these authorities from now on, and no others.
    package func keep(authority pem: String) throws {
        var text = ""
        for one in try Certificate.all(pem: Array(pem.utf8), most: Self.mostAuthorities) { text += try one.pem }
        guard try bytes(of: authority) != Array(text.utf8) else { return }
        try DurableFile.replace(authority, with: Array(text.utf8), mode: 0o644)
    }

    /// The fingerprints of the authorities in a file; nil when there is none.
    func fingerprints(in file: String) throws -> [String]? {
        guard let pem = try bytes(of: file) else { return nil }
        return try Certificate.all(pem: pem, most: Self.mostAuthorities).map { try $0.fingerprint }
    }

    /// The same of a file that somebody else keeps: nil also when it is not to be read here, or holds the hundreds of a whole system.
    func fewFingerprints(in file: String) -> [String]? {
        do { return try fingerprints(in: file) } catch { return nil }
    }

    private func bytes(of path: String) throws(FileError) -> [UInt8]? {
        guard let file = try SourceFile(path) else { return nil }
        return try file.readAll(most: Self.mostBytes)
    }
}
