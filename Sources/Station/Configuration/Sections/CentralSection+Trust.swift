import Glibc
import HTTP

extension CentralSection {
    /// By what central is known and the station shows who it is, where the configuration says so.
    var trust: Trust {
        let folder = unsafe getenv("CREDENTIALS_DIRECTORY").map { unsafe String(cString: $0) }
        var trust = Trust(authorities: caFile.map { Self.path(of: $0, in: folder) })
        if let clientCertificate, let clientKey {
            trust.identity = Identity(
                certificate: Self.path(of: clientCertificate, in: folder), key: Self.path(of: clientKey, in: folder))
        }
        return trust
    }

    /// What stands before the name of a file that systemd gives to the service (systemd.exec(5), LoadCredential=).
    static let credentialPrefix = "credential:"

    /// Where a file is. Without systemd's folder a credential keeps its name, and the error that it is missing says so.
    static func path(of text: String, in folder: String?) -> String {
        guard let folder, text.hasPrefix(credentialPrefix) else { return text }
        return folder + "/" + text.dropFirst(credentialPrefix.count)
    }
}
