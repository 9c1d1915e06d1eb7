import Exchange
import Lane

/// A station as `central stations list` shows it; with `--json` its members are the object's.
struct StationRow: Message {
    /// What a station may do.
    enum State: String, Codable {
        /// It has a code and no certificate.
        case waits
        case enrolled
        /// Its certificate has ended; it may still renew it, or is enrolled anew.
        case ended
        case withdrawn
    }

    let station: UInt32
    let state: State
    /// When its last certificate ends.
    let certificateEnds: UTC?
    /// Until when a code that was not used is good.
    let codeEnds: UTC?

    init(_ entry: StationEntry, at now: UTC) {
        station = entry.station
        certificateEnds = entry.ends
        codeEnds = entry.code.flatMap { $0.isUsed ? nil : $0.ends }
        state =
            if entry.isWithdrawn {
                .withdrawn
            } else if let ends = entry.ends {
                ends < now ? .ended : .enrolled
            } else {
                .waits
            }
    }

    static let heading = "station    state      certificate ends          code ends"

    var text: String {
        let columns = ["\(station)".padded(to: 10), state.rawValue.padded(to: 10)]
        let moments = [certificateEnds?.text ?? "–", codeEnds?.text ?? "–"].map { $0.padded(to: 25) }
        var text = (columns + moments).joined(separator: " ")
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
