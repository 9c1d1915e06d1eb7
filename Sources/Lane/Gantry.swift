/// All lanes of the station: routes what is heard to the lane it belongs to, and remembers which tags were heard and decided where.
package struct Gantry: Sendable {
    private var lanes: [LaneMachine]
    private let laneOfAntenna: [AntennaNumber: LaneNumber]
    private var memory = TagMemory()

    /// - Parameters:
    ///   - lanes: numbered 1, 2, 3, … in this order.
    ///   - laneOfAntenna: configuration; a read of an antenna that is not here is nobody's.
    package init(_ lanes: [LaneSettings], laneOfAntenna: [AntennaNumber: LaneNumber]) {
        precondition(
            lanes.enumerated().allSatisfy { Int($1.lane.number) == $0 + 1 },
            "lanes are numbered 1, 2, 3, …")
        let heard = Set(laneOfAntenna.values)
        // In a station with one lane that reads tags nothing is contested, and nothing waits.
        self.lanes = lanes.map { LaneMachine($0, isContested: heard.count > 1) }
        self.laneOfAntenna = laneOfAntenna
    }

    package var laneNumbers: [LaneNumber] { lanes.map(\.settings.lane) }

    /// The lane over which an antenna hangs.
    package func lane(of antenna: AntennaNumber) -> LaneNumber? { laneOfAntenna[antenna] }

    package func state(of lane: LaneNumber) -> LaneState { lanes[index(lane)].state }

    /// Gives an event to a lane.
    package mutating func handle(_ event: LaneEvent, in lane: LaneNumber, at now: Instant)
        -> [LaneAction]
    {
        lanes[index(lane)].handle(event, at: now, memory: &memory)
    }

    /// The same for millions of events: the actions go behind those of an array that the caller uses again.
    package mutating func handle(
        _ event: LaneEvent, in lane: LaneNumber, at now: Instant, into actions: inout [LaneAction]
    ) {
        lanes[index(lane)].handle(event, at: now, memory: &memory, into: &actions)
    }

    private func index(_ lane: LaneNumber) -> Int {
        precondition(
            (1...lanes.count).contains(Int(lane.number)), "configuration names lanes that exist")
        return Int(lane.number) - 1
    }
}
