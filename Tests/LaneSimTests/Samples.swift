import Exchange
import Lane
import Station

@testable import LaneSim

/// Two lanes with a reader each; sections of a test come after it, from line 9 on.
let road = """
    [lane 1]
    reader = east
    detector = lane1.loop

    [lane 2]
    reader = west
    port = 3
    detector = lane2.loop

    """

func scenario(_ sections: String) throws(ConfigurationErrors) -> Scenario {
    try Scenario(Array((road + sections).utf8), file: "test.lane")
}

/// What is wrong with these sections, a line each.
func complaint(_ sections: String) -> String {
    do throws(ConfigurationErrors) {
        _ = try scenario(sections)
        return ""
    } catch {
        return "\(error)"
    }
}

/// The scenario begins at noon on the last day of January 2026.
let noon = UTC(milliseconds: 1_769_860_800_000)

func line(
    _ sequence: UInt64, lane: Int = 1, at milliseconds: Int64, _ outcome: Outcome = .approved, journal: String = "a",
    photos: Int = 0
) -> DemoReport.PassageLine {
    DemoReport.PassageLine(
        journal: journal, sequence: sequence, lane: lane,
        time: UTC(milliseconds: noon.milliseconds + milliseconds).text, outcome: outcome.word, photos: photos, flags: []
    )
}

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

/// Nothing but passages, all delivered.
func proof(passages: Int = 0, photos: Int = 0) -> DeliveryProof {
    let photo = #"{"camera":"front","offset":1,"digest":"\#(Digest.zero.hex)","bytes":1,"image":1}"#
    let all = Array(repeating: photo, count: photos).joined(separator: ",")
    let lines = records((0..<passages).map { body($0 + 1, type: "passage", $0 == 0 ? #","photos":[\#(all)]"# : "") })
    return DeliveryProof(station: lines, central: lines)
}
