import Exchange
import Lane

/// Noon on the last day of January 2026.
let noon = UTC(milliseconds: 1_769_860_800_000)

/// Records as both sides print them, chained; a passage each where the word says so.
func records(_ bodies: [String]) -> [String] {
    var previous = Digest.zero
    return bodies.map { body in
        previous = .chained(to: previous, body: Array(body.utf8))
        return "{\"digest\":\"\(previous.hex)\",\"body\":\(body)}"
    }
}

func body(_ sequence: Int, type: String, _ rest: String = "") -> String {
    """
    {"v":1,"station":42,"journal":"00000000000000000000000000000001","sequence":\(sequence),"type":"\(type)",\
    "boot":"b","at":{"utc":"2026-01-31T12:00:00.000Z","mono":1},"clock":"good"\(rest)}
    """
}
