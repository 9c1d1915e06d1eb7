import Exchange
import Lane
import Sync

/// The station's certificate.
extension StationMachine {
    /// A certificate that the configuration names is looked after by whoever put it there; and plain http has none.
    mutating func startRenewal(_ turn: inout StationTurn) {
        guard let central = configuration.central, central.clientCertificate == nil, central.url?.isSecure == true
        else {
            return
        }
        renew(.start, &turn)
    }

    mutating func renew(_ event: Renewal.Event, _ turn: inout StationTurn) {
        if case .renewed(let validity) = event {
            log(.info, "certificate.renewed", ["ends": validity.ends.text], &turn)
        }
        for action in renewal.handle(event, at: stamp(at: turn.now)) {
            switch action {
            case .look, .renew: turn.actions.append(.renewal(action))
            case .condition(let condition): take(condition, &turn)
            case .wake(let moment): wake(.own(.renewal), at: moment)
            }
        }
    }

    private mutating func take(_ condition: Renewal.Condition, _ turn: inout StationTurn) {
        let reason: String? =
            switch condition {
            case .good: nil
            case .endsSoon(let ends, let reason): "it ends at \(ends.text): \(reason)"
            case .ended(let ends, let reason):
                "it ended at \(ends.text)" + (reason.isEmpty ? "" : ": \(reason)")
            case .notBegun(let begins): "it begins at \(begins.text): this computer's clock is behind"
            case .unreadable(let reason): reason
            }
        alarm(.certificateNotGood, on: "", reason != nil, because: reason ?? "", &turn)
    }
}
