import Exchange
import HTTP
import Lane
import Station
import Sync

/// The station's certificate: what its folder holds, and how the central server judges and renews it.
struct VirtualCertificate {
    /// What the station has kept.
    private(set) var validity: Validity
    /// For how long a new one is good.
    private let life: Interval

    /// The station is enrolled now.
    init(life: Interval, at now: UTC) {
        self.life = life
        validity = Validity(from: now, for: life)
    }

    /// What the authority answers. Both are good then; the station uses the new one from when it has kept it.
    func renewed(at now: UTC) -> Validity { Validity(from: now, for: life) }

    mutating func keep(_ validity: Validity) { self.validity = validity }

    /// Whether the central server takes it for more than its own renewal.
    func isGood(at now: UTC) -> Bool { now <= validity.ends }
}

extension World {
    /// A question about the certificate, or any question of a station whose certificate has ended; nil: the certificate has no
    /// part in it.
    func answerOfAuthority(to question: Action) -> Event? {
        let now = clock.worldTime(at: clock.elapsed)
        switch question {
        case .renewal(.renew): return network.certificate.map { .renewal(.renewed($0.renewed(at: now))) }
        case .uploader where network.certificate?.isGood(at: now) == false:
            let message = "the certificate has ended"
            return .upload(.refused(Refusal(.notEnrolled, expected: nil, message: message)))
        case let other where network.certificate?.isGood(at: now) == false:
            return VirtualNetwork.later("central answered 401: the certificate has ended", to: other)
        default: return nil
        }
    }

    /// What the station's folder holds: no network is in the way.
    func lookAtCertificate(for question: Action) -> Event? {
        guard case .renewal(.look) = question else { return nil }
        return .renewal(.found(network.certificate?.validity))
    }
}
