import Devices
import Exchange
import HTTP
import Lane
import Storage
import Synchronization

/// Who may do what at a central server that has an authority: it enrols stations, renews their certificates, and holds each
/// request against the register as it stands at that moment.
final class EnrolmentDesk: Sendable {
    /// Signs.
    private let authority: Authority
    /// By whose signature stations are known: that one, and while it is changed another.
    let trusted: [Certificate]
    private let life: Interval
    private let clock: @Sendable () -> UTC
    private let register: Mutex<StationRegister>
    private let attempts = Mutex(AttemptLimit())
    private let requests: Mutex<RequestLimit>
    private let report: @Sendable (String) -> Void

    init(
        _ authority: Authority, trusting trusted: [Certificate], _ folder: CentralFolder, life: Interval,
        limit: RequestLimit = RequestLimit(),
        clock: @escaping @Sendable () -> UTC, report: @escaping @Sendable (String) -> Void
    ) throws {
        self.authority = authority
        self.trusted = trusted
        self.life = life
        self.clock = clock
        self.report = report
        requests = Mutex(limit)
        register = Mutex(try StationRegister(folder))
    }

    /// Why this may not be asked; nil: it may.
    func refusal(of head: RequestHead, _ route: Route) -> ServerResponse? {
        if let wait = requests.withLock({ $0.take(client(of: head), at: MonotonicClock.now()) }) {
            return .tooMany("more requests than a minute may have; try again after Retry-After", after: wait)
        }
        switch route {
        // Whether it lives, anybody may ask; who has a code has no certificate yet.
        case .health, .enrolment: return nil
        case .position, .records, .photo, .list, .listFile, .certificate: break
        }
        do {
            try admit(head.peer, to: route)
            return nil
        } catch let refused as StationEntry.Refused {
            return answer(refused, to: route.station)
        } catch {
            report("register of stations: \(error)")
            return .later("the register of stations is not usable right now")
        }
    }

    private func client(of head: RequestHead) -> RequestLimit.Client {
        if case .certified(let shown) = head.peer, let station = StationID(commonName: shown.commonName) {
            return .station(station)
        }
        return head.address.map { .address($0) } ?? .others
    }

    private func admit(_ peer: Peer, to route: Route) throws {
        let certificate: Certificate
        switch peer {
        case .certified(let shown): certificate = shown
        case .foreign: throw StationEntry.Refused.foreign
        case .network, .local: throw StationEntry.Refused.noCertificate
        }
        let owner = StationID(commonName: certificate.commonName)
        guard let owner, owner == route.station ?? owner else { throw StationEntry.Refused.otherStation(owner) }
        guard let entry = try register.withLock({ try $0.entry(of: owner) }) else { throw StationEntry.Refused.unknown }
        let isRenewal = if case .certificate = route { true } else { false }
        try entry.admits(certificate.serial, renewing: isRenewal, at: clock())
    }

    /// A station shows its code, and gets its first certificate.
    func enrol(_ station: StationID, _ body: [UInt8]) -> ServerResponse {
        if let wait = attempts.withLock({ $0.take(at: MonotonicClock.now()) }) {
            return .tooMany("too many enrolments are tried; try again in a minute", after: wait)
        }
        return give(station) {
            let asked = try EnrolmentRequest(json: body)
            guard let code = EnrolmentCode(asked.code) else { throw StationEntry.Refused.wrongCode }
            return try issue(asked.request, to: station, renewing: nil) { entry, now throws(StationEntry.Refused) in
                try entry.redeem(code, at: now)
            }
        }
    }

    /// A station gets the next certificate over the one that it shows, which was admitted for this.
    func renew(_ station: StationID, _ peer: Peer, _ body: [UInt8]) -> ServerResponse {
        give(station) {
            guard case .certified(let shown) = peer else { throw StationEntry.Refused.noCertificate }
            let asked = try RenewalRequest(json: body)
            return try issue(asked.request, to: station, renewing: shown.serial) {
                entry, now throws(StationEntry.Refused) in
                // It may have been withdrawn since it was admitted.
                try entry.admits(shown.serial, renewing: true, at: now)
                entry.trusts = asked.trusts.map { Array($0.prefix(StationEntry.mostTrusted)) }
            }
        }
    }

    /// Checks, makes the certificate and writes it down in one transaction: a code whose certificate is not known here is not used.
    private func issue(
        _ request: String, to station: StationID, renewing shown: String?,
        _ check: @Sendable (inout StationEntry, UTC) throws(StationEntry.Refused) -> Void
    ) throws -> Certificate {
        let request = try CertificateRequest(pem: request)
        return try register.withLock { register in
            try register.change(station) { known in
                guard var entry = known else { throw StationEntry.Refused.wrongCode }
                let now = clock()
                try check(&entry, now)
                let certificate = try authority.issue(
                    request, name: station.commonName, Validity(from: now, for: life))
                entry.keep(certificate, of: try authority.certificate.fingerprint, renewing: shown)
                known = entry
                return certificate
            }
        }
    }

    private func give(_ station: StationID, _ make: () throws -> Certificate) -> ServerResponse {
        do {
            let certificate = try make()
            report("station \(station.number): has a certificate until \(certificate.validity.ends.text)")
            let authorities = try trusted.map { try $0.pem }.joined()
            return .json(200, CertificateAnswer(authority: authorities, certificate: try certificate.pem).json)
        } catch let refused as StationEntry.Refused {
            return answer(refused, to: station)
        } catch is MessageError {
            return .refusal(400, Refusal(.malformed, message: "the body is not what this path takes"))
        } catch let error as CertificateError {
            return .refusal(400, Refusal(.malformed, message: "\(error)"))
        } catch {
            report("register of stations: \(error)")
            return .later("the register of stations is not usable right now")
        }
    }

    private func answer(_ refused: StationEntry.Refused, to station: StationID?) -> ServerResponse {
        report("\(station.map { "station \($0.number)" } ?? "a client"): not let in: \(refused.logWords)")
        let status = refused == .noCertificate || refused == .foreign ? 401 : 403
        return .refusal(status, Refusal(status == 401 ? .notEnrolled : .notAllowed, message: refused.words))
    }
}

extension StationID {
    /// The name in a station's certificate.
    var commonName: String { "station-\(number)" }

    /// The station that a certificate's name stands for; nil for any other name.
    init?(commonName: String) {
        let digits = commonName.dropFirst("station-".count)
        guard let number = UInt32(digits), commonName == "station-\(number)" else { return nil }
        self.init(number)
    }
}
