import CGnuTLS
import Glibc
import Lane

/// GnuTLS's certificate, being made or read.
@safe struct CertificateHandle: ~Copyable {
    let certificate: gnutls_x509_crt_t

    init() {
        var made: gnutls_x509_crt_t?
        guard unsafe gnutls_x509_crt_init(&made) >= 0, let made = unsafe made else {
            preconditionFailure("GnuTLS gives a certificate unless memory has run out")
        }
        unsafe certificate = made
    }

    init(reading bytes: [UInt8], _ format: gnutls_x509_crt_fmt_t) throws(CertificateError) {
        let handle = CertificateHandle()
        try check(
            "read a certificate",
            unsafe withDatum(bytes) { unsafe gnutls_x509_crt_import(handle.certificate, $0, format) })
        self = handle
    }

    deinit { unsafe gnutls_x509_crt_deinit(certificate) }

    /// Its bytes.
    borrowing func export(_ format: gnutls_x509_crt_fmt_t) throws(CertificateError) -> [UInt8] {
        var out = unsafe gnutls_datum_t()
        try check("write a certificate", unsafe gnutls_x509_crt_export2(certificate, format, &out))
        return unsafe out.taken
    }

    borrowing func set(_ oid: String, _ text: String) throws(CertificateError) {
        try check(
            "name a certificate",
            unsafe gnutls_x509_crt_set_dn_by_oid(certificate, oid, 0, text, UInt32(text.utf8.count)))
    }

    /// Sets what every certificate of ours has: version, serial number, dates, the key that it is for.
    borrowing func begin(serial: [UInt8], _ validity: Validity) throws(CertificateError) {
        let operation = "make a certificate"
        try check(operation, unsafe gnutls_x509_crt_set_version(certificate, 3))
        try check(operation, unsafe gnutls_x509_crt_set_serial(certificate, serial, serial.count))
        try check(
            operation, unsafe gnutls_x509_crt_set_activation_time(certificate, validity.begins.seconds))
        try check(operation, unsafe gnutls_x509_crt_set_expiration_time(certificate, validity.ends.seconds))
    }

    /// The key identifier that makes chains easy to follow (RFC 5280 §4.2.1.2).
    borrowing func keyID() throws(CertificateError) -> [UInt8] {
        var id = [UInt8](repeating: 0, count: 64)
        var count = id.count
        try check("read a certificate", unsafe gnutls_x509_crt_get_key_id(certificate, 0, &id, &count))
        return Array(id[..<count])
    }
}

/// Zero and more is well; less is GnuTLS's error.
func check(_ operation: String, _ result: Int32) throws(CertificateError) {
    guard result >= 0 else {
        throw CertificateError(operation, unsafe String(cString: gnutls_strerror(result)))
    }
}

/// Lends bytes to GnuTLS for one call.
func withDatum<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<gnutls_datum_t>) -> Result) -> Result {
    var bytes = bytes
    let count = UInt32(bytes.count)
    return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
        var datum = unsafe gnutls_datum_t(data: buffer.baseAddress, size: count)
        return unsafe body(&datum)
    }
}

extension gnutls_datum_t {
    /// A copy of what GnuTLS has allocated, which goes back to it.
    var taken: [UInt8] {
        defer { unsafe bom_gnutls_free(data) }
        return unsafe Array(UnsafeBufferPointer(start: data, count: Int(size)))
    }
}

extension UTC {
    /// Whole seconds since 1970, as certificates have them.
    var seconds: time_t { time_t(milliseconds / 1_000) }

    init(seconds: time_t) { self.init(milliseconds: Int64(seconds) * 1_000) }
}
