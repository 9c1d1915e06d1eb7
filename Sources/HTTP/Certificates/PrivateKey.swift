import CGnuTLS

/// A private key: elliptic curve P-256. Nothing prints it; whoever asks for its text keeps that to himself.
@safe package struct PrivateKey: ~Copyable {
    let key: gnutls_x509_privkey_t

    private init() {
        var made: gnutls_x509_privkey_t?
        guard unsafe gnutls_x509_privkey_init(&made) >= 0, let made = unsafe made else {
            preconditionFailure("GnuTLS gives a key unless memory has run out")
        }
        unsafe key = made
    }

    /// A new one, from the operating system's source of chance.
    package static func generate() throws(CertificateError) -> PrivateKey {
        let key = PrivateKey()
        try check("make a key", unsafe bom_gnutls_generate(key.key))
        return key
    }

    /// The first key in a PEM text.
    package init(pem: [UInt8]) throws(CertificateError) {
        let made = PrivateKey()
        try check(
            "read a key",
            unsafe withDatum(pem) { unsafe gnutls_x509_privkey_import2(made.key, $0, GNUTLS_X509_FMT_PEM, nil, 0) })
        self = made
    }

    deinit { unsafe gnutls_x509_privkey_deinit(key) }

    /// As a PEM text (PKCS #8), not encrypted: it is for a file of mode 0600.
    package borrowing func pem() throws(CertificateError) -> String {
        var out = unsafe gnutls_datum_t()
        try check(
            "write a key", unsafe gnutls_x509_privkey_export2_pkcs8(key, GNUTLS_X509_FMT_PEM, nil, 0, &out))
        return unsafe String(decoding: out.taken, as: UTF8.self)
    }

    /// Whether the certificate is for this key.
    package borrowing func fits(_ certificate: Certificate) throws(CertificateError) -> Bool {
        let handle = try CertificateHandle(reading: certificate.der, GNUTLS_X509_FMT_DER)
        var id = [UInt8](repeating: 0, count: 64)
        var count = id.count
        try check("read a key", unsafe gnutls_x509_privkey_get_key_id(key, 0, &id, &count))
        return try handle.keyID() == Array(id[..<count])
    }
}
