import Lane
import Station

/// A station drawn from a seed: one to four lanes, with or without a second detector and cameras, and settings from all over their ranges.
struct SwarmSite {
    /// Nobody's key, as in the shipped sites: the simulator signs with one of its own.
    private static let key = String(repeating: "0", count: 64)

    /// The configuration as a file.
    private(set) var text: String
    let lanes: Int

    /// - Parameter retention: in days; nil: drawn.
    init(_ chance: inout Chance, retention: Int? = nil) {
        lanes = [1, 1, 1, 1, 1, 2, 2, 2, 3, 4][chance.below(10)]
        let profile = ["classic", "bergen", "camera", "dark"][chance.below(4)]
        let listEvery = [5, 10, 20, 60][chance.below(4)]
        let mostWaiting = [256, 1_024, 4_096][chance.below(3)]
        let sealAfter = [30, 120, 300][chance.below(3)]
        let retention = (1 + chance.below(4), retention)
        text = """
            [station]
            id = 42
            name = swarm
            [lights]
            profile = \(profile)
            [lines]
            driver = simulated
            socket = /run/bomstasjon/lines.sock
            [central]
            url = http://127.0.0.1:8080
            publicKeys = \(Self.key)
            listEvery = \(listEvery) min
            [journal]
            retention = \(retention.1 ?? retention.0) d
            mostWaiting = \(mostWaiting)
            sealAfter = \(sealAfter) s

            """
        for lane in 1...lanes { text += Self.lane(lane, &chance) }
    }

    private static func lane(_ lane: Int, _ chance: inout Chance) -> String {
        let hasExit = chance.below(3) == 0
        let uniqueness = ["everyRead", "everyRead", "once"][chance.below(3)]
        let unjudged = chance.below(2) == 0 ? "yes" : "no"
        let deniedBeside = chance.below(2) == 0 ? "yes" : "no"
        var text = """
            [reader reader\(lane)]
            port = /dev/bomstasjon/reader\(lane)
            antennas = 0:\(lane)
            uniqueness = \(uniqueness)
            [lane \(lane)]
            zoneStart = -6 m
            zoneEnd = 1 m
            decideAt = 3 m
            head = 25 m
            photographUnjudged = \(unjudged)
            photographDeniedBeside = \(deniedBeside)
            [detector loop\(lane)]
            lane = \(lane)
            input = lane\(lane).loop

            """
        if hasExit { text += "[detector exit\(lane)]\nlane = \(lane)\nposition = 4 m\ninput = lane\(lane).exit\n" }
        let cameras = chance.below(4)
        if cameras != 0 { text += camera("front\(lane)", lane, "loop\(lane)", "leadingEdge", delay: 90) }
        if cameras > 1 {
            text += camera("rear\(lane)", lane, (hasExit ? "exit" : "loop") + "\(lane)", "trailingEdge", delay: 0)
        }
        return text
    }

    private static func camera(_ name: String, _ lane: Int, _ detector: String, _ moment: String, delay: Int) -> String
    {
        """
        [camera \(name)]
        lane = \(lane)
        url = http://127.0.0.1:8001/\(name).jpg
        detector = \(detector)
        moment = \(moment)
        delay = \(delay) ms

        """
    }
}
