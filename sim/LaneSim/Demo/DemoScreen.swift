import Devices
import Lane
import Station

/// What people see of a demonstration.
struct DemoScreen {
    /// A decision whose lamp is looked at a moment later.
    private struct Pending {
        let line: WatchLine
        let at: Instant
        let vehicle: Scenario.Vehicle?
    }

    /// Two messages of one moment are not further apart than this.
    private static let told = Interval.milliseconds(50)

    private let scenario: Scenario
    private var start = Instant(nanoseconds: 0)
    /// What the heads showed, in the order in which it was told.
    private var lamps: [(lane: Int, aspect: String, at: Instant)] = []
    /// The vehicle that came last in each lane.
    private var vehicles: [Int: String] = [:]
    private var pending: [Pending] = []
    private var decided = 0

    init(_ scenario: Scenario) { self.scenario = scenario }

    func title(folder: String) {
        Terminal.print(
            """
            \(scenario.vehicles.count) vehicles through \(scenario.lanes.count) lanes: a station, its devices and a central \
            server, as separate processes.
            Everything is in \(folder): configuration, logs, journal, photos.

            """)
    }

    mutating func begin(at start: Instant) {
        self.start = start
        Terminal.print("  time  lane  lamp      decided            after   what passes")
    }

    /// Whether a vehicle has still to be decided or shown.
    var isWaiting: Bool { decided < scenario.vehicles.count || !pending.isEmpty }

    mutating func take(_ news: DemoNews, at now: Instant) {
        switch news {
        case .devicesReady, .camera, .played: break
        case .vehicle(let name):
            if let vehicle = scenario.vehicles.first(where: { $0.name == name }) { vehicles[vehicle.lane] = name }
        case .lamp(let lane, let aspect): lamps.append((lane, aspect, now))
        case .passage(let line):
            guard line.moment != .closed else { return }
            if line.moment == .decided { decided += 1 }
            let name = vehicles[Int(line.lane)]
            pending.append(Pending(line: line, at: now, vehicle: scenario.vehicles.first { $0.name == name }))
        }
    }

    /// Shows the decisions whose lamp is settled by now.
    mutating func showSettled(before moment: Instant) {
        while let first = pending.first, first.at <= moment {
            pending.removeFirst()
            show(first)
        }
    }

    private func show(_ pending: Pending) {
        let line = pending.line
        let lamp = lamp(for: pending)
        let what = line.moment == .decided ? pending.vehicle?.explanation ?? "" : "  revised by a late read"
        Terminal.print(
            "\(Self.seconds(pending.at - start))  \(Self.padded("\(line.lane)", 4))  "
                + "\(Self.lit(lamp))  \(Self.padded(line.moment == .stray ? "stray read" : line.outcome, 17)) "
                + "\(Self.right("\(line.decidedAfter) ms", 6))   \(what)")
    }

    /// What the decision lit: the first lamp that came on with it, or the last state where it lit none. The two are told on
    /// different ways, so that either may come a little before the other.
    private func lamp(for pending: Pending) -> String {
        let own = lamps.filter { $0.lane == Int(pending.line.lane) }
        let since = own.filter { $0.at >= pending.at - Self.told && $0.aspect != "dark" }
        let lit = pending.line.moment == .revised ? since.last : since.first
        return lit?.aspect ?? own.last?.aspect ?? "dark"
    }

    func incident(_ text: String) {
        Terminal.print(Terminal.coloured("\(Self.seconds(MonotonicClock.now() - start))        \(text)", .grey))
    }

    func note(_ text: String) { Terminal.print("\n\(text)") }

    /// What the central server has, where the photos are, and the sum of it.
    func show(_ report: DemoReport, _ site: DemoSite) {
        Terminal.print("\nAt the central server, in its order:\n")
        for row in report.rows { Terminal.print("  \(row)") }
        Terminal.print("\nPhotos: \(report.photos.isEmpty ? "none" : "")")
        for photo in report.photos { Terminal.print("  \(site.central)/\(photo.path)  (passage \(photo.sequence))") }
        for line in report.excused { Terminal.print(Terminal.coloured(line, .grey)) }
        if let delivery = report.delivery { Terminal.print("\n\(delivery)") }
        for complaint in report.complaints { Terminal.print(Terminal.coloured(complaint, .red)) }
        Terminal.print("")
        Terminal.print(report.lastLine)
    }

    private static func lit(_ aspect: String) -> String {
        let padded = padded(aspect, 6)
        return switch aspect {
        case "green": Terminal.coloured("● \(padded)", .green)
        case "white": Terminal.coloured("● \(padded)", .white)
        case "top": Terminal.coloured("● \(Self.padded("yellow", 6))", .yellow)
        default: Terminal.coloured("○ \(padded)", .grey)
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
