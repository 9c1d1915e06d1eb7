import Lane
import Station

/// A station drawn from a seed: one to four lanes, with or without a second detector and cameras, and settings from all over their
/// ranges. Its owner changes settings and cameras later, and leaves readers, detectors and lanes where they are.
struct SwarmSite {
    /// Nobody's key, as in the shipped sites: the simulator signs with one of its own.
    private static let key = String(repeating: "0", count: 64)
    /// How many other configurations a station has.
    private static let others = 3

    /// The configuration as a file.
    let text: String
    /// Those that it may be started with later.
    let changed: [String]
    /// For how long a certificate is good; nil: the station speaks to a server on its own computer, and has none.
    let certificateLife: Interval?
    var lanes: Int { hasExit.count }
    /// Which lanes have a second detector.
    private let hasExit: [Bool]

    init(_ chance: inout Chance) {
        let lanes = [1, 1, 1, 1, 1, 2, 2, 2, 3, 4][chance.below(10)]
        let hasExit = (0..<lanes).map { _ in chance.below(3) == 0 }
        let listEvery = [5, 10, 20, 60][chance.below(4)]
        // A central server gives them for 1 to 398 days, 90 if nothing else is said: of those nothing would be seen here.
        certificateLife = [nil, .days(1), .days(3), .days(9)][chance.below(4)]
        let url = certificateLife == nil ? "http://127.0.0.1:8080" : "https://central.example:8443"
        func configuration(_ chance: inout Chance) -> String {
            Self.station(url, listEvery, &chance)
                + hasExit.enumerated().map { Self.lane($0 + 1, hasExit: $1, &chance) }.joined()
        }
        text = configuration(&chance)
        changed = (0..<Self.others).map { _ in configuration(&chance) }
        self.hasExit = hasExit
    }

    private static func station(_ url: String, _ listEvery: Int, _ chance: inout Chance) -> String {
        let profile = ["classic", "bergen", "camera", "dark"][chance.below(4)]
        let mostWaiting = [256, 256, 256, 1_024, 4_096][chance.below(5)]
        let sealAfter = [30, 30, 120, 300][chance.below(4)]
        return """
            [station]
            id = 42
            name = swarm
            [lights]
            profile = \(profile)
            [lines]
            driver = simulated
            socket = /run/bomstasjon/lines.sock
            [central]
            url = \(url)
            publicKeys = \(key)
            listEvery = \(listEvery) min
            [journal]
            retention = \(1 + chance.below(4)) d
            mostWaiting = \(mostWaiting)
            sealAfter = \(sealAfter) s

            """
    }

    private static func lane(_ lane: Int, hasExit: Bool, _ chance: inout Chance) -> String {
        let uniqueness = ["everyRead", "everyRead", "once"][chance.below(3)]
        let unjudged = chance.below(2) == 0 ? "yes" : "no"
        let passageMax = [30, 60, 240][chance.below(3)]
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
            passageMax = \(passageMax) s
            photographUnjudged = \(unjudged)
            photographDeniedBeside = \(deniedBeside)
            [detector loop\(lane)]
            lane = \(lane)
            input = lane\(lane).loop

            """
        if hasExit { text += "[detector exit\(lane)]\nlane = \(lane)\nposition = 4 m\ninput = lane\(lane).exit\n" }
        let cameras = chance.below(4)
        let timeOut = [3, 3, 45][chance.below(3)]
        if cameras != 0 {
            text += camera("front\(lane)", lane, "loop\(lane)", "leadingEdge", delay: 90, timeOut: timeOut)
        }
        if cameras > 1 {
            text += camera(
                "rear\(lane)", lane, (hasExit ? "exit" : "loop") + "\(lane)", "trailingEdge", delay: 0, timeOut: timeOut
            )
        }
        return text
    }

    private static func camera(
        _ name: String, _ lane: Int, _ detector: String, _ moment: String, delay: Int, timeOut: Int
    ) -> String {
        """
        [camera \(name)]
        lane = \(lane)
        timeOut = \(timeOut) s
        url = http://127.0.0.1:8001/\(name).jpg
        detector = \(detector)
        moment = \(moment)
        delay = \(delay) ms

        """
    }
}
