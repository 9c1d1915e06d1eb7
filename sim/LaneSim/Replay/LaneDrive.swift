import Lane
import Station

/// A fresh gantry, driven by what a run's lanes heard; its timers fire at their moments.
struct LaneDrive: Sendable {
    private var gantry: Gantry
    private let settings: [LaneSettings]
    private var wakes: [LaneNumber: Instant] = [:]
    /// In the order in which they were closed.
    private(set) var closed: [Passage] = []

    init(_ configuration: StationConfiguration) {
        settings = configuration.lanes
        gantry = Gantry(configuration.lanes, laneOfAntenna: configuration.laneOfAntenna)
    }

    /// Drives everything, then what is still open to its end.
    mutating func run(_ run: LaneRun) {
        let heard = run.inOrder
        guard let first = heard.first else { return }
        for lane in settings {
            for number in lane.geometry.detectors.indices {
                handle(.level(DetectorNumber(UInt8(number)), isOccupied: false), in: lane.lane, at: first.now)
            }
        }
        var last = first.now
        for item in heard {
            wake(before: item.now)
            handle(item.event, in: item.lane, at: item.now)
            last = item.now
        }
        if let stopped = run.stopped, stopped >= last {
            wake(before: stopped)
            for lane in settings { handle(.stop, in: lane.lane, at: stopped) }
        } else {
            wake(before: Instant(nanoseconds: .max))
        }
    }

    /// Fires every timer that is due before a moment: at the same moment what is heard comes first.
    private mutating func wake(before moment: Instant) {
        while let next = settings.compactMap({ lane in wakes[lane.lane].map { ($0, lane.lane) } })
            .min(by: { ($0.0, $0.1) < ($1.0, $1.1) }), next.0 < moment
        {
            wakes[next.1] = nil
            handle(.wake, in: next.1, at: next.0)
        }
    }

    private mutating func handle(_ event: LaneEvent, in lane: LaneNumber, at now: Instant) {
        for action in gantry.handle(event, in: lane, at: now) {
            switch action {
            case .wake(let moment): wakes[lane] = moment
            case .closed(let passage): closed.append(passage)
            case .decided, .revised, .trigger, .stray, .state: break
            }
        }
    }
}
