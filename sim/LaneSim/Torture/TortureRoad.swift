import FoundationEssentials
import Lane

/// Who passes in a round: a scenario's file in the folder of the run, drawn from the seed and the round's number.
struct TortureRoad: Sendable {
    /// Each lane has its stream; a vehicle a second and a half, on average.
    private static let perHour = 2_400

    let folder: String
    let seed: UInt64

    /// Two lanes with a reader, a detector and two cameras each.
    private static let siteText = ListTrial.siteText + (1...2).map(cameras).joined()

    private static func cameras(_ lane: Int) -> String {
        """

        [camera front\(lane)]
        lane = \(lane)
        url = http://127.0.0.1:1/snapshot.jpg
        detector = loop\(lane)
        moment = leadingEdge
        delay = 90 ms

        [camera rear\(lane)]
        lane = \(lane)
        url = http://127.0.0.1:1/snapshot.jpg
        detector = loop\(lane)
        moment = trailingEdge

        """
    }

    /// Writes a round's scenario: vehicles come until the faults are over.
    func write(_ round: Int, until end: Interval) throws {
        var text = """
            [scenario]
            shows = round \(round): vehicles pass whatever happens to the programs
            source = what must always hold: I1, I2
            site = site.conf
            seed = \(seed &+ UInt64(round) &* 1_000_003)


            """
        for lane in 1...2 {
            text += """
                [traffic lane\(lane)]
                lane = \(lane)
                from = 1 s
                until = \(end.milliseconds) ms
                perHour = \(Self.perHour)
                trailers = 0 %


                """
        }
        try Data(Self.siteText.utf8).write(to: URL(filePath: "\(folder)/site.conf"))
        try Data(text.utf8).write(to: URL(filePath: path(round)))
    }

    /// A round's scenario and its road, as its file has them.
    func planned(_ round: Int) throws -> (Scenario, RoadPlan) { try Scenario.planned(path(round), seed: nil) }

    private func path(_ round: Int) -> String { "\(folder)/round-\(round).lane" }
}
