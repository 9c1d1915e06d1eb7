import Exchange
import HTTP
import Lane

/// Certificates of the station.
///
///     POST /v1/stations/{station}/enrolment        with a code that is good once
///     POST /v1/stations/{station}/certificate      over the present certificate, also when it has ended
extension CentralLink {
    /// Enrols the station: makes its key, and keeps the certificate that central gives for it.
    ///
    /// - Parameter authority: what to trust from then on, in PEM; nil: as it is configured.
    package mutating func enrol(
        _ code: String, trusting authority: String?, keepingIn files: IdentityFiles
    ) throws -> Validity {
        let key = try PrivateKey.generate()
        let request = try CertificateRequest(for: key, name: name)
        let answer = try certificate(from: "enrolment", EnrolmentRequest(code: code, request: request.pem))
        if let authority { try files.keep(authority: authority) }
        return try files.keep(answer.certificate, for: key)
    }

    /// Asks for the next certificate, for a new key, and keeps both; and the authorities that central names, where an enrolment has
    /// brought the one before: so it can be changed without enrolling anew.
    ///
    /// - Parameter configured: the file of the authorities that the configuration names: that one is its owner's.
    package mutating func renew(keepingIn files: IdentityFiles, configured: String? = nil) -> Renewal.Event {
        do {
            let trusts = try configured.map { files.fewFingerprints(in: $0) } ?? files.fingerprints(in: files.authority)
            let key = try PrivateKey.generate()
            let request = try CertificateRequest(for: key, name: name)
            let answer = try certificate(from: "certificate", RenewalRequest(request: request.pem, trusts: trusts))
            // Before the certificate: what comes after it may be known by the new authority alone.
            if configured == nil, trusts != nil { try files.keep(authority: answer.authority) }
            return .renewed(try files.keep(answer.certificate, for: key))
        } catch let error as TransferError {
            return .failed(error.line)
        } catch {
            return .failed("\(error)")
        }
    }

    private mutating func certificate(from path: String, _ message: some Message) throws -> CertificateAnswer {
        let response = try client.perform(
            Request(
                .post, endpoint, "/v1/stations/\(station.number)/\(path)",
                headers: ["Content-Type": "application/json"],
                body: message.json))
        guard response.status == 200 else { throw CertificateRefused(words: response.complaint) }
        return try CertificateAnswer(json: response.body)
    }

    /// The authority writes its own name into the certificate: this one is for who reads the request.
    private var name: String { "station-\(station.number)" }
}

/// Central gave no certificate; its words.
package struct CertificateRefused: Error, Hashable, CustomStringConvertible {
    package let words: String
    package var description: String { words }
}
