import CGnuTLS
import Glibc
import Lane

/// A certificate authority of one's own: what stations and the central server trust each other by.
package struct Authority: Sendable {
    package let certificate: Certificate
    private let key: [UInt8]

    /// - Parameters:
    ///   - certificate: its own, in PEM.
    ///   - key: of that certificate, in PEM; an error when it is another's.
    package init(certificate: [UInt8], key: [UInt8]) throws(CertificateError) {
        self.certificate = try Certificate(pem: certificate)
        self.key = key
        guard try PrivateKey(pem: key).fits(self.certificate) else {
            throw CertificateError("read the authority", "its key is not that of its certificate")
        }
    }

    /// Makes one, with its key's text.
    package static func make(
        named name: String, _ validity: Validity
    ) throws(CertificateError) -> (authority: Authority, key: String) {
        let key = try PrivateKey.generate()
        let handle = CertificateHandle()
        try handle.begin(serial: serialNumber(), validity)
        try handle.set(Certificate.nameOID, name)
        try check("make an authority", unsafe gnutls_x509_crt_set_key(handle.certificate, key.key))
        // It signs certificates of computers, and no further authority.
        try check("make an authority", unsafe gnutls_x509_crt_set_basic_constraints(handle.certificate, 1, 0))
        try check(
            "make an authority", unsafe gnutls_x509_crt_set_key_usage(handle.certificate, bom_gnutls_use_authority))
        let id = try handle.keyID()
        try check("make an authority", unsafe gnutls_x509_crt_set_subject_key_id(handle.certificate, id, id.count))
        try check(
            "make an authority",
            unsafe gnutls_x509_crt_sign2(handle.certificate, handle.certificate, key.key, GNUTLS_DIG_SHA256, 0))
        let text = try key.pem()
        let authority = try Authority(
            certificate: try handle.export(GNUTLS_X509_FMT_PEM), key: Array(text.utf8))
        return (authority, text)
    }

    /// A certificate for whoever made the request, under the name that the authority knows him by: good to show as a client.
    package func issue(
        _ request: CertificateRequest, name: String, _ validity: Validity
    ) throws(CertificateError) -> Certificate {
        let handle = CertificateHandle()
        try handle.begin(serial: Self.serialNumber(), validity)
        try handle.set(Certificate.nameOID, name)
        let request = try RequestHandle(reading: request.pem)
        var key: gnutls_pubkey_t?
        guard unsafe gnutls_pubkey_init(&key) >= 0, let key = unsafe key else {
            preconditionFailure("GnuTLS gives a key unless memory has run out")
        }
        defer { unsafe gnutls_pubkey_deinit(key) }
        try check("read a certificate request", unsafe gnutls_pubkey_import_x509_crq(key, request.request, 0))
        try check("make a certificate", unsafe gnutls_x509_crt_set_pubkey(handle.certificate, key))
        return try sign(handle, for: .client)
    }

    /// A certificate for a server's key, good for these names and numeric addresses.
    package func issue(
        server key: borrowing PrivateKey, hosts: [String], _ validity: Validity
    ) throws(CertificateError) -> Certificate {
        let handle = CertificateHandle()
        try handle.begin(serial: Self.serialNumber(), validity)
        try handle.set(Certificate.nameOID, hosts.first ?? "")
        try check("make a certificate", unsafe gnutls_x509_crt_set_key(handle.certificate, key.key))
        for host in hosts { try add(host, to: handle) }
        return try sign(handle, for: .server)
    }

    private func add(_ host: String, to handle: borrowing CertificateHandle) throws(CertificateError) {
        let address = Self.address(host)
        let kind = address == nil ? GNUTLS_SAN_DNSNAME : GNUTLS_SAN_IPADDRESS
        let bytes = address ?? Array(host.utf8)
        try check(
            "name a certificate",
            unsafe gnutls_x509_crt_set_subject_alt_name(
                handle.certificate, kind, bytes, UInt32(bytes.count), UInt32(GNUTLS_FSAN_APPEND)))
    }

    private func sign(
        _ handle: borrowing CertificateHandle, for purpose: Certificate.Purpose
    ) throws(CertificateError) -> Certificate {
        let operation = "sign a certificate"
        let crt = unsafe handle.certificate
        let issuer = try CertificateHandle(reading: certificate.der, GNUTLS_X509_FMT_DER)
        let (id, issuerID) = (try handle.keyID(), try issuer.keyID())
        try check(operation, unsafe gnutls_x509_crt_set_basic_constraints(crt, 0, -1))
        try check(operation, unsafe gnutls_x509_crt_set_key_usage(crt, bom_gnutls_use_peer))
        try check(operation, unsafe gnutls_x509_crt_set_key_purpose_oid(crt, purpose.oid, 0))
        try check(operation, unsafe gnutls_x509_crt_set_subject_key_id(crt, id, id.count))
        try check(operation, unsafe gnutls_x509_crt_set_authority_key_id(crt, issuerID, issuerID.count))
        let key = try PrivateKey(pem: key)
        try check(operation, unsafe gnutls_x509_crt_sign2(crt, issuer.certificate, key.key, GNUTLS_DIG_SHA256, 0))
        return try Certificate(handle)
    }

    /// 16 bytes of chance, positive as a number: two are never the same (RFC 5280 §4.1.2.2).
    private static func serialNumber() -> [UInt8] {
        var chance = SystemRandomNumberGenerator()
        return [UInt8.random(in: 1...127, using: &chance)]
            + (1..<16).map { _ in UInt8.random(in: 0...255, using: &chance) }
    }

    /// The bytes of a numeric address; nil for a name.
    private static func address(_ text: String) -> [UInt8]? {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if unsafe inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        return nil
    }
}

/// An authority never shows its key.
extension Authority: CustomStringConvertible, CustomReflectable {
    package var description: String { "authority \(certificate.commonName)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
