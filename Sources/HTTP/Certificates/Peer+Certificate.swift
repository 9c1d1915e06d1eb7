import CGnuTLS
import CMicroHTTPD

extension Peer {
    /// The client of a TLS connection. That it holds the key of what it shows, the handshake has proved; who signed that,
    /// libmicrohttpd leaves to us.
    init(_ connection: OpaquePointer, _ authorities: [Certificate]) {
        self = .network
        guard !authorities.isEmpty, let session = unsafe bom_mhd_session(connection) else { return }
        var count: UInt32 = 0
        guard let shown = unsafe gnutls_certificate_get_peers(OpaquePointer(session), &count), count > 0 else { return }
        // The first is the client's own; it has to be signed by an authority itself.
        let der = unsafe Array(UnsafeBufferPointer(start: shown.pointee.data, count: Int(shown.pointee.size)))
        do throws(CertificateError) {
            let certificate = try Certificate(der: der)
            self = .foreign
            for authority in authorities where try certificate.isSigned(by: authority, for: .client) {
                self = .certified(certificate)
            }
        } catch {
            self = .foreign
        }
    }
}
