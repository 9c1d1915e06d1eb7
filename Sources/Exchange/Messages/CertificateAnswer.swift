/// What a station sends to be enrolled: `POST /v1/stations/{station}/enrolment`.
package struct EnrolmentRequest: Message {
    /// The code that the central server's operator gave out; it is good once.
    package var code: String
    /// PKCS #10, in PEM.
    package var request: String

    package init(code: String, request: String) {
        self.code = code
        self.request = request
    }
}

/// What a station sends to get its next certificate: `POST /v1/stations/{station}/certificate`, over its present one.
package struct RenewalRequest: Message {
    /// PKCS #10, in PEM.
    package var request: String
    /// The SHA-256 fingerprints of the authorities that the station trusts; nil: it does not say.
    package var trusts: [String]?

    package init(request: String, trusts: [String]? = nil) {
        self.request = request
        self.trusts = trusts
    }
}

/// The answer to both.
package struct CertificateAnswer: Message {
    /// The authorities by which the central server is to be known, in PEM: one, and while it is changed two.
    package var authority: String
    /// The station's certificate, in PEM.
    package var certificate: String

    package init(authority: String, certificate: String) {
        self.authority = authority
        self.certificate = certificate
    }
}
