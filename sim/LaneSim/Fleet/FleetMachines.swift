import Exchange
import Lane

/// The lanes of one station at work: the real `Gantry`, its wakes, and its passages in the order of their sequence.
struct FleetMachines: Sendable {
    /// A record whose turn to be sealed has come.
    struct Sealed: Sendable {
        let sequence: Sequence
        let draft: RecordDraft
        let at: Instant
    }

    private let lanes: [LaneNumber]
    private static let never = Instant(nanoseconds: .max)

    private var gantry: Gantry
    /// What a lane wants done, for a moment; its room is used again.
    private var actions: [LaneAction] = []
    /// When each lane wants to be woken.
    private var wakes: [Instant]
    private var earliest = Self.never
    private var line = SealingLine()
    private var reads: UInt64 = 0
    private var pictures = FleetPictures()
    /// Complete, in order, and not taken yet.
    private(set) var sealed: [Sealed] = []
    private(set) var totals = FleetTotals()

    init(_ lanes: [LaneSettings]) {
        self.lanes = lanes.map(\.lane)
        var antennas: [AntennaNumber: LaneNumber] = [:]
        for lane in lanes { antennas[FleetLane.antenna(of: lane.lane)] = lane.lane }
        gantry = Gantry(lanes, laneOfAntenna: antennas)
        wakes = Array(repeating: Self.never, count: lanes.count)
        for lane in self.lanes.indices {
            handle(.level(DetectorNumber(0), isOccupied: false), lane, at: FleetYear.begin)
        }
    }

    /// Takes the road's events up to its horizon, and the wakes between them.
    mutating func run(_ road: inout FleetRoad) {
        while let event = road.takeNext() {
            while earliest < event.at { wake() }
            handle(laneEvent(event, road.heard), Int(event.lane), at: event.at)
        }
        road.forgetTaken()
    }

    /// The year is over: what is open runs out by its own timers, and the station stops.
    mutating func finish() {
        var last = FleetYear.begin
        while earliest < Self.never {
            last = earliest
            wake()
        }
        for lane in lanes.indices { handle(.stop, lane, at: last) }
    }

    /// Lets go of the records that were taken.
    mutating func forgetSealed() { sealed.removeAll(keepingCapacity: true) }

    private mutating func laneEvent(_ event: FleetEvent, _ heard: [TagRead.Content]) -> LaneEvent {
        switch event.happening {
        case .occupied, .free:
            totals.edges += 1
            let isOccupied = event.happening == .occupied
            return .edge(Edge(detector: DetectorNumber(0), isOccupied: isOccupied, at: event.at))
        case .read:
            reads += 1
            totals.reads += 1
            return .read(
                TagRead(
                    id: ReadID(reads), at: event.at - FleetRoad.lineDelay,
                    antenna: FleetLane.antenna(of: lanes[Int(event.lane)]),
                    content: heard[Int(event.tag)]))
        }
    }

    private mutating func wake() {
        guard let lane = wakes.firstIndex(of: earliest) else { preconditionFailure("the earliest wake is a lane's") }
        totals.wakes += 1
        wakes[lane] = Self.never
        handle(.wake, lane, at: earliest)
    }

    private mutating func handle(_ event: LaneEvent, _ lane: Int, at now: Instant) {
        gantry.handle(event, in: lanes[lane], at: now, into: &actions)
        for index in actions.indices { carryOut(actions[index], lane, now) }
        actions.removeAll(keepingCapacity: true)
        earliest = wakes[0]
        for lane in 1..<wakes.count where wakes[lane] < earliest { earliest = wakes[lane] }
    }

    private mutating func carryOut(_ action: LaneAction, _ lane: Int, _ now: Instant) {
        switch action {
        case .decided(let passage): line.open(passage.id)
        case .revised: totals.late += 1
        case .closed(let passage):
            totals.add(passage)
            line.close(passage.id, .passage(passage, photos: pictures.results(of: passage)), at: now, into: &sealed)
        case .stray(let stray):
            totals.strays += 1
            line.add(.strayRead(stray), at: now, into: &sealed)
        case .wake(let moment): wakes[lane] = moment ?? Self.never
        case .trigger, .state: break
        }
    }
}
