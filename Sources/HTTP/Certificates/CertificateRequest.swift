import CGnuTLS

/// A request for a certificate (PKCS #10, RFC 2986): a public key, signed with its private half so that nobody asks for
/// another's. The names in it mean nothing here: the authority writes its own.
package struct CertificateRequest: Hashable, Sendable {
    /// As it was sent.
    package let pem: String

    /// The most bytes of one; those of our keys have about 400.
    package static let mostBytes = 8_192

    /// A request for a key.
    package init(for key: borrowing PrivateKey, name: String) throws(CertificateError) {
        let operation = "make a certificate request"
        let handle = RequestHandle()
        try check(operation, unsafe gnutls_x509_crq_set_version(handle.request, 1))
        try check(operation, unsafe gnutls_x509_crq_set_key(handle.request, key.key))
        try check(
            operation,
            unsafe gnutls_x509_crq_set_dn_by_oid(
                handle.request, Certificate.nameOID, 0, name, UInt32(name.utf8.count)))
        try check(
            operation, unsafe gnutls_x509_crq_sign2(handle.request, key.key, GNUTLS_DIG_SHA256, 0))
        var out = unsafe gnutls_datum_t()
        try check(operation, unsafe gnutls_x509_crq_export2(handle.request, GNUTLS_X509_FMT_PEM, &out))
        pem = unsafe String(decoding: out.taken, as: UTF8.self)
    }

    /// Reads a request; an error unless it is signed with the key that it is for.
    package init(pem: String) throws(CertificateError) {
        guard pem.utf8.count <= Self.mostBytes else {
            throw CertificateError("read a certificate request", "larger than \(Self.mostBytes) bytes")
        }
        _ = try RequestHandle(reading: pem)
        self.pem = pem
    }
}

/// GnuTLS's request.
@safe struct RequestHandle: ~Copyable {
    let request: gnutls_x509_crq_t

    init() {
        var made: gnutls_x509_crq_t?
        guard unsafe gnutls_x509_crq_init(&made) >= 0, let made = unsafe made else {
            preconditionFailure("GnuTLS gives a request unless memory has run out")
        }
        unsafe request = made
    }

    init(reading pem: String) throws(CertificateError) {
        let operation = "read a certificate request"
        let handle = RequestHandle()
        try check(
            operation,
            unsafe withDatum(Array(pem.utf8)) { unsafe gnutls_x509_crq_import(handle.request, $0, GNUTLS_X509_FMT_PEM) }
        )
        try check(operation, unsafe gnutls_x509_crq_verify(handle.request, 0))
        self = handle
    }

    deinit { unsafe gnutls_x509_crq_deinit(request) }
}
