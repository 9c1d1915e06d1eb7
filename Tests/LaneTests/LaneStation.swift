@testable import Lane

/// Two or more lanes told as a story.
struct LaneStation {
    var gantry: Gantry
    private var now = Instant(nanoseconds: 0)
    private var wakes: [Instant?]
    private var reads: UInt64 = 0
    private(set) var actions: [LaneAction] = []

    init(lanes: Int = 2, detectors: [String] = ["loop"], _ change: (inout LaneSettings) -> Void = { _ in }) {
        let settings = (1...lanes).map { number in
            var settings = LaneSettings(
                lane: LaneNumber(UInt8(number)), geometry: Story.geometry(detectors: detectors))
            change(&settings)
            return settings
        }
        gantry = Gantry(
            settings,
            laneOfAntenna: Dictionary(
                uniqueKeysWithValues: settings.map { (AntennaNumber($0.lane.number), $0.lane) }))
        wakes = Array(repeating: nil, count: lanes)
        for lane in 1...lanes { send(.level(DetectorNumber(0), isOccupied: false), lane) }
    }

    private mutating func send(_ event: LaneEvent, _ lane: Int) {
        for action in gantry.handle(event, in: LaneNumber(UInt8(lane)), at: now) {
            if case .wake(let at) = action { wakes[lane - 1] = at } else { actions.append(action) }
        }
    }

    mutating func run(to milliseconds: Int64) {
        while let due = wakes.compactMap({ $0 }).min(), due <= Story.ms(milliseconds) {
            now = max(now, due)
            for lane in wakes.indices where wakes[lane] == due {
                wakes[lane] = nil
                send(.wake, lane + 1)
            }
        }
        now = max(now, Story.ms(milliseconds))
    }

    mutating func edge(_ isOccupied: Bool, lane: Int, _ at: Int64) {
        run(to: at)
        send(.edge(Edge(detector: DetectorNumber(0), isOccupied: isOccupied, at: Story.ms(at))), lane)
    }

    mutating func read(_ n: Int, _ outcome: Outcome = .approved, lane: Int, _ at: Int64) {
        run(to: at)
        reads += 1
        let content = TagRead.Content.tag(Story.tag(n), Judgement(outcome, by: Story.list))
        let antenna = AntennaNumber(UInt8(lane))
        send(.read(TagRead(id: ReadID(reads), at: Story.ms(at), antenna: antenna, content: content)), lane)
    }

    mutating func stop() { for lane in wakes.indices { send(.stop, lane + 1) } }

    /// What was decided, as lane, outcome and milliseconds.
    var decisions: [String] {
        actions.compactMap {
            guard case .decided(let p) = $0 else { return nil }
            return "\(p.lane.number) \(p.decision.outcome) \(p.decision.at.nanoseconds / 1_000_000)"
        }
    }

    /// The passages of a lane, as they were closed.
    func closed(_ lane: UInt8) -> [Passage] {
        actions.compactMap { if case .closed(let p) = $0, p.lane.number == lane { p } else { nil } }
    }

    /// Outcomes by lane, as they were closed.
    func outcomes(_ lane: UInt8) -> [String] {
        actions.compactMap {
            guard case .closed(let p) = $0, p.lane.number == lane else { return nil }
            let own = p.reads.filter { !$0.decidedElsewhere }.compactMap { $0.first.tag?.clear.last.map(String.init) }
            return (["\(p.decision.outcome)"] + own).joined(separator: " ")
        }
    }
}
