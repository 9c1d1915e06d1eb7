/// Why a server did not start.
package struct ServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause, as a technician can act on it.
    package enum Cause: Hashable, Sendable {
        case address
        case plainTextToNetwork
        /// A program answers at the address already.
        case inUse
        /// A file of another kind stands at the socket's path.
        case notASocket
        case certificate(String)
        /// What the operating system said.
        case system(String)
    }

    /// The address, or the file.
    package let subject: String
    package let cause: Cause

    init(_ subject: String, _ cause: Cause) {
        self.subject = subject
        self.cause = cause
    }

    package var description: String { "listen on \(subject): \(words)" }

    private var words: String {
        switch cause {
        case .address: "no address; write 127.0.0.1:8080, [::1]:8080 or unix:/absolute/path"
        case .plainTextToNetwork: "plain http would leave this computer; give a certificate and a key"
        case .inUse: "in use; is the program running already?"
        case .notASocket: "a file that is no socket stands there; remove it or choose another path"
        case .certificate(let reason): "certificate or key not usable: \(reason)"
        case .system(let reason): reason
        }
    }
}
