import Exchange
import HTTP
import Lane

/// What the central server knows of one station: its enrolment code, and the certificates that it was given.
struct StationEntry: Message {
    /// A code that was given out.
    struct Code: Codable, Hashable {
        let digest: Digest
        let ends: UTC
        var isUsed = false
    }

    /// A certificate that was given out.
    struct Issued: Codable, Hashable {
        let serial: String
        let begins: UTC
        let ends: UTC
        /// The fingerprint of the authority that signed it; nil: it was given out before this was written down.
        let issuer: String?

        init(_ certificate: Certificate, of issuer: String) {
            self.issuer = issuer
            serial = certificate.serial
            begins = certificate.validity.begins
            ends = certificate.validity.ends
        }
    }

    /// Why somebody is not let in; for people.
    enum Refused: Error, Hashable, Sendable {
        /// No certificate was shown.
        case noCertificate
        /// One was shown that this central server's authority has not signed.
        case foreign
        /// It is another station's than the path names.
        case otherStation(StationID?)
        /// Nobody knows of the station or of this certificate.
        case unknown
        case withdrawn
        /// It begins then.
        case notYet(UTC)
        case ended(UTC)
        /// Too long ago for renewal as well.
        case endedLongAgo(UTC)
        case wrongCode
        case codeUsed
        case codeEnded(UTC)
    }

    /// How long after its end a certificate is still good for getting the next one: a station may be without a network for a
    /// season.
    static let renewedWithin = Interval.days(90)
    /// More authorities than a station trusts while one is changed.
    static let mostTrusted = 4

    let station: UInt32
    var isWithdrawn = false
    var code: Code?
    /// At most two: while nobody has shown the new one, the one before may be all that the station has.
    private(set) var certificates: [Issued] = []
    /// The fingerprints of the authorities that the station trusted when it renewed last; nil: it did not say.
    var trusts: [String]?

    init(_ station: StationID) { self.station = station.number }

    /// A code is given out, and takes the place of one before. A station that was withdrawn may come again by it.
    mutating func give(_ code: EnrolmentCode, until ends: UTC) {
        isWithdrawn = false
        self.code = Code(digest: code.digest(for: StationID(station)), ends: ends)
    }

    /// Takes the code, once. Whoever has it is the station from now on: what an earlier computer was given ends.
    mutating func redeem(_ typed: EnrolmentCode, at now: UTC) throws(Refused) {
        guard let code, !isWithdrawn else { throw .wrongCode }
        guard code.digest.matches(typed.digest(for: StationID(station))) else { throw .wrongCode }
        guard !code.isUsed else { throw .codeUsed }
        guard now <= code.ends else { throw .codeEnded(code.ends) }
        self.code?.isUsed = true
        certificates = []
        trusts = nil
    }

    /// Keeps a certificate that was made for the station.
    ///
    /// - Parameter shown: the number of the one that it renews, which stays good: the answer may be lost. Others are of no use any more:
    ///   so a copy of an old key is shut out, and a clone that renews first is noticed at the station, which is.
    mutating func keep(_ certificate: Certificate, of issuer: String, renewing shown: String? = nil) {
        certificates = certificates.filter { $0.serial == shown } + [Issued(certificate, of: issuer)]
    }

    mutating func withdraw() {
        isWithdrawn = true
        code = nil
        certificates = []
    }

    /// Whether the certificate of that number is good now; for renewal it may have ended.
    func admits(_ serial: String, renewing: Bool, at now: UTC) throws(Refused) {
        guard !isWithdrawn else { throw .withdrawn }
        guard let certificate = certificates.first(where: { $0.serial == serial }) else { throw .unknown }
        guard certificate.begins <= now else { throw .notYet(certificate.begins) }
        guard certificate.ends < now else { return }
        guard renewing else { throw .ended(certificate.ends) }
        guard now <= certificate.ends + Self.renewedWithin else { throw .endedLongAgo(certificate.ends) }
    }

    /// The end of the last certificate.
    var ends: UTC? { certificates.map(\.ends).max() }
}

extension UTC {
    static func + (moment: UTC, time: Interval) -> UTC { UTC(milliseconds: moment.milliseconds + time.milliseconds) }
}

extension StationEntry.Refused {
    /// What the station is told. Who knows no code learns nothing from it.
    var words: String {
        switch self {
        case .noCertificate: "this central server asks for the station's certificate: station enrol gets one"
        case .foreign: "the certificate is not of this central server's authority: enrol the station anew"
        case .otherStation: "the certificate is another station's"
        case .unknown: "the certificate is not known here: enrol the station anew"
        case .withdrawn: "the certificate was withdrawn: ask the central server's operator"
        case .notYet(let begins): "the certificate begins only at \(begins.text) by the central server's clock"
        case .ended(let ends): "the certificate ended at \(ends.text); it is good for getting the next one alone"
        case .endedLongAgo(let ends): "the certificate ended at \(ends.text), too long ago: enrol the station anew"
        case .wrongCode, .codeUsed, .codeEnded:
            "the code is wrong, used, or has ended: ask the central server's operator for another"
        }
    }

    /// What the central server's log says, where that is more.
    var logWords: String {
        switch self {
        case .wrongCode: "wrong code"
        case .codeUsed: "the code was used before"
        case .codeEnded(let ends): "the code ended at \(ends.text)"
        case .otherStation(let other): "the certificate is station \(other.map { "\($0.number)" } ?? "unknown")'s"
        case .noCertificate: "no certificate"
        case .unknown: "neither station nor certificate is known"
        default: words
        }
    }
}
