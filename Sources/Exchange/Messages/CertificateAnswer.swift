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

    package init(request: String) { self.request = request }
}

/// The answer to both.
package struct CertificateAnswer: Message {
    /// The authority by which the central server is to be known, in PEM.
    package var authority: String
    /// The station's certificate, in PEM.
    package var certificate: String

    package init(authority: String, certificate: String) {
        self.authority = authority
        self.certificate = certificate
    }
}
