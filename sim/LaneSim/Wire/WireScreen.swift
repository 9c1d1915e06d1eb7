import Devices
import Lane
import Lights
import Station

/// What people see of a run on the wire.
struct WireScreen {
    /// A decision whose lamp is looked at a moment later.
    private struct Pending {
        let line: WatchLine
        let at: Instant
        let vehicle: Vehicle?
    }

    /// Two messages of one moment are not further apart than this.
    private static let told = Interval.milliseconds(50)
    /// A passage is dated within this of its vehicle.
    private static let dated = Interval.milliseconds(700)

    private let scenario: Scenario
    private let plan: RoadPlan
    private var beginning = Instant(nanoseconds: 0)
    /// Civil time at the scenario's first moment.
    private var beganAt = UTC(milliseconds: 0)
    /// What the heads showed, in the order in which it was told.
    private var lamps: [(lane: LaneNumber, aspect: Aspect, at: Instant)] = []
    private var pending: [Pending] = []

    init(_ scenario: Scenario, _ plan: RoadPlan) {
        self.scenario = scenario
        self.plan = plan
    }

    func title(folder: String) {
        let lanes = scenario.site.configuration.lanes.count
        Terminal.print(
            """
            \(plan.vehicles.count) vehicles through \(lanes) \(lanes == 1 ? "lane" : "lanes"): a station, its devices and a \
            central server, as separate processes.
            Everything is in \(folder): configuration, logs, journal, photos.

            """)
    }

    mutating func begin(at beginning: Instant, _ beganAt: UTC) {
        self.beginning = beginning
        self.beganAt = beganAt
        Terminal.print("  time  lane  lamp      decided            after   what passes")
    }

    mutating func take(_ news: WireNews, at now: Instant) {
        switch news {
        case .devicesReady, .camera, .capture, .playing, .played, .taken, .late: break
        case .lamp(let lane, let aspect, let at): lamps.append((lane, aspect, at))
        case .passage(let line):
            guard line.moment != .closed else { return }
            pending.append(Pending(line: line, at: now, vehicle: vehicle(of: line)))
        }
    }

    /// Shows the decisions whose lamp is settled by now.
    mutating func showSettled(before moment: Instant) {
        while let first = pending.first, first.at <= moment {
            pending.removeFirst()
            show(first)
        }
    }

    /// The vehicle that the scenario names and that came at the passage's time.
    private func vehicle(of line: WatchLine) -> Vehicle? {
        guard let time = UTC(text: line.utc) else { return nil }
        func distance(_ vehicle: RoadVehicle) -> Int64 {
            abs(time.milliseconds - beganAt.milliseconds - vehicle.at.milliseconds)
        }
        let nearest = plan.vehicles.filter { $0.lane.number == line.lane && distance($0) <= Self.dated.milliseconds }
            .min { (distance($0), $0.number) < (distance($1), $1.number) }
        return nearest?.scripted.map { scenario.vehicles[$0] }
    }

    private func show(_ pending: Pending) {
        let line = pending.line
        let lamp = lamp(for: pending)
        let what = line.moment == .decided ? pending.vehicle?.shows ?? "" : "  revised by a late read"
        Terminal.print(
            "\(Self.seconds(pending.at - beginning))  \(Self.padded("\(line.lane)", 4))  "
                + "\(Self.lit(lamp))  \(Self.padded(line.moment == .stray ? "stray read" : line.outcome, 17)) "
                + "\(Self.right("\(line.decidedAfter) ms", 6))   \(what)")
    }

    /// What the decision lit: the first lamp that came on with it, or the last state where it lit none. The two are told on
    /// different ways, so that either may come a little before the other.
    private func lamp(for pending: Pending) -> Aspect {
        let own = lamps.filter { $0.lane.number == pending.line.lane }
        let since = own.filter { $0.at >= pending.at - Self.told && $0.aspect != .dark }
        let lit = pending.line.moment == .revised ? since.last : since.first
        return lit?.aspect ?? own.last?.aspect ?? .dark
    }

    func incident(_ text: String) {
        Terminal.print(Terminal.coloured("\(Self.seconds(MonotonicClock.now() - beginning))        \(text)", .grey))
    }

    func note(_ text: String) { Terminal.print("\n\(text)") }

    private static func lit(_ aspect: Aspect) -> String {
        switch aspect {
        case .green: Terminal.coloured("● \(padded("green", 6))", .green)
        case .white: Terminal.coloured("● \(padded("white", 6))", .white)
        case .top: Terminal.coloured("● \(padded("yellow", 6))", .yellow)
        case .dark: Terminal.coloured("○ \(padded("dark", 6))", .grey)
        }
    }

    private static func seconds(_ interval: Interval) -> String {
        let tenths = interval.milliseconds / 100
        return right("\(tenths / 10).\(tenths % 10)", 6)
    }

    static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
