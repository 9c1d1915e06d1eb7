import CGnuTLS
import Lane

/// An X.509 certificate (RFC 5280) by its bytes. That somebody shows it proves nothing: `isSigned` does, and the handshake.
package struct Certificate: Hashable, Sendable {
    /// What it may be shown for (RFC 5280 §4.2.1.12).
    package enum Purpose: Hashable, Sendable {
        case server
        case client

        var oid: String {
            switch self {
            case .server: "1.3.6.1.5.5.7.3.1"
            case .client: "1.3.6.1.5.5.7.3.2"
            }
        }
    }

    package let der: [UInt8]
    /// Whose it is; empty when it does not say.
    package let commonName: String
    /// Its number at its authority, in hexadecimal digits.
    package let serial: String
    package let validity: Validity

    /// The first certificate in a PEM text, which may hold other things before and behind it.
    package init(pem: [UInt8]) throws(CertificateError) {
        try self.init(CertificateHandle(reading: pem, GNUTLS_X509_FMT_PEM))
    }

    /// All certificates in a PEM text; an error when it holds none, more than `most`, or one that cannot be read.
    package static func all(pem: [UInt8], most: Int) throws(CertificateError) -> [Certificate] {
        let begin = "-----BEGIN CERTIFICATE-----"
        let parts = String(decoding: pem, as: UTF8.self).split(separator: begin, omittingEmptySubsequences: false)
        guard (2...most + 1).contains(parts.count) else {
            throw CertificateError("read certificates", "there are \(parts.count - 1), and 1 to \(most) are taken")
        }
        var certificates: [Certificate] = []
        for part in parts.dropFirst() { certificates.append(try Certificate(pem: Array((begin + part).utf8))) }
        return certificates
    }

    package init(der: [UInt8]) throws(CertificateError) {
        try self.init(CertificateHandle(reading: der, GNUTLS_X509_FMT_DER))
    }

    init(_ handle: borrowing CertificateHandle) throws(CertificateError) {
        der = try handle.export(GNUTLS_X509_FMT_DER)
        // Longer names are none of ours (RFC 5280: 64 characters).
        var name = [CChar](repeating: 0, count: 256)
        var count = name.count
        let hasName = unsafe gnutls_x509_crt_get_dn_by_oid(handle.certificate, Self.nameOID, 0, 0, &name, &count) >= 0
        commonName = hasName ? String(decoding: name[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
        var number = [UInt8](repeating: 0, count: 64)
        count = number.count
        try check("read a certificate", unsafe gnutls_x509_crt_get_serial(handle.certificate, &number, &count))
        serial = number[..<count].hexadecimal
        validity = Validity(
            begins: UTC(seconds: unsafe gnutls_x509_crt_get_activation_time(handle.certificate)),
            ends: UTC(seconds: unsafe gnutls_x509_crt_get_expiration_time(handle.certificate)))
    }

    static let nameOID = "2.5.4.3"

    /// As a text, with its line end.
    package var pem: String {
        get throws(CertificateError) {
            let handle = try CertificateHandle(reading: der, GNUTLS_X509_FMT_DER)
            return String(decoding: try handle.export(GNUTLS_X509_FMT_PEM), as: UTF8.self)
        }
    }

    /// SHA-256 over its bytes, as `openssl x509 -fingerprint -sha256` shows it, without colons and in lower case.
    package var fingerprint: String {
        get throws(CertificateError) {
            let handle = try CertificateHandle(reading: der, GNUTLS_X509_FMT_DER)
            var digest = [UInt8](repeating: 0, count: 32)
            var count = digest.count
            try check(
                "read a certificate",
                unsafe gnutls_x509_crt_get_fingerprint(handle.certificate, GNUTLS_DIG_SHA256, &digest, &count))
            return digest.hexadecimal
        }
    }

    /// Whether that authority has signed it, and for this purpose. Its dates are for the caller to judge.
    package func isSigned(by authority: Certificate, for purpose: Purpose) throws(CertificateError) -> Bool {
        let handle = try CertificateHandle(reading: der, GNUTLS_X509_FMT_DER)
        let issuer = try CertificateHandle(reading: authority.der, GNUTLS_X509_FMT_DER)
        guard unsafe bom_gnutls_verify(handle.certificate, issuer.certificate) == 0 else { return false }
        // One that says no purpose would be good for any.
        var oid = [CChar](repeating: 0, count: 64)
        var count = oid.count
        let says = unsafe gnutls_x509_crt_get_key_purpose_oid(handle.certificate, 0, &oid, &count, nil) >= 0
        return says
            && String(decoding: oid.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) == purpose.oid
    }
}

extension Collection<UInt8> {
    fileprivate var hexadecimal: String {
        map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }
}
