import Exchange
import HTTP
import Storage

/// By what the station shows who it is, and knows the central server, in its state folder:
///
///     identity.pem      the station's key and its certificate, mode 0600: one file, so that both change at once
///     authority.pem     the authority that signed it, and the central server's certificate
///
/// The key is made here and leaves this computer never. Each certificate has a key of its own: a key that somebody copied is of no use
/// to him once the next certificate is there and the old one has ended.
package struct IdentityFiles: Hashable, Sendable {
    /// A key and its certificate have less than 2 KB.
    private static let mostBytes = 65_536

    private let folder: String

    /// - Parameter folder: the state folder.
    package init(folder: String) { self.folder = folder }

    package var identity: String { folder + "/identity.pem" }
    package var authority: String { folder + "/authority.pem" }
    /// An authority that is trusted for one enrolment alone.
    package var newAuthority: String { folder + "/authority.new" }

    /// From when to when the certificate is good; nil when the station is not enrolled.
    package func validity() throws -> Validity? {
        guard let file = try SourceFile(identity) else { return nil }
        return try Certificate(pem: file.readAll(most: Self.mostBytes)).validity
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

    /// Trusts this authority from now on.
    package func keep(authority pem: String) throws {
        let certificate = try Certificate(pem: Array(pem.utf8))
        try DurableFile.replace(authority, with: Array(certificate.pem.utf8), mode: 0o644)
    }
}
