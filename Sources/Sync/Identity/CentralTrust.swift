import HTTP
import Storage

/// By what the network worker knows central and shows who it is: what is configured, else what enrolment has left in the state
/// folder. Looked at before each question, so that a certificate that was renewed, or a first one, is used from the next on.
package struct CentralTrust: Sendable {
    private let configured: Trust
    private let files: IdentityFiles
    private let isSecure: Bool
    private var stamps: [FileStamp?] = []

    /// - Parameters:
    ///   - configured: what the configuration names; it goes before what was enrolled.
    ///   - endpoint: central; over plain http nobody shows anything.
    package init(configured: Trust, files: IdentityFiles, endpoint: Endpoint) {
        self.configured = configured
        self.files = files
        isSecure = endpoint.isSecure
    }

    /// What to trust and to show now; nil: the same as when this was asked last.
    package mutating func changed() -> Trust? {
        let now = isSecure ? [files.identity, files.authority].map { FileStamp(of: $0) } : [nil, nil]
        guard now != stamps else { return nil }
        stamps = now
        var trust = configured
        if trust.identity == nil, now[0] != nil {
            trust.identity = Identity(certificate: files.identity, key: files.identity)
        }
        if trust.authorities == nil, now[1] != nil { trust.authorities = files.authority }
        return trust
    }
}
