/// Why a certificate, a key or a request could not be made or read; one line.
package struct CertificateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was done, and with what: `read a certificate`.
    package let operation: String
    /// The TLS library's reason, or ours.
    package let reason: String

    package init(_ operation: String, _ reason: String) {
        self.operation = operation
        self.reason = reason
    }

    package var description: String { "\(operation): \(reason)" }
}
